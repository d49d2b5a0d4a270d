package record

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/scenewire/scenewire/internal/mcap"
)

// small is a capture whose file has a few kilobytes, with a second keyframe.
func small(t testing.TB) (steps []Step, file []byte) {
	t.Helper()
	steps = capture(12)
	half := len(steps) / 2
	frame := stateOf(t, steps, steps[half-1].Time.Add(time.Millisecond))
	steps = slices.Insert(steps, half, frame)
	return steps, write(t, WriterOptions{ChunkBytes: 600, Name: "small"}, steps...)
}

// chunksOf returns where the chunks of a whole file are.
func chunksOf(t testing.TB, file []byte) []Chunk {
	t.Helper()
	x := newFileIndex(&source{r: bytes.NewReader(file), size: int64(len(file))})
	if err := x.readSummary(); err != nil {
		t.Fatal(err)
	}
	return x.Chunks
}

func TestFileTruncatedAtEveryByteHasItsWholeChunks(t *testing.T) {
	skipUnderRace(t)
	steps, file := small(t)
	chunks := chunksOf(t, file)
	for cut := range file {
		data := file[:cut]
		n := 0
		for _, c := range chunks {
			if c.Offset+c.Length <= int64(cut) {
				n = slices.IndexFunc(steps, func(s Step) bool { return s.Time.After(c.End) })
				if n < 0 {
					n = len(steps)
				}
			}
		}
		f, err := OpenReader(bytes.NewReader(data), int64(cut), nil)
		if err != nil {
			if n > 0 || !errors.Is(err, ErrTruncated) {
				t.Fatalf("cut at %d: %v", cut, err)
			}
			continue
		}
		got, err := rest(f)
		var corrupt *CorruptError
		if !errors.Is(err, ErrTruncated) || !errors.As(err, &corrupt) || corrupt.Offset > int64(cut) {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if !slices.EqualFunc(got, steps[:n], func(a, b Step) bool { return sameStep(&a, &b) }) {
			t.Fatalf("cut at %d: %d steps, want %d", cut, len(got), n)
		}
		if f.Info().Damage == nil {
			t.Fatalf("cut at %d: %+v", cut, f.Info())
		}
		if cut%16 != 0 {
			continue
		}
		state, err := f.State(day.Add(time.Hour))
		if err != nil {
			t.Fatalf("cut at %d: %v", cut, err)
		}
		if diff := sameState(state, stateOf(t, steps[:n], day.Add(time.Hour))); diff != "" {
			t.Fatalf("cut at %d\n%s", cut, diff)
		}
	}
}

// inRecords says whether byte i of a file is one of a chunk's records, of which only the
// checksum can tell that they are damaged.
func inRecords(chunks []Chunk, i int) bool {
	return slices.ContainsFunc(chunks, func(c Chunk) bool {
		return int64(i) > c.Offset+chunkHeadBytes && int64(i) < c.Offset+c.Length
	})
}

// Whatever bit is wrong, what is read is what was written, and what isn't read is told.
// Of the records of chunks some bytes are enough.
func TestFileDamagedAtEveryByteIsNeverWrong(t *testing.T) {
	skipUnderRace(t)
	steps, file := small(t)
	var states []Step
	for _, s := range steps {
		states = append(states, stateOf(t, steps, s.Time))
	}
	chunks := chunksOf(t, file)
	for name, data := range map[string][]byte{"with a summary": file, "without": unended(t, file)} {
		t.Run(name, func(t *testing.T) {
			for i := range data {
				if i%16 > 0 && inRecords(chunks, i) {
					continue
				}
				damaged := bytes.Clone(data)
				damaged[i] ^= 1 << (i % 8)
				checkDamaged(t, damaged, steps, states, name == "without", i)
			}
		})
	}
}

// checkDamaged reads a file that is damaged at byte i, and the state at one of its steps.
func checkDamaged(t *testing.T, file []byte, steps, states []Step, unended bool, i int) {
	t.Helper()
	f, err := OpenReader(bytes.NewReader(file), int64(len(file)), nil)
	var corrupt *CorruptError
	if err != nil {
		if !errors.As(err, &corrupt) {
			t.Fatalf("byte %d: %v", i, err)
		}
		return
	}
	left, told := steps, unended
	for {
		s, err := f.Next()
		switch {
		case err == nil:
			n := slices.IndexFunc(left, func(other Step) bool { return other.Time.Equal(s.Time) })
			if n < 0 || n > 0 && !told || !sameStep(&s, &left[n]) {
				t.Fatalf("byte %d: %d steps are missing before %+v", i, n, s)
			}
			left = left[n+1:]
			if at := len(steps) - len(left) - 1; at == i%len(steps) {
				checkState(t, f, states[at], i)
			}
			continue
		case errors.As(err, &corrupt):
			told = true
		case !errors.Is(err, io.EOF):
			t.Fatalf("byte %d: %v", i, err)
		}
		if !f.Skip() {
			break
		}
	}
	if len(left) > 0 && !told {
		t.Fatalf("byte %d: %d steps are missing, and nobody says so", i, len(left))
	}
}

// checkState wants the state to be right if it is there.
func checkState(t *testing.T, f *File, want Step, i int) {
	t.Helper()
	state, err := f.State(want.Time)
	if err != nil {
		return
	}
	if diff := sameState(state, want); diff != "" {
		t.Fatalf("byte %d\n%s", i, diff)
	}
}

// sameStep compares what a file keeps of steps.
func sameStep(a, b *Step) bool {
	if a.Kind != b.Kind || !a.Time.Equal(b.Time) || a.Seq != b.Seq || len(a.Entries) != len(b.Entries) ||
		!slices.Equal(a.Removed, b.Removed) || a.Message.Type != b.Message.Type || !bytes.Equal(a.Message.Body, b.Message.Body) {
		return false
	}
	for i := range a.Entries {
		a, b := &a.Entries[i], &b.Entries[i]
		if a.Seq != b.Seq || a.Key != b.Key || !bytes.Equal(a.Payload, b.Payload) || a.Except != b.Except ||
			a.Follows != b.Follows || a.Removal != b.Removal || a.Transient != b.Transient {
			return false
		}
	}
	return true
}

// crafted is a file of one chunk which the test has changed.
func crafted(change func(c *mcap.Chunk)) []byte {
	file := append([]byte(nil), mcap.Magic...)
	file = mcap.AppendHeader(file, mcap.Header{Profile: mcapProfile, Library: mcapLibrary})
	file = append(file, newCatalog().defs...)
	step := Step{Kind: KindKeyframe, Time: day}
	var b chunkBuilder
	b.appendStep(&step, nanos(day), newCatalog())
	c := mcap.Chunk{
		Start: nanos(day), End: nanos(day), Size: uint64(len(b.records)), Records: b.records,
		CRC: crc32.ChecksumIEEE(b.records),
	}
	change(&c)
	return mcap.AppendChunk(file, c)
}

func zstdOf(b []byte) []byte {
	enc, err := zstd.NewWriter(nil)
	if err != nil {
		panic(err)
	}
	defer enc.Close()
	return enc.EncodeAll(b, nil)
}

func TestFileCorruptChunkIsAClearErrorWithItsPlace(t *testing.T) {
	offset := int64(len(crafted(func(*mcap.Chunk) {}))) // made small again below
	for name, test := range map[string]struct {
		change func(c *mcap.Chunk)
		want   string
	}{
		"checksum":                   {func(c *mcap.Chunk) { c.CRC++ }, "checksum"},
		"content":                    {func(c *mcap.Chunk) { c.Records = bytes.Clone(c.Records); c.Records[20] ^= 1 }, "checksum"},
		"size too large":             {func(c *mcap.Chunk) { c.Size++ }, "declares"},
		"size too small":             {func(c *mcap.Chunk) { c.Size-- }, "declares"},
		"size of 2^63":               {func(c *mcap.Chunk) { c.Size = 1 << 63 }, "larger than the limits allow"},
		"zstd":                       {func(c *mcap.Chunk) { c.Compression = mcap.CompressionZstd }, "magic"},
		"zstd size too large":        {func(c *mcap.Chunk) { c.Compression, c.Records = "zstd", zstdOf(c.Records); c.Size++ }, "there are"},
		"zstd size too small":        {func(c *mcap.Chunk) { c.Compression, c.Records = "zstd", zstdOf(c.Records); c.Size-- }, "declares"},
		"zstd size of 2^63":          {func(c *mcap.Chunk) { c.Compression, c.Records, c.Size = "zstd", zstdOf(c.Records), 1<<63 }, "larger than the limits allow"},
		"zstd that can't be so much": {func(c *mcap.Chunk) { c.Compression, c.Records, c.Size = "zstd", zstdOf(c.Records), 1<<30 }, "can't be in"},
		"zstd cut off": {func(c *mcap.Chunk) {
			c.Compression, c.Records = "zstd", zstdOf(c.Records)[:20]
		}, "declares"},
		"compression":      {func(c *mcap.Chunk) { c.Compression = "lz4" }, `compression "lz4"`},
		"end before start": {func(c *mcap.Chunk) { c.End-- }, "ends before"},
		"end of 2^64-1":    {func(c *mcap.Chunk) { c.End = math.MaxUint64 }, "too late"},
		"wrong start":      {func(c *mcap.Chunk) { c.Start-- }, "order of time"},
		"wrong end":        {func(c *mcap.Chunk) { c.End++ }, "order of time"},
		"no step": {func(c *mcap.Chunk) {
			c.Records = mcap.AppendMessage(nil, channelState, 0, c.Start, nil)
			c.Size, c.CRC = uint64(len(c.Records)), 0
		}, "without the head of a step"},
		"a record that is cut off": {func(c *mcap.Chunk) {
			c.Records = c.Records[:len(c.Records)-1]
			c.Size, c.CRC = uint64(len(c.Records)), 0
		}, "truncated"},
		"a record of 2^63 bytes": {func(c *mcap.Chunk) {
			c.Records = binary.LittleEndian.AppendUint64([]byte{byte(mcap.OpMessage)}, 1<<63)
			c.Size, c.CRC = uint64(len(c.Records)), 0
		}, "truncated"},
		"an unknown channel": {func(c *mcap.Chunk) {
			c.Records = mcap.AppendMessage(nil, 99, 0, c.Start, nil)
			c.Size, c.CRC = uint64(len(c.Records)), 0
		}, "channel is 99"},
	} {
		t.Run(name, func(t *testing.T) {
			file := crafted(test.change)
			f := open(t, file)
			_, err := rest(f)
			var corrupt *CorruptError
			if !errors.As(err, &corrupt) || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want one with %q", err, test.want)
			}
			if at := bytes.LastIndex(file[:offset], newCatalog().defs) + len(newCatalog().defs); corrupt.Offset != int64(at) {
				t.Errorf("%v, the chunk is at %d", err, at)
			}
			if _, again := f.Next(); again == nil || again.Error() != err.Error() {
				t.Errorf("then: %v", again)
			}
		})
	}
}

