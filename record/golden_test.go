package record

import (
	"bytes"
	"flag"
	"os"
	"reflect"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

var update = flag.Bool("update", false, "write testdata/layout.mcap")

// goldenSteps are of all kinds, with everything that entries can have.
func goldenSteps() []Step {
	at := time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)
	next := func() time.Time { at = at.Add(100 * time.Millisecond); return at }
	entry := func(seq uint64, key, name string) buffers.Entry {
		return buffers.Entry{Seq: seq, Key: key, Payload: payload(name, int(seq)), Except: buffers.NoReader}
	}
	all := entry(8, "/a/b", "All")
	all.Except, all.Follows = 3, "/a"
	all.Supersedes = &buffers.KeySet{Prefix: "/a/b/", Keys: []string{"x", "y"}}
	removal, transient := entry(9, "/c", "Gone"), entry(10, "", "Flash")
	removal.Removal, transient.Transient = true, true
	return []Step{
		{Kind: KindKeyframe, Time: next(), Seq: 7, Entries: []buffers.Entry{entry(2, "/a", "Thing"), entry(5, "", "Thing")}},
		{Kind: KindPush, Time: next(), Seq: 7, Entries: []buffers.Entry{entry(7, "/a", "Thing"), all, removal, transient}},
		{Kind: KindPush, Time: next(), Seq: 11, Entries: []buffers.Entry{entry(11, "/a", "Thing"), entry(20, "/d", "Thing")}},
		{Kind: KindRemove, Time: next(), Removed: []uint64{5, 300}},
		{Kind: KindConnect, Time: next(), Client: 4, Address: "127.0.0.1:5000"},
		{Kind: KindReceive, Time: next(), Client: 4, Message: Message{Type: "Thing", Body: payload("Thing", 5)}},
		{Kind: KindDisconnect, Time: next(), Client: 4, Reason: "closed by the client"},
		{Kind: KindGap, Time: next(), Lost: Lost{Batches: 1, Entries: 2, Bytes: 300, Until: at.Add(50 * time.Millisecond)}},
		{Kind: KindKeyframe, Time: next(), Seq: 40, Entries: []buffers.Entry{entry(30, "/a", "Thing")}},
	}
}

// TestLayoutIsTheGoldenOne compares with a file that is kept, byte by byte: recordings
// that exist are to be read for ever. It isn't compressed, as that may change.
func TestLayoutIsTheGoldenOne(t *testing.T) {
	const path = "testdata/layout.mcap"
	steps := goldenSteps()
	got := write(t, WriterOptions{
		Compression: CompressNone, Name: "golden", ViserVersion: "1.0.24", Continues: "before.mcap",
	}, steps...)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%d bytes are written, the file has %d others; if that is meant: go test ./record -run Golden -update", len(got), len(want))
	}
	checkWithLibrary(t, want, steps)
	read := stepsOf(t, want)
	for i := range steps {
		if i >= len(read) || !reflect.DeepEqual(normal(read[i]), normal(steps[i])) {
			t.Errorf("step %d isn't read back", i)
		}
	}
}
