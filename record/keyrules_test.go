package record

import (
	"slices"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/msgpscan"
)

// claimed is an entry with a message of these fields, as rules make it. Fields are
// names and values in turns; a value is a string, an int, a bool or encoded bytes.
func claimed(r *KeyRules, name string, fields ...any) buffers.Entry {
	body := msgpscan.AppendMapHeader(nil, 1+len(fields)/2)
	for i, v := range append(fields, "type", name) {
		switch v := v.(type) {
		case string:
			body = msgpscan.AppendString(body, v)
		case int:
			body = msgpscan.AppendInt(body, int64(v))
		case bool:
			body = msgpscan.AppendBool(body, v)
		case float64:
			body = msgpscan.AppendFloat64(body, v)
		case []byte:
			body = append(body, v...)
		default:
			panic(i)
		}
	}
	e := buffers.Entry{Payload: body, Except: buffers.NoReader}
	r.Claim(&e)
	return e
}

var emptyMap = msgpscan.AppendMapHeader(nil, 0)

func TestKeysByRule(t *testing.T) {
	rules := func(texts ...string) *KeyRules {
		var list []KeyRule
		for _, text := range texts {
			rule, err := ParseKeyRule(text)
			must(t, err)
			list = append(list, rule)
		}
		r, err := NewKeyRules(list...)
		must(t, err)
		return r
	}
	r := rules("Pose=name", "Cell=row, column", "Theme=", "Body=node {name}", "Shown={visible}", "Size=size", "Update=u {updates:keys}")
	updates := msgpscan.AppendMapHeader(nil, 2)
	for _, key := range []string{"color", "scale"} {
		updates = msgpscan.AppendNil(msgpscan.AppendString(updates, key))
	}
	for _, c := range []struct {
		name   string
		rules  *KeyRules
		fields []any
		want   string
	}{
		{"Pose", r, []any{"name", "/a"}, "Pose /a"},
		{"Pose", r, []any{"name", 7}, "Pose 7"},
		{"Pose", r, []any{"other", "/a"}, ""},
		{"Pose", r, []any{"name", emptyMap}, ""},
		{"Cell", r, []any{"row", 1, "column", -2}, "Cell 1 -2"},
		{"Cell", r, []any{"row", 1}, ""},
		{"Theme", r, nil, "Theme"},
		{"Body", r, []any{"name", "b"}, "node b"},
		{"Shown", r, []any{"visible", true}, "true"},
		{"Size", r, []any{"size", 0.5}, "Size 0.5"},
		{"Update", r, []any{"updates", updates}, "u color,scale"},
		{"Update", r, []any{"updates", "no map"}, ""},
		{"Unknown", r, []any{"name", "b"}, ""},
		{"Unknown", rules("*=name"), []any{"name", "b"}, "Unknown b"},
		{"Unknown", nil, []any{"name", "b"}, ""},
	} {
		if got := claimed(c.rules, c.name, c.fields...).Key; got != c.want {
			t.Errorf("%s %v: the key is %q, want %q", c.name, c.fields, got, c.want)
		}
	}
}

func TestLaterRulesComeFirst(t *testing.T) {
	r, err := ViserKeyRules().With(KeyRule{Type: "SetPositionMessage", Key: "mine"}, KeyRule{Type: "Own", Key: "own"})
	must(t, err)
	if got := claimed(r, "SetPositionMessage", "name", "/a"); got.Key != "mine" || got.Follows != "" {
		t.Errorf("got %+v", got)
	}
	if got := claimed(r, "RunJavascriptMessage"); got.Key != "" {
		t.Errorf("viser's rules are gone: %+v", got)
	}
	if types := r.Types(); !slices.Contains(types, "Own") || !slices.Contains(types, "GuiUpdateMessage") || !slices.IsSorted(types) {
		t.Errorf("the types are %q", types)
	}
}

func TestRulesThatAreNone(t *testing.T) {
	for text, want := range map[string]string{
		"":           "no rule like",
		"Pose":       "no rule like",
		"=name":      "no rule like",
		"Pose={name": "no field",
		"Pose={}":    "no field",
		"Pose={a{b}": "no field",
		"Pose=}{a}":  "} without {",
	} {
		if _, err := ParseKeyRule(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %q in it", text, err, want)
		}
	}
	for _, rule := range []KeyRule{
		{Key: "a"},
		{Type: "A", Removes: true},
		{Type: "A", Follows: "{"},
		{Type: "A", Key: "a", Supersedes: []string{"{"}},
		{Type: "A", Key: "a", Prefix: "{"},
	} {
		if _, err := NewKeyRules(rule); err == nil {
			t.Errorf("%+v is taken", rule)
		}
	}
}

