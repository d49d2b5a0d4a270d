package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
)

func TestFileSurveyCounts(t *testing.T) {
	steps := capture(60)
	gap := Step{Kind: KindGap, Time: steps[30].Time.Add(1), Lost: Lost{Batches: 3, Until: steps[30].Time.Add(3)}}
	steps = slices.Insert(steps, 31, gap, stateOf(t, steps, gap.Lost.Until))
	file := write(t, WriterOptions{ChunkBytes: 1000}, steps...)
	kinds := map[Kind]int{}
	types := map[string]TypeCount{}
	keys := map[string]KeyCount{}
	seconds := map[int64]int{}
	for _, s := range steps {
		kinds[s.Kind]++
		note := func(name string, body []byte, inbound bool) {
			c := types[name]
			types[name] = TypeCount{Type: name, Inbound: inbound, Messages: c.Messages + 1, Bytes: c.Bytes + int64(len(body))}
			seconds[s.Time.Unix()]++
		}
		if s.Kind == KindReceive {
			note(s.Message.Type, s.Message.Body, true)
		}
		for _, e := range s.Entries {
			if s.Kind == KindPush {
				note(string(wireName(e.Payload)), e.Payload, false)
				k := keys[e.Key]
				keys[e.Key] = KeyCount{Key: e.Key, Messages: k.Messages + 1, Bytes: k.Bytes + int64(len(e.Payload))}
			}
		}
	}
	peak := 0
	for _, n := range seconds {
		peak = max(peak, n)
	}
	var parts []float64
	got, err := open(t, file).Survey(t.Context(), 5, func(part float64) { parts = append(parts, part) })
	if err != nil {
		t.Fatal(err)
	}
	for kind, n := range kinds {
		if got.Steps[kind] != n {
			t.Errorf("%d steps of kind %v, want %d", got.Steps[kind], kind, n)
		}
	}
	if len(got.Types) != len(types) || len(got.Keys) != 5 || got.Peak != peak || len(got.Damage) != 0 || len(parts) == 0 {
		t.Errorf("%+v, peak %d, parts %v", got, peak, parts)
	}
	for _, c := range got.Types {
		if c != types[c.Type] || uint64(c.Messages) != got.Messages[c.Type] {
			t.Errorf("%+v, want %+v", c, types[c.Type])
		}
	}
	for i, k := range got.Keys {
		if k != keys[k.Key] || i > 0 && k.Bytes > got.Keys[i-1].Bytes {
			t.Errorf("%+v, want %+v", k, keys[k.Key])
		}
	}
	if len(got.Gaps) != 1 || got.Gaps[0].Batches != 3 || !got.Gaps[0].Start.Equal(gap.Time) {
		t.Errorf("%+v", got.Gaps)
	}
}

func TestFileSurveyGoesOnBehindDamage(t *testing.T) {
	steps, file := small(t)
	c := chunksOf(t, file)[1]
	lost := 0
	for _, s := range steps {
		if !s.Time.Before(c.Start) && !s.Time.After(c.End) {
			lost++
		}
	}
	file[c.Offset+c.Length-1] ^= 1
	got, err := open(t, file).Survey(t.Context(), 0, nil)
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, n := range got.Steps {
		total += n
	}
	if len(got.Damage) != 1 || total != len(steps)-lost || lost == 0 {
		t.Errorf("%d of %d steps, %v", total, len(steps), got.Damage)
	}
}

func TestFileSurveyEndsWithItsContext(t *testing.T) {
	_, file := small(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := open(t, file).Survey(ctx, 0, nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// With more keys than are counted, the large ones stay.
func TestSurveyKeepsTheBiggestKeys(t *testing.T) {
	s := newSurveyor()
	for i := range maxSurveyKeys * 3 / 2 {
		s.addKey(fmt.Sprint("small", i), 1)
		if i%1000 == 0 {
			s.addKey("large", 1000)
		}
	}
	r := s.result(Info{}, 1)
	if len(s.keys) > maxSurveyKeys || r.Keys[0].Key != "large" || r.Keys[0].Messages != (maxSurveyKeys*3/2+999)/1000 {
		t.Errorf("%d keys, %+v", len(s.keys), r.Keys)
	}
}

// A key or a name that a client makes up is no type of its own for ever.
func TestSurveyBoundsTypes(t *testing.T) {
	s := newSurveyor()
	for i := range maxSurveyNames + 10 {
		s.addMessage(fmt.Append(nil, "Type", i), true, 1)
	}
	if n := len(s.types); n > maxSurveyNames+1 {
		t.Errorf("%d types", n)
	}
	if c := s.types[typeKey{unnamed, true}]; c == nil || c.Messages != 10 {
		t.Errorf("%+v", c)
	}
}
