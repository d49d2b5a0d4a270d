package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
)

var types = messages.NewRegistry().MustRegister(setPose{}, said{})

// start is when the recordings of tests begin.
var start = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

// body encodes a message.
func body(t testing.TB, m messages.Message) []byte {
	t.Helper()
	b, err := types.Append(nil, m)
	must(t, err)
	return b
}

// push is a batch at a time from the start.
func push(t testing.TB, at time.Duration, ms ...messages.Message) record.Step {
	t.Helper()
	s := record.Step{Kind: record.KindPush, Time: start.Add(at)}
	for _, m := range ms {
		s.Entries = append(s.Entries, buffers.Entry{Payload: body(t, m), Key: m.RedundancyKey(), Except: buffers.NoReader})
	}
	return s
}

// received is a message of a client.
func received(t testing.TB, at time.Duration, client uint64, m messages.Message) record.Step {
	t.Helper()
	name, _ := types.Name(m)
	return record.Step{
		Kind: record.KindReceive, Time: start.Add(at), Client: client,
		Message: record.Message{Type: name, Body: body(t, m)},
	}
}

// writeMCAP writes a recording into a new directory and returns its path.
func writeMCAP(t testing.TB, steps ...record.Step) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "scene.mcap")
	f, err := os.Create(path)
	must(t, err)
	w, err := record.NewWriter(f, record.WriterOptions{Start: start, Name: "a test", ViserVersion: "1.0.21"})
	must(t, err)
	for _, s := range steps {
		must(t, w.WriteStep(s))
	}
	must(t, w.Close())
	must(t, f.Close())
	return path
}

// scene is a recording of ten seconds.
func tenSeconds(t testing.TB) string {
	t.Helper()
	steps := []record.Step{push(t, 0, setPose{"a", 0}, setPose{"b", 0}, said{"hello"})}
	for i := range 9 {
		at := time.Duration(i+1) * time.Second
		steps = append(steps, push(t, at, setPose{"a", float64(i + 1)}))
		if i == 4 {
			steps = append(steps,
				record.Step{Kind: record.KindGap, Time: start.Add(at + 100*time.Millisecond), Lost: record.Lost{
					Batches: 3, Entries: 30, Bytes: 3000, Until: start.Add(at + 600*time.Millisecond),
				}},
				record.Step{Kind: record.KindKeyframe, Time: start.Add(at + 600*time.Millisecond), Seq: 100, Entries: push(t, 0, setPose{"a", 5}).Entries},
			)
		}
	}
	steps = append(steps, push(t, 10*time.Second, said{"bye"}))
	return writeMCAP(t, steps...)
}

// chdir makes a recording's directory the current one and returns its name there.
func chdir(t *testing.T, path string) string {
	t.Helper()
	t.Chdir(filepath.Dir(path))
	return filepath.Base(path)
}
