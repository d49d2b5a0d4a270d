package buffers

import (
	"bytes"
	"sync"
	"testing"
)

func TestFrameGoesBackWithLastRelease(t *testing.T) {
	var pool FramePool
	f := pool.Get(10)
	f.Set(append(f.Buffer(), "window"...))
	f.Retain()
	f.Release()
	if string(f.Bytes()) != "window" || pool.Live() != 1 {
		t.Fatalf("%q, %d live", f.Bytes(), pool.Live())
	}
	f.Release()
	if f.Bytes() != nil || pool.Live() != 0 {
		t.Fatalf("%q, %d live", f.Bytes(), pool.Live())
	}
}

func TestFrameMisusePanics(t *testing.T) {
	var pool FramePool
	released := func() *Frame {
		f := pool.Get(10)
		f.Release()
		pool.Get(10).Release() // memory in use again does not hide it
		return f
	}
	tests := []struct {
		name string
		do   func()
	}{
		{"released twice", func() { released().Release() }},
		{"retained when released", func() { released().Retain() }},
		{"set when released", func() { released().Set(nil) }},
		{"set when shared", func() {
			f := pool.Get(10)
			f.Retain()
			f.Set(nil)
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			tt.do()
		})
	}
}

func TestFrameExcludes(t *testing.T) {
	f := &Frame{Excluded: []uint64{0, 7}}
	for reader, want := range map[uint64]bool{0: true, 1: false, 7: true, NoReader: false} {
		if got := f.Excludes(reader); got != want {
			t.Errorf("Excludes(%d) = %v", reader, got)
		}
	}
}

func TestFramePoolCapacity(t *testing.T) {
	var pool FramePool
	for _, hint := range []int{-1, 0, 1, 511, 512, 513, 1 << 20, 1<<20 + 1} {
		f := pool.Get(hint)
		if len(f.Bytes()) != 0 || cap(f.Buffer()) < hint {
			t.Errorf("hint %d: len %d, cap %d", hint, len(f.Bytes()), cap(f.Buffer()))
		}
		f.Release()
	}
	if got := cap(pool.Get(512).Buffer()); got != 512 {
		t.Errorf("512 bytes take %d", got)
	}
}

// Whatever size memory comes back with, it is only reused where it is enough.
func TestFramePoolReusesByCapacity(t *testing.T) {
	var pool FramePool
	for _, size := range []int{0, 1, 600, 1000, 5000, 1 << 20, 3 << 20} {
		f := pool.Get(1)
		f.Set(make([]byte, size))
		f.Release()
	}
	for _, hint := range []int{512, 513, 1024, 4096, 8192, 1 << 20} {
		for range 3 {
			if f := pool.Get(hint); len(f.Bytes()) != 0 || cap(f.Buffer()) < hint || cap(f.Buffer()) > 1<<20 {
				t.Errorf("hint %d: len %d, cap %d", hint, len(f.Bytes()), cap(f.Buffer()))
			}
		}
	}
}

// Many holders read and release while others get frames: nobody sees foreign
// bytes, and every frame comes back.
func TestFrameUnderConcurrency(t *testing.T) {
	var pool FramePool
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 200 {
				want := bytes.Repeat([]byte{byte(g)}, 1+i*7)
				f := pool.Get(len(want))
				f.Set(append(f.Buffer(), want...))
				f.Retain()
				wg.Go(func() {
					if !bytes.Equal(f.Bytes(), want) {
						t.Error("foreign bytes in a frame")
					}
					f.Release()
				})
				f.Release()
			}
		})
	}
	wg.Wait()
	if pool.Live() != 0 {
		t.Errorf("%d frames were not released", pool.Live())
	}
}

func TestFrameOfPiecesSharesMemory(t *testing.T) {
	var pool FramePool
	base := pool.Get(16)
	base.Set(append(base.Buffer(), "0123456789"...))
	f := pool.Get(16)
	own := append(f.Buffer(), "head-tail"...)
	f.SetPieces(own, [][]byte{own[:5], base.Bytes()[2:4], nil, own[5:]}, base)
	for skip, want := range []string{"head-23tail", "ead-23tail", "ad-23tail", "d-23tail", "-23tail", "23tail", "3tail", "tail"} {
		if got := bytes.Join(f.AppendVectors(nil, skip), nil); string(got) != want {
			t.Errorf("behind %d bytes: %q, want %q", skip, got, want)
		}
	}
	if f.Len() != 11 || len(f.AppendVectors(nil, 11)) != 0 {
		t.Errorf("length %d", f.Len())
	}
	if pool.Live() != 2 {
		t.Errorf("%d frames are live", pool.Live())
	}
	f.Release()
	if pool.Live() != 0 {
		t.Error("the base wasn't released with the frame")
	}
}
