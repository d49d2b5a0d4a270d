package record

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/mcap"
)

// disk is what a Writer writes to: it counts writes, and can fail or stop early.
type disk struct {
	mu     sync.Mutex
	file   bytes.Buffer
	writes int
	syncs  int
	fail   error
	short  bool
}

func (d *disk) Write(b []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.fail != nil {
		return 0, d.fail
	}
	d.writes++
	if d.short {
		return d.file.Write(b[:len(b)/2])
	}
	return d.file.Write(b)
}

func (d *disk) Sync() error { d.syncs++; return nil }

// ReadAt reads what is there while more is written.
func (d *disk) ReadAt(b []byte, off int64) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return bytes.NewReader(d.file.Bytes()).ReadAt(b, off)
}

func newWriter(t testing.TB, w io.Writer, o WriterOptions) *Writer {
	t.Helper()
	wr, err := NewWriter(w, o)
	if err != nil {
		t.Fatal(err)
	}
	return wr
}

func mustWrite(t testing.TB, w *Writer, steps ...Step) {
	t.Helper()
	for _, s := range steps {
		if err := w.WriteStep(s); err != nil {
			t.Fatal(err)
		}
	}
}

// later is a time, so many milliseconds after the recording began.
func later(ms int) time.Time { return day.Add(time.Duration(ms) * time.Millisecond) }

func TestWriterChunksAreWrittenAtOnce(t *testing.T) {
	for name, test := range map[string]struct {
		steps []Step
		want  int // writes, that of the first keyframe among them
	}{
		"a small one isn't":          {[]Step{push(later(0), 0, "", 10), push(later(900), 1, "", 10)}, 1},
		"it is full":                 {[]Step{push(later(0), 0, "", 600_000), push(later(1), 1, "", 600_000)}, 2},
		"its interval has passed":    {[]Step{push(later(0), 0, "", 10), push(later(1001), 1, "", 10)}, 2},
		"a keyframe comes":           {[]Step{push(later(0), 0, "", 10), {Kind: KindKeyframe, Time: later(1), Seq: 1}}, 3},
		"a keyframe comes behind it": {[]Step{{Kind: KindKeyframe, Time: later(1), Seq: 1}, push(later(1), 0, "", 10)}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var d disk
			w := newWriter(t, &d, WriterOptions{})
			mustWrite(t, w, test.steps...)
			if d.writes != test.want || len(w.Index().Chunks) != test.want {
				t.Errorf("%d writes, %d chunks, want %d", d.writes, len(w.Index().Chunks), test.want)
			}
			if got := w.Index().Bytes; got != int64(d.file.Len()) {
				t.Errorf("%d bytes are said to be whole, there are %d", got, d.file.Len())
			}
		})
	}
}

func TestWriterFlushWritesWhatIsOpen(t *testing.T) {
	var d disk
	w := newWriter(t, &d, WriterOptions{Sync: true})
	if err := w.Flush(); err != nil || d.writes != 0 {
		t.Fatalf("nothing is flushed with %d writes, %v", d.writes, err)
	}
	mustWrite(t, w, push(later(0), 0, "a", 10))
	for range 2 {
		if err := w.Flush(); err != nil || d.writes != 2 || d.syncs != 2 {
			t.Fatalf("%d writes, %d syncs, %v", d.writes, d.syncs, err)
		}
	}
	if steps := stepsOf(t, append(d.file.Bytes(), mcap.Magic...)); len(steps) != 2 {
		t.Errorf("%d steps are in the file", len(steps))
	}
}