func TestFileCorruptRecordIsAClearErrorWithItsPlace(t *testing.T) {
	whole := crafted(func(*mcap.Chunk) {})
	record := func(op mcap.Op, length uint64, content string) []byte {
		return append(binary.LittleEndian.AppendUint64([]byte{byte(op)}, length), content...)
	}
	for name, test := range map[string]struct {
		record []byte
		want   string
	}{
		"a length of 2^63":    {record(mcap.OpChunk, 1<<63, ""), "declares 9223372036854775808 bytes, there are 0"},
		"a length of 2^64-1":  {record(mcap.OpMetadata, math.MaxUint64, ""), "declares 18446744073709551615 bytes"},
		"zeros":               {make([]byte, 100), "no record"},
		"an unknown kind":     {record(0x70, 3, "abc"), "doesn't belong here"},
		"a message":           {mcap.AppendMessage(nil, 0, 0, 0, nil), "doesn't belong here"},
		"a short channel":     {record(mcap.OpChannel, 3, "abc"), "channel"},
		"a short index":       {record(mcap.OpMessageIndex, 3, "abc"), "index of a chunk"},
		"a wrong index":       {record(mcap.OpMessageIndex, 6, "\x00\x00\x10\x00\x00\x00"), "index of a chunk"},
		"a large channel":     {record(mcap.OpChannel, 2<<20, strings.Repeat("x", 2<<20)), "larger than the limits allow"},
		"a chunk without end": {record(mcap.OpChunk, 3, "abc"), "head is damaged"},
		"an earlier chunk":    {whole[bytes.LastIndexByte(whole, byte(mcap.OpChunk)):], ""},
	} {
		t.Run(name, func(t *testing.T) {
			f := open(t, append(bytes.Clone(whole), test.record...))
			got, err := rest(f)
			var corrupt *CorruptError
			if len(got) != 1 || !errors.As(err, &corrupt) || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("%d steps, error %v, want one with %q", len(got), err, test.want)
			}
			if corrupt.Offset != int64(len(whole)) {
				t.Errorf("%v, it is at %d", err, len(whole))
			}
		})
	}
}

