package record

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/msgpscan"
)

// The recording of the benchmarks: a scene of 2,000 nodes, some of them meshes, of 6 MB,
// of which 55 move at 30 Hz, as 280 KB a second that don't get smaller. An hour of it
// is 1 GB.
const (
	benchRate   = 30
	benchMoving = 55
	benchNodes  = 2000
)

// move is a message of n bytes that don't get smaller.
func move(r *rand.Rand, name string, n int) []byte {
	body := make([]byte, n)
	for i := 0; i+8 <= n; i += 8 {
		binary.LittleEndian.PutUint64(body[i:], r.Uint64())
	}
	b := msgpscan.AppendMapHeader(nil, 2)
	b = msgpscan.AppendBin(msgpscan.AppendString(b, "body"), body)
	return msgpscan.AppendString(msgpscan.AppendString(b, "type"), name)
}

// benchFile writes a recording of about so many bytes and returns its path.
func benchFile(b *testing.B, bytes int64) string {
	b.Helper()
	path := filepath.Join(b.TempDir(), "bench.mcap")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	w, err := NewWriter(f, WriterOptions{})
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	at, seq := day, uint64(0)
	put := func(entries []buffers.Entry) {
		if err := w.WriteStep(Step{Kind: KindPush, Time: at, Seq: seq, Entries: entries}); err != nil {
			b.Fatal(err)
		}
		seq += uint64(len(entries))
		at = at.Add(time.Second / benchRate)
	}
	scene := min(benchNodes, int(bytes/10_000))
	for i := range scene {
		key := fmt.Sprintf("/scene/node%d", i)
		size := 200
		if i%100 == 0 {
			size = 280_000
		}
		put([]buffers.Entry{{Key: key, Payload: move(r, "Create", size), Except: buffers.NoReader}})
	}
	for w.Index().Bytes < bytes {
		entries := make([]buffers.Entry, benchMoving)
		for i := range entries {
			node := fmt.Sprintf("/scene/node%d", (i*13)%scene)
			entries[i] = buffers.Entry{Key: node + "/pose", Follows: node, Payload: move(r, "Move", 32), Except: buffers.NoReader}
		}
		put(entries)
	}
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	return path
}

// BenchmarkFile reads recordings of three sizes, the largest of which is an hour long:
// it opens them by their index, and without it, seeks to random times and reads the
// state there, or the step behind it. Files are in the page cache. cpu-ms are processor
// time, which others on the machine don't add to, with that of collecting garbage.
func BenchmarkFile(b *testing.B) {
	for _, size := range []struct {
		name  string
		bytes int64
	}{{"1MB", 1e6}, {"100MB", 1e8}, {"1GB", 1e9}} {
		b.Run("size="+size.name, func(b *testing.B) {
			path := benchFile(b, size.bytes)
			b.Run("open", func(b *testing.B) { benchOpen(b, path) })
			benchAt(b, path)
			whole, err := os.Stat(path)
			if err != nil {
				b.Fatal(err)
			}
			if err := os.Truncate(path, whole.Size()-1); err != nil {
				b.Fatal(err)
			}
			b.Run("open-without-index", func(b *testing.B) { benchOpen(b, path) })
		})
	}
}

func benchOpen(b *testing.B, path string) {
	b.ReportAllocs()
	for b.Loop() {
		f, err := Open(path, nil)
		if err != nil {
			b.Fatal(err)
		}
		f.Close()
	}
}

func benchAt(b *testing.B, path string) {
	f, err := Open(path, nil)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	info := f.Info()
	r := rand.New(rand.NewPCG(3, 4))
	random := func() time.Time { return info.Start.Add(time.Duration(r.Int64N(int64(info.Duration())))) }
	b.Run("seek", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f.Seek(random())
			if _, err := f.Next(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("state", func(b *testing.B) {
		b.ReportAllocs()
		var sum time.Duration
		var took []time.Duration
		for b.Loop() {
			at, began, cpu := random(), time.Now(), cpuTime()
			if _, err := f.State(at); err != nil {
				b.Fatal(err)
			}
			sum += cpuTime() - cpu
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		b.ReportMetric(float64(sum.Microseconds())/1000/float64(b.N), "cpu-ms/op")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
		b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "ms-worst")
		b.ReportMetric(float64(info.Keyframes), "keyframes")
		b.ReportMetric(info.Duration().Minutes(), "minutes")
	})
}