// TestWriterIndexIsOfWhatIsWritten reads by the index while more is written.
func TestWriterIndexIsOfWhatIsWritten(t *testing.T) {
	var d disk
	w := newWriter(t, &d, WriterOptions{KeyframeInterval: time.Second})
	var reading sync.WaitGroup
	done := make(chan struct{})
	reading.Go(func() {
		for ended := false; !ended; {
			select {
			case <-done:
				ended = true
			default:
			}
			checkIndex(t, &d, w.Index())
		}
	})
	for i := range 200 {
		mustWrite(t, w, push(later(i*100), uint64(i), fmt.Sprint(i%5), 40_000))
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	close(done)
	reading.Wait()
	if n := len(w.Index().Chunks); n < 8 {
		t.Errorf("only %d chunks", n)
	}
}

// checkIndex checks that the newest chunk stands where the index says, and is what it
// says.
func checkIndex(t *testing.T, d *disk, x Index) {
	if len(x.Chunks) == 0 {
		return
	}
	c := x.Chunks[len(x.Chunks)-1]
	record := make([]byte, c.Length)
	if _, err := d.ReadAt(record, c.Offset); err != nil {
		t.Errorf("chunk at %d: %v", c.Offset, err)
		return
	}
	op, content, n, err := mcap.Next(record)
	if op != mcap.OpChunk || n != len(record) || err != nil || c.Offset+c.Length > x.Bytes {
		t.Errorf("at %d stands %v of %d bytes, want a chunk of %d in %d bytes (%v)", c.Offset, op, n, c.Length, x.Bytes, err)
		return
	}
	known := slices.Clone(x.channels)
	steps := stepsOfChunk(t, &known, content)
	messages := len(steps)
	for _, s := range steps {
		messages += len(s.Entries)
	}
	if !steps[0].Time.Equal(c.Start) || !steps[len(steps)-1].Time.Equal(c.End) || messages != c.Messages ||
		c.Keyframe != (steps[0].Kind == KindKeyframe) {
		t.Errorf("the chunk %+v has %d messages from %v to %v", c, messages, steps[0].Time, steps[len(steps)-1].Time)
	}
}

func TestWriterWritesKeyframesOfTheState(t *testing.T) {
	var d disk
	w := newWriter(t, &d, WriterOptions{KeyframeInterval: time.Second})
	for i := range 30 {
		mustWrite(t, w, push(later(i*100), uint64(i), fmt.Sprint(i%3), 200_000))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	steps := stepsOf(t, d.file.Bytes())
	var at []time.Duration
	for i, s := range steps {
		if s.Kind != KindKeyframe {
			continue
		}
		at = append(at, s.Time.Sub(day).Round(time.Millisecond))
		if got, want := liveStep(s), stateAt(t, slices.DeleteFunc(slices.Clone(steps[:i]), func(s Step) bool { return s.Kind == KindKeyframe }), s.Time); i > 0 && !slices.Equal(got, want) {
			t.Errorf("the keyframe at %v has\n%q\nwant\n%q", at[len(at)-1], got, want)
		}
	}
	if want := []time.Duration{0, time.Second, 2 * time.Second}; !slices.Equal(at, want) {
		t.Errorf("keyframes at %v, want %v", at, want)
	}
}

func TestWriterHasNoKeyframeBehindAGap(t *testing.T) {
	var d disk
	w := newWriter(t, &d, WriterOptions{KeyframeInterval: time.Nanosecond})
	big := func(ms int, seq uint64) Step { return push(later(ms), seq, "a", 2<<20) }
	mustWrite(t, w, big(0, 0), Step{Kind: KindGap, Time: later(1)}, big(2, 5), big(3, 6))
	if _, known := w.Keyframe(later(4)); known {
		t.Error("the state behind a gap is known")
	}
	mustWrite(t, w, Step{Kind: KindKeyframe, Time: later(5), Seq: 9}, big(6, 9))
	if s, known := w.Keyframe(later(7)); !known || s.Seq != 10 || len(s.Entries) != 1 || !s.Time.Equal(later(7)) {
		t.Errorf("the state is known: %v, %d entries before %d", known, len(s.Entries), s.Seq)
	}
	var kinds []string
	for _, s := range stepsOf(t, append(d.file.Bytes(), mcap.Magic...)) {
		kinds = append(kinds, s.Kind.String())
	}
	want := strings.Fields("keyframe push keyframe gap push push keyframe push keyframe")
	if !slices.Equal(kinds, want) {
		t.Errorf("got  %v\nwant %v", kinds, want)
	}
}

func TestWriterFailsForGood(t *testing.T) {
	boom := errors.New("boom")
	for name, d := range map[string]*disk{"failing disk": {fail: boom}, "short write": {short: true}} {
		t.Run(name, func(t *testing.T) {
			w := newWriter(t, d, WriterOptions{})
			want := cmpOr(d.fail, io.ErrShortWrite)
			for i := range 3 {
				if err := w.WriteStep(push(later(i), uint64(i), "", 1)); !errors.Is(err, want) {
					t.Errorf("WriteStep: %v", err)
				}
			}
			if err := w.Flush(); !errors.Is(err, want) {
				t.Errorf("Flush: %v", err)
			}
			if err := w.Close(); !errors.Is(err, want) {
				t.Errorf("Close: %v", err)
			}
			if x := w.Index(); len(x.Chunks) != 0 || x.Bytes != 0 {
				t.Errorf("the index has %+v", x)
			}
		})
	}
}

func cmpOr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

func TestWriterIsEndedByClose(t *testing.T) {
	w := newWriter(t, io.Discard, WriterOptions{})
	mustWrite(t, w, push(later(0), 0, "", 1))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, err := range map[string]error{"Close": w.Close(), "Flush": w.Flush(), "WriteStep": w.WriteStep(push(later(1), 1, "", 1))} {
		if !errors.Is(err, ErrEnded) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWriterRefusesWhatIsNoStep(t *testing.T) {
	w := newWriter(t, io.Discard, WriterOptions{})
	huge := make([]byte, 1<<20)
	many := push(later(0), 0, "", 1)
	many.Entries = slices.Repeat([]buffers.Entry{{Payload: huge}}, 2048)
	for name, s := range map[string]Step{
		"no kind":              {},
		"an unknown kind":      {Kind: 99},
		"a gap with entries":   {Kind: KindGap, Entries: make([]buffers.Entry, 1)},
		"more than 2 GiB":      many,
		"a removal in a queue": {Kind: KindPush, Entries: []buffers.Entry{{Transient: true, Removal: true}}},
	} {
		err := w.WriteStep(s)
		if err == nil || name == "more than 2 GiB" && !errors.Is(err, ErrLimit) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if w.chunk.messages != 0 {
		t.Errorf("%d messages of them are written", w.chunk.messages)
	}
	if err := w.WriteStep(push(later(1), 0, "", 1)); err != nil {
		t.Errorf("nothing can be written afterwards: %v", err)
	}
	if _, err := NewWriter(io.Discard, WriterOptions{Compression: 99}); err == nil {
		t.Error("an unknown compression is taken")
	}
}

// TestWriterFilesWithoutSteps: the library of the format's authors takes one.
func TestWriterFilesWithoutSteps(t *testing.T) {
	checkWithLibrary(t, write(t, WriterOptions{Start: day}), nil)
}

func TestWriterNamesThatClientsMakeUpShareAChannel(t *testing.T) {
	var d disk
	w := newWriter(t, &d, WriterOptions{})
	for i := range maxNames + 100 {
		name := fmt.Sprint("Made up ", i)
		mustWrite(t, w, Step{Kind: KindReceive, Time: later(i), Client: 1, Message: Message{Type: name, Body: payload(name, 1)}})
	}
	mustWrite(t, w, Step{Kind: KindPush, Time: later(9999), Entries: []buffers.Entry{{Payload: []byte("no map")}}})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if n := len(w.catalog.list); n != maxNames+channelGap+3 {
		t.Errorf("there are %d channels", n)
	}
	steps := stepsOf(t, d.file.Bytes())
	if last := steps[len(steps)-2]; last.Message.Type != "" || !bytes.Equal(last.Message.Body, payload("Made up 4195", 1)) {
		t.Errorf("the last message is %q of type %q", last.Message.Body, last.Message.Type)
	}
	if last := steps[len(steps)-1]; string(last.Entries[0].Payload) != "no map" {
		t.Errorf("what has no type is %q", last.Entries[0].Payload)
	}
}

func TestWriterStoresWhatDoesNotShrink(t *testing.T) {
	noise := push(later(0), 0, "", 0)
	noise.Entries[0].Payload = payload("Thing", 100_000)
	state := uint64(1)
	for i := range noise.Entries[0].Payload[10:99_000] {
		state = state*6364136223846793005 + 1442695040888963407
		noise.Entries[0].Payload[10+i] = byte(state >> 56)
	}
	for name, test := range map[string]struct {
		step Step
		o    WriterOptions
		want string
	}{
		"noise":          {noise, WriterOptions{}, mcap.CompressionNone},
		"zeros":          {push(later(0), 0, "", 100_000), WriterOptions{}, mcap.CompressionZstd},
		"no compression": {push(later(0), 0, "", 100_000), WriterOptions{Compression: CompressNone}, mcap.CompressionNone},
	} {
		t.Run(name, func(t *testing.T) {
			var d disk
			w := newWriter(t, &d, test.o)
			mustWrite(t, w, test.step)
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if got := w.summary.chunks[1].Compression; got != test.want {
				t.Errorf("the compression is %q, want %q", got, test.want)
			}
			checkWithLibrary(t, d.file.Bytes(), []Step{test.step})
		})
	}
}

func TestWriterDoesNotAllocateForEntries(t *testing.T) {
	w := newWriter(t, io.Discard, WriterOptions{KeyframeInterval: -1, ChunkInterval: time.Hour})
	batch := make([]buffers.Entry, 100)
	for i := range batch {
		batch[i] = buffers.Entry{Key: fmt.Sprint(i), Payload: payload("Thing", 50), Except: buffers.NoReader}
	}
	at := 0
	step := func() {
		at++
		mustWrite(t, w, Step{Kind: KindPush, Time: later(at), Seq: uint64(100 * at), Entries: batch})
	}
	for range 500 {
		step() // the buffers grow
	}
	if n := testing.AllocsPerRun(500, step); n > 1 { // some for each chunk
		t.Errorf("%v allocations for a batch of 100", n)
	}
}
