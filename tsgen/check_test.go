package tsgen

import (
	"strings"
	"testing"

	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/tsgen/testdata/handmade"
)

type (
	noDoc struct {
		X int    `msgpack:"x"`
		Y [3]int `msgpack:"y"`
	}
	missing struct {
		X int `msgpack:"x"`
	}
	more struct {
		X int        `msgpack:"x"`
		Y [2]float64 `msgpack:"y"`
		Z bool       `msgpack:"z,omitempty"`
	}
	optional struct {
		X int        `msgpack:"x,omitempty"`
		Y [2]float64 `msgpack:"y"`
	}
	kind struct {
		X bool `msgpack:"x"`
	}
	unknown struct{}
)

func (noDoc) RedundancyKey() string    { return "" }
func (missing) RedundancyKey() string  { return "" }
func (more) RedundancyKey() string     { return "" }
func (optional) RedundancyKey() string { return "" }
func (kind) RedundancyKey() string     { return "" }
func (unknown) RedundancyKey() string  { return "" }

func TestCheckFindsWhatDiffers(t *testing.T) {
	b := bindingsOf(t, "handmade")
	for _, c := range []struct {
		what      string
		prototype messages.Message
		want      string
	}{
		{"a tuple of another length", noDoc{}, `"NoDocMessage": y: [number, number]: 3 elements are on the wire`},
		{"a field that isn't sent", missing{}, `"NoDocMessage": the field "y" is not on the wire`},
		{"a field that TypeScript hasn't", more{}, `"NoDocMessage": the field "z" is on the wire only`},
		{"a field that may be missing", optional{}, `"NoDocMessage": the field "x" is not on the wire`},
		{"another kind", kind{}, `"NoDocMessage": x: number: bool is on the wire`},
	} {
		t.Run(c.what, func(t *testing.T) {
			r := messages.NewRegistry()
			if err := r.RegisterAs("NoDocMessage", c.prototype); err != nil {
				t.Fatal(err)
			}
			if err := b.Check(r); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("Check = %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestCheckComparesTheSetsOfMessages(t *testing.T) {
	b := bindingsOf(t, "handmade")
	r := messages.NewRegistry().MustRegister(unknown{})
	err := b.Check(r)
	for _, want := range []string{`"unknown" is registered, but not in TypeScript`, `"TagBOnly" is in TypeScript, but not registered`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Check = %v, want %s", err, want)
		}
	}
	if err := b.Check(handmade.Registry, messages.NewRegistry()); err != nil {
		t.Errorf("with a registry that adds nothing: %v", err)
	}
}

func TestCheckFindsFieldsThatOnlyTypeScriptHas(t *testing.T) {
	b, err := Load("", "./testdata/handmade") // of its own, to be changed
	if err != nil {
		t.Fatal(err)
	}
	d := b.messages["StructsMessage"]
	inner := d.body.(object)[0].typ.(ref).to // TD
	inner.body = append(inner.body.(object), field{name: "extra", typ: keyword("string"), optional: true})
	if err := b.Check(handmade.Registry); err == nil || !strings.Contains(err.Error(), "StructsMessage.td.extra is in TypeScript only") {
		t.Errorf("Check = %v", err)
	}
}
