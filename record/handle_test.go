package record

import (
	"bytes"
	"errors"
	"math"
	"sync"
	"testing"
	"time"
)

func TestHandleRecordsAtTheSumOfItsSleeps(t *testing.T) {
	ended := 0
	h := NewHandle(HandleOptions{ViserVersion: "1.0.21", OnEnd: func() { ended++ }})
	messages := many(4)
	h.Capture(messages[:1])
	must(t, h.InsertSleep(100*time.Millisecond))
	must(t, h.InsertSleep(200*time.Millisecond))
	must(t, h.SetLoopStart())
	h.Capture(messages[1:4])
	must(t, h.InsertSleep(time.Second))
	file, err := h.EndAndSerialize()
	must(t, err)

	got, err := Read(bytes.NewReader(file), nil)
	must(t, err)
	want := &Recording{
		Header: Header{
			Generation: GenerationZstd, Duration: 1300 * time.Millisecond,
			Loops: true, LoopStart: 1, ViserVersion: "1.0.21",
		},
		Messages: many(4),
	}
	for i := range want.Messages {
		want.Messages[i].Time = 300 * time.Millisecond
	}
	want.Messages[0].Time = 0
	if diff := differ(got, want); diff != "" {
		t.Error(diff)
	}
	if ended != 1 {
		t.Errorf("OnEnd was called %d times", ended)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestHandleRefusesEverythingAfterItsEnd(t *testing.T) {
	ended := 0
	h := NewHandle(HandleOptions{OnEnd: func() { ended++ }})
	must(t, h.Err())
	if _, err := h.EndAndSerialize(); err != nil {
		t.Fatal(err)
	}
	_, again := h.EndAndSerialize()
	_, end := h.End()
	for what, err := range map[string]error{
		"InsertSleep": h.InsertSleep(1), "SetLoopStart": h.SetLoopStart(), "EndAndSerialize": again, "End": end, "Err": h.Err(),
	} {
		if !errors.Is(err, ErrEnded) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if h.Capture(many(1)) {
		t.Error("it still takes messages")
	}
	if ended != 1 {
		t.Errorf("OnEnd was called %d times", ended)
	}
}

func TestLoopStartIsSetOnce(t *testing.T) {
	h := NewHandle(HandleOptions{})
	must(t, h.SetLoopStart())
	if err := h.SetLoopStart(); !errors.Is(err, ErrLoopStart) {
		t.Errorf("the second time: %v", err)
	}
	rec, err := h.End()
	if err != nil || !rec.Loops || rec.LoopStart != 0 {
		t.Errorf("got %+v, %v", rec, err)
	}
}

func TestSleepsThatCannotBeAreRefused(t *testing.T) {
	h := NewHandle(HandleOptions{})
	must(t, h.InsertSleep(time.Hour))
	for _, d := range []time.Duration{-1, math.MinInt64, math.MaxInt64} {
		if err := h.InsertSleep(d); !errors.Is(err, ErrSleep) {
			t.Errorf("%v: %v", d, err)
		}
	}
	if rec, err := h.End(); err != nil || rec.Duration != time.Hour {
		t.Errorf("got %+v, %v", rec, err)
	}
}

func TestFullHandleKeepsWhatItHas(t *testing.T) {
	one := many(1)
	each := int64(messageBytes + len(one[0].Body))
	h := NewHandle(HandleOptions{MaxBytes: 10 * each})
	for range 9 {
		if !h.Capture(one) {
			t.Fatal("full too early")
		}
	}
	if h.Capture([]Message{one[0], one[0]}) {
		t.Error("half of a batch was taken, or all of it")
	}
	if h.Capture(one) {
		t.Error("there is a gap")
	}
	for what, err := range map[string]error{"InsertSleep": h.InsertSleep(1), "SetLoopStart": h.SetLoopStart(), "Err": h.Err()} {
		if !errors.Is(err, ErrFull) {
			t.Errorf("%s: %v", what, err)
		}
	}
	file, err := h.EndAndSerialize()
	if !errors.Is(err, ErrFull) {
		t.Errorf("at the end: %v", err)
	}
	rec, err := Read(bytes.NewReader(file), nil)
	if err != nil || len(rec.Messages) != 9 {
		t.Errorf("%d messages, %v", len(rec.Messages), err)
	}
}

func TestHandleTakesBatchesWholeFromAllSides(t *testing.T) {
	const producers, batches, size = 8, 200, 3
	h := NewHandle(HandleOptions{})
	var wg sync.WaitGroup
	for p := range producers {
		wg.Go(func() {
			for b := range batches {
				name := string(rune('a'+p)) + string(rune('0'+b%10))
				m := message(0, name)
				h.Capture([]Message{m, m, m})
				if err := h.InsertSleep(1); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	rec, err := h.End()
	must(t, err)
	if len(rec.Messages) != producers*batches*size || rec.Duration != producers*batches {
		t.Fatalf("%d messages, %v", len(rec.Messages), rec.Duration)
	}
	for i := 0; i < len(rec.Messages); i += size {
		first := rec.Messages[i]
		for _, m := range rec.Messages[i : i+size] {
			if m.Type != first.Type || m.Time != first.Time {
				t.Fatalf("batch at %d is torn: %v", i, rec.Messages[i:i+size])
			}
		}
	}
}
