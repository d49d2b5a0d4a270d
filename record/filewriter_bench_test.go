package record

import (
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/msgpscan"
)

// posed is a message as a scene sends many of: a name and seven numbers, which move.
func posed(r *rand.Rand, i int) []byte {
	b := msgpscan.AppendMapHeader(make([]byte, 0, 128), 4)
	b = msgpscan.AppendString(msgpscan.AppendString(b, "name"), fmt.Sprintf("/robot/joint_%d", i%100))
	b = msgpscan.AppendArrayHeader(msgpscan.AppendString(b, "wxyz"), 4)
	for range 4 {
		b = msgpscan.AppendFloat64(b, r.Float64())
	}
	b = msgpscan.AppendArrayHeader(msgpscan.AppendString(b, "position"), 3)
	for range 3 {
		b = msgpscan.AppendFloat64(b, r.Float64())
	}
	return msgpscan.AppendString(msgpscan.AppendString(b, "type"), "SetPoseMessage")
}

// blob is a message with n bytes of which a part is noise.
func blob(r *rand.Rand, n int, noise float64) []byte {
	data := make([]byte, n)
	for i := range int(float64(n) * noise) {
		data[i] = byte(r.Uint32())
	}
	r.Shuffle(n/16, func(i, j int) { // in pieces, so that it is mixed
		for k := range 16 {
			data[16*i+k], data[16*j+k] = data[16*j+k], data[16*i+k]
		}
	})
	b := msgpscan.AppendBin(msgpscan.AppendString(msgpscan.AppendMapHeader(nil, 2), "points"), data)
	return msgpscan.AppendString(msgpscan.AppendString(b, "type"), "PointCloudMessage")
}

// BenchmarkWriterWriteStep captures batches of ten messages, as a server does, with a
// processor of its own and a disk that costs nothing. MB/s counts payloads; cpu-MB/s
// divides them by processor time, garbage collection included, which says what a machine
// that is busy would do if it weren't. It doesn't say what a real disk does.
func BenchmarkWriterWriteStep(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, kind := range []struct {
		name string
		make func(i int) []byte
	}{
		{"pose", func(i int) []byte { return posed(r, i) }},
		{"cloud-2KiB", func(int) []byte { return blob(r, 2<<10, 0.5) }},
		{"cloud-64KiB", func(int) []byte { return blob(r, 64<<10, 0.5) }},
		{"noise-64KiB", func(int) []byte { return blob(r, 64<<10, 1) }},
		{"zeros-64KiB", func(int) []byte { return blob(r, 64<<10, 0) }},
	} {
		payloads := make([][]byte, 1000)
		for i := range payloads {
			payloads[i] = kind.make(i)
		}
		for _, state := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s/keyframes=%v", kind.name, state), func(b *testing.B) {
				benchmarkWriter(b, payloads, state)
			})
		}
	}
}

func benchmarkWriter(b *testing.B, payloads [][]byte, keyframes bool) {
	var written countingWriter
	written.w = io.Discard
	o := WriterOptions{KeyframeInterval: -1}
	if keyframes {
		o.KeyframeInterval = 0
	}
	w, err := NewWriter(&written, o)
	if err != nil {
		b.Fatal(err)
	}
	batch := make([]buffers.Entry, 10)
	keys := make([]string, len(payloads))
	for i := range keys {
		keys[i] = fmt.Sprintf("SetPoseMessage-/robot/joint_%d", i%100)
	}
	var bytes int64
	at := day
	seq, n := uint64(0), 0
	b.ReportAllocs()
	began := cpuTime()
	for b.Loop() {
		for i := range batch {
			batch[i] = buffers.Entry{Key: keys[n], Payload: payloads[n], Except: buffers.NoReader}
			bytes += int64(len(payloads[n]))
			n = (n + 1) % len(payloads)
		}
		at = at.Add(time.Millisecond)
		if err := w.WriteStep(Step{Kind: KindPush, Time: at, Seq: seq, Entries: batch}); err != nil {
			b.Fatal(err)
		}
		seq += uint64(len(batch))
	}
	b.SetBytes(bytes / int64(b.N))
	if used := cpuTime() - began; used > 0 {
		b.ReportMetric(float64(bytes)/1e6/used.Seconds(), "cpu-MB/s")
	}
	b.ReportMetric(float64(written.n)/float64(bytes), "file/payload")
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
}