// Whatever a file declares, it takes memory for what is there, and for what the limits
// allow.
func TestFileTakesNoMoreMemoryThanTheLimitsAllow(t *testing.T) {
	zeros := make([]byte, 64<<20)
	bomb := zstdOf(zeros)
	head := func(b []byte) func(c *mcap.Chunk) {
		return func(c *mcap.Chunk) {
			c.Records = mcap.AppendMessage(nil, channelStep, 0, c.Start, b)
			c.Size, c.CRC = uint64(len(c.Records)), 0
		}
	}
	for name, change := range map[string]func(c *mcap.Chunk){
		"a bomb that says so":        func(c *mcap.Chunk) { c.Compression, c.Records, c.Size = "zstd", bomb, uint64(len(zeros)) },
		"a bomb that doesn't":        func(c *mcap.Chunk) { c.Compression, c.Records, c.Size = "zstd", bomb, 1000 },
		"nothing that says much":     func(c *mcap.Chunk) { c.Size = 1 << 62 },
		"a head with many entries":   head([]byte("\x83\xa4kind\xa4push\xa7entries\xcf\x00\x00\x01\x00\x00\x00\x00\x00\xa3seq\x00")),
		"a head with many keys":      head([]byte("\x83\xa4kind\xa4push\xa7entries\x00\xa4keys\xdd\xff\xff\xff\xff")),
		"a head with many sequences": head([]byte("\x83\xa4kind\xa6remove\xa7entries\x00\xa7removed\xdd\xff\xff\xff\xff")),
	} {
		t.Run(name, func(t *testing.T) {
			file := crafted(change)
			lim := &Limits{MaxBytes: 1 << 20}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			f, err := OpenReader(bytes.NewReader(file), int64(len(file)), lim)
			if err != nil {
				t.Fatal(err)
			}
			_, err = f.Next()
			var corrupt *CorruptError
			if !errors.As(err, &corrupt) {
				t.Error(err)
			}
			if _, err := f.State(day); !errors.As(err, &corrupt) {
				t.Error(err)
			}
			runtime.ReadMemStats(&after)
			if took := after.TotalAlloc - before.TotalAlloc; took > 16<<20 {
				t.Errorf("%d bytes were allocated", took)
			}
		})
	}
}

// A live state is bounded, too: a file can have more than fits into memory.
func TestFileStateIsBounded(t *testing.T) {
	var steps []Step
	for i := range 100 {
		steps = append(steps, push(day.Add(time.Duration(i)*time.Second), uint64(i), "", 1000))
	}
	file := write(t, WriterOptions{ChunkBytes: 3000}, steps...)
	for _, lim := range []*Limits{{MaxBytes: 50_000}, {MaxMessages: 50}} {
		f, err := OpenReader(bytes.NewReader(file), int64(len(file)), lim)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := f.State(day.Add(20 * time.Second)); err != nil || len(s.Entries) != 21 {
			t.Errorf("%d entries, %v", len(s.Entries), err)
		}
		if _, err := f.State(day.Add(time.Hour)); !errors.Is(err, ErrLimit) {
			t.Error(err)
		}
	}
}

// skipUnderRace skips a test with a single goroutine, of which the race detector could tell
// nothing and that it would make take a minute.
func skipUnderRace(t *testing.T) {
	t.Helper()
	if raceDetector {
		t.Skip("NOT RUN under the race detector: it has one goroutine. go test runs it")
	}
}
