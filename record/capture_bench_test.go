package record

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/scenewire/scenewire/buffers"
)

// BenchmarkCapturePush is a push to a log, and what a capture of it costs besides, until
// it is in the file: run it with -cpu 1, and the difference is the processor time that a
// broadcast message takes. Bodies are random bytes, which don't shrink. It leaves out the
// disk: the file is in the page cache.
func BenchmarkCapturePush(b *testing.B) {
	for _, size := range []int{100, 1024, 16 << 10} {
		for _, how := range []string{"none", "disk", "memory"} {
			b.Run(fmt.Sprintf("size=%dB/capture=%s", size, how), func(b *testing.B) { benchmarkCapture(b, size, how) })
		}
	}
}

func benchmarkCapture(b *testing.B, size int, how string) {
	log := buffers.NewLog(buffers.LogLimits{})
	flush := func() {}
	if how != "none" {
		o := CaptureOptions{MaxFileBytes: 64 << 20, MaxTotalBytes: 128 << 20}
		if how == "disk" {
			o.Path = filepath.Join(b.TempDir(), "scene.mcap")
		}
		c := mustCapture(b, log, o)
		flush = func() { must(b, c.Flush()) }
	}
	noise := rand.NewChaCha8([32]byte{})
	entries := make([]buffers.Entry, 1000)
	for i := range entries {
		entries[i] = thing(strconv.Itoa(i), size)
		_, _ = noise.Read(entries[i].Payload[10 : 10+size-len("type")])
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := log.Push(entries[i%len(entries)]); err != nil {
			b.Fatal(err)
		}
		if i%len(entries) == 0 {
			flush() // so that nothing is lost
		}
	}
	flush()
}