func TestWhatIsNoMessageClaimsNothing(t *testing.T) {
	r := ViserKeyRules()
	whole := claimed(r, "SetPositionMessage", "name", "/a").Payload
	for n := range len(whole) {
		e := buffers.Entry{Payload: whole[:n], Key: "before", Follows: "before", Removal: true}
		r.Claim(&e)
		if e.Key != "" || e.Follows != "" || e.Removal {
			t.Fatalf("the first %d bytes claim %+v", n, e)
		}
	}
}

// live lists the keys that are live in a log after messages.
func live(t *testing.T, entries ...buffers.Entry) []string {
	t.Helper()
	log := buffers.NewLog(buffers.LogLimits{})
	for _, e := range entries {
		_, err := log.Push(e)
		must(t, err)
	}
	return log.Keys()
}

func TestStateOfViserScenes(t *testing.T) {
	of := func(name string, fields ...any) buffers.Entry { return claimed(ViserKeyRules(), name, fields...) }
	node := func(name string) buffers.Entry { return of("BoxMessage", "name", name, "props", emptyMap) }
	position := func(name string) buffers.Entry { return of("SetPositionMessage", "name", name) }
	update := func(name string) buffers.Entry {
		keys := append(msgpscan.AppendString(msgpscan.AppendMapHeader(nil, 1), "color"), emptyMap...)
		return of("SceneNodeUpdateMessage", "name", name, "updates", keys)
	}
	remove := of("RemoveSceneNodeMessage", "name", "/a")
	folder := of("GuiFolderMessage", "uuid", "1", "container_uuid", "root", "props", emptyMap)
	value := of("GuiUpdateMessage", "uuid", "1", "updates", emptyMap)
	for name, c := range map[string]struct {
		pushed []buffers.Entry
		want   []string
	}{
		"the last word counts": {
			[]buffers.Entry{position("/a"), position("/b"), position("/a")},
			[]string{"SetPositionMessage /b", "SetPositionMessage /a"},
		},
		"a node created again keeps its pose and forgets its updates": {
			[]buffers.Entry{node("/a"), position("/a"), update("/a"), node("/a/b"), node("/a")},
			[]string{"scene /a/b", "scene /a", "SetPositionMessage /a"},
		},
		"a removal takes everything of the node, and its children": {
			[]buffers.Entry{
				node("/a"), position("/a"), update("/a"), node("/a/b"), position("/a/b"), update("/a/b"),
				node("/ab"), position("/ab"), remove,
			},
			[]string{"scene /ab", "SetPositionMessage /ab"},
		},
		"a removed node can come back": {
			[]buffers.Entry{node("/a"), position("/a"), remove, node("/a")},
			[]string{"scene /a"},
		},
		"parts of the GUI": {
			[]buffers.Entry{folder, value, value, of("GuiRemoveMessage", "uuid", "2")},
			[]string{"gui 1", "GuiUpdateMessage 1 "},
		},
		"removed parts of the GUI": {
			[]buffers.Entry{folder, value, of("GuiRemoveMessage", "uuid", "1")},
			[]string{},
		},
		"dialogs": {
			[]buffers.Entry{of("GuiModalMessage", "uuid", "1"), of("GuiModalMessage", "uuid", "2"), of("GuiCloseModalMessage", "uuid", "1")},
			[]string{"modal 2"},
		},
		"notifications": {
			[]buffers.Entry{
				of("NotificationMessage", "uuid", "1", "mode", "show", "props", emptyMap),
				of("NotificationMessage", "uuid", "1", "mode", "update", "props", emptyMap),
				of("NotificationMessage", "uuid", "2", "mode", "show", "props", emptyMap),
				of("RemoveNotificationMessage", "uuid", "1"),
			},
			[]string{"notification 2 show"},
		},
		"other types by name and uuid": {
			[]buffers.Entry{of("New", "name", "a", "uuid", "1"), of("New", "name", "a"), of("New"), of("New")},
			[]string{"New a 1", "New a", "New"},
		},
	} {
		if got := live(t, c.pushed...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q are live, want %q", name, got, c.want)
		}
	}
}

func BenchmarkKeyRulesClaim(b *testing.B) {
	e := claimed(nil, "SetPositionMessage", "name", "/world/box", "position", msgpscan.AppendArrayHeader(nil, 0))
	r := ViserKeyRules()
	b.ReportAllocs()
	for b.Loop() {
		r.Claim(&e)
	}
}
