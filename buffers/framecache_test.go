package buffers

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// frameOf makes a frame with the given text.
func frameOf(pool *FramePool, text string) *Frame {
	f := pool.Get(len(text))
	f.Set(append(f.Buffer(), text...))
	return f
}

// getFrame asks for window [n,n+1), and reports whether it was built for this.
func getFrame(t *testing.T, c *FrameCache, pool *FramePool, n int) (built bool) {
	t.Helper()
	want := fmt.Sprint(n)
	f, err := c.Get(FrameKey{From: uint64(n), To: uint64(n) + 1, Reader: NoReader}, func() (*Frame, error) {
		built = true
		return frameOf(pool, want), nil
	})
	if err != nil || string(f.Bytes()) != want {
		t.Fatalf("frame %d: %v", n, err)
	}
	f.Release()
	return built
}

func TestFrameCacheBuildsOncePerKey(t *testing.T) {
	var c FrameCache
	var pool FramePool
	key := FrameKey{From: 1, To: 2, Reader: NoReader}
	for _, k := range []FrameKey{
		key,
		{From: 0, To: 2, Reader: NoReader},
		{From: 1, To: 3, Reader: NoReader},
		{From: 1, To: 2, Reader: 0},
		{From: 1, To: 2, Reader: NoReader, Variant: 1},
	} {
		for range 2 {
			f, err := c.Get(k, func() (*Frame, error) { return frameOf(&pool, fmt.Sprint(k)), nil })
			if err != nil || string(f.Bytes()) != fmt.Sprint(k) {
				t.Fatalf("key %v: %v", k, err)
			}
			f.Release()
		}
	}
	if pool.Live() != 5 {
		t.Errorf("%d frames for 5 keys", pool.Live())
	}
	c.Clear()
	if pool.Live() != 0 {
		t.Errorf("%d frames left", pool.Live())
	}
}

func TestFrameCacheWaitersShareOneBuild(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c FrameCache
		var pool FramePool
		builds, release := 0, make(chan struct{})
		for range 10 {
			go func() {
				f, err := c.Get(FrameKey{}, func() (*Frame, error) {
					builds++
					<-release
					return frameOf(&pool, "shared"), nil
				})
				if err != nil || string(f.Bytes()) != "shared" {
					t.Errorf("%v", err)
					return
				}
				f.Release()
			}()
		}
		synctest.Wait()
		close(release)
		synctest.Wait()
		if builds != 1 || pool.Live() != 1 {
			t.Errorf("%d builds, %d frames", builds, pool.Live())
		}
	})
}

func TestFrameCacheClearDuringBuild(t *testing.T) {
	var c FrameCache
	var pool FramePool
	f, err := c.Get(FrameKey{}, func() (*Frame, error) {
		c.Clear()
		return frameOf(&pool, "late"), nil
	})
	if err != nil || string(f.Bytes()) != "late" {
		t.Fatal(err)
	}
	f.Release()
	if pool.Live() != 0 {
		t.Error("a frame built before Clear is kept")
	}
}

func TestFrameCacheErrorIsNotKept(t *testing.T) {
	var c FrameCache
	var pool FramePool
	want := errors.New("cannot encode")
	f, err := c.Get(FrameKey{From: 3, To: 4, Reader: NoReader}, func() (*Frame, error) { return nil, want })
	if f != nil || !errors.Is(err, want) {
		t.Fatalf("got %v, %v", f, err)
	}
	if !getFrame(t, &c, &pool, 3) {
		t.Error("not built again")
	}
}

func TestFrameCachePanicReachesBuilderAndWakesWaiters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var c FrameCache
		release := make(chan struct{})
		var panics, failures atomic.Int32
		for range 3 {
			go func() {
				defer func() {
					if recover() != nil {
						panics.Add(1)
					}
				}()
				_, err := c.Get(FrameKey{}, func() (*Frame, error) {
					<-release
					panic("boom")
				})
				if err != nil {
					failures.Add(1)
				}
			}()
		}
		synctest.Wait()
		close(release)
		synctest.Wait()
		if panics.Load() != 1 || failures.Load() != 2 {
			t.Errorf("%d panics, %d errors", panics.Load(), failures.Load())
		}
	})
}

func TestFrameCacheDropsLeastRecentlyUsed(t *testing.T) {
	var c FrameCache
	var pool FramePool
	c.Init(FrameCacheLimits{MaxFrames: 3, MaxBytes: -1})
	for _, n := range []int{1, 2, 3, 1, 4} { // 4 takes the place of 2
		getFrame(t, &c, &pool, n)
	}
	if pool.Live() != 3 {
		t.Errorf("%d frames kept", pool.Live())
	}
	for _, n := range []int{1, 3, 4} {
		if getFrame(t, &c, &pool, n) {
			t.Errorf("frame %d was dropped", n)
		}
	}
	if !getFrame(t, &c, &pool, 2) {
		t.Error("frame 2 was kept")
	}
}

func TestFrameCacheBoundsMemory(t *testing.T) {
	var c FrameCache
	var pool FramePool
	c.Init(FrameCacheLimits{MaxFrames: -1, MaxBytes: 1200}) // two of 512 bytes
	for n := range 5 {
		getFrame(t, &c, &pool, n)
	}
	if pool.Live() != 2 {
		t.Errorf("%d frames kept", pool.Live())
	}
	f, err := c.Get(FrameKey{From: 9}, func() (*Frame, error) { return pool.Get(4096), nil })
	if err != nil || pool.Live() != 3 {
		t.Fatalf("%d frames, %v", pool.Live(), err)
	}
	f.Release()
	if pool.Live() != 2 {
		t.Error("a frame larger than the cache is kept")
	}
}

// A frame of large messages is little memory itself, but what it points to isn't.
func TestFrameCacheBoundsWhatFramesKeep(t *testing.T) {
	var c FrameCache
	var pool FramePool
	c.Init(FrameCacheLimits{MaxBytes: 10_000})
	add := func(n uint64, keeps int) {
		f, err := c.Get(FrameKey{From: n}, func() (*Frame, error) {
			f := pool.Get(512)
			f.Keeps = keeps
			return f, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		f.Release()
	}
	for n := range uint64(5) {
		add(n, 4000)
	}
	if pool.Live() != 2 {
		t.Errorf("%d frames are held, want 2", pool.Live())
	}
	add(5, 1_000_000)
	if pool.Live() != 1 {
		t.Errorf("%d frames are held, want the newest alone", pool.Live())
	}
	c.Clear()
	if pool.Live() != 0 || c.bytes != 0 {
		t.Errorf("%d frames and %d bytes are left", pool.Live(), c.bytes)
	}
}

// Readers get, hold and release frames of few keys while the cache is small and
// sometimes cleared: each sees the right bytes, and every frame comes back.
func TestFrameCacheUnderConcurrency(t *testing.T) {
	var c FrameCache
	var pool FramePool
	c.Init(FrameCacheLimits{MaxFrames: 4})
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(g), 0))
			for range 2000 {
				if rng.IntN(200) == 0 {
					c.Clear()
				}
				n := rng.IntN(7)
				f, err := c.Get(FrameKey{From: uint64(n)}, func() (*Frame, error) {
					return frameOf(&pool, fmt.Sprint(n)), nil
				})
				if err != nil || string(f.Bytes()) != fmt.Sprint(n) {
					t.Errorf("frame %d: %v", n, err)
					return
				}
				f.Release()
			}
		})
	}
	wg.Wait()
	c.Clear()
	if pool.Live() != 0 {
		t.Errorf("%d frames were not released", pool.Live())
	}
}
