package viser

import (
	"bytes"
	"context"
	"errors"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/record"
)

// capture writes a recording in which a red box is there from the beginning, and a green
// one from 30 s on.
func capture(t *testing.T) *record.File {
	t.Helper()
	entry := func(m scenewire.Message) buffers.Entry {
		body, err := registry(t).Append(nil, m)
		if err != nil {
			t.Fatal(err)
		}
		return buffers.Entry{Key: m.RedundancyKey(), Payload: body, Except: buffers.NoReader}
	}
	start := time.Now()
	var file bytes.Buffer
	w, err := record.NewWriter(&file, record.WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	steps := []record.Step{
		{Kind: record.KindKeyframe, Time: start, Seq: 2, Entries: []buffers.Entry{
			entry(SetOrientationMessage{WXYZ: upright}), entry(box("/red", red)),
		}},
		{Kind: record.KindPush, Time: start.Add(30 * time.Second), Seq: 2, Entries: []buffers.Entry{
			entry(box("/green", green)), entry(SetPositionMessage{Name: "/green", Position: [3]float64{0, 0, -1.5}}),
		}},
		{Kind: record.KindRemove, Time: start.Add(time.Minute)},
	}
	steps[0].Entries[1].Seq = 1
	for _, step := range steps {
		if err := w.WriteStep(step); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := record.OpenReader(bytes.NewReader(file.Bytes()), int64(file.Len()), nil)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The page gets what a seek adds, and connects again by itself where something has to go
// that no message removes.
func TestPageFollowsAPlayerThatSeeks(t *testing.T) {
	srv := startServer(t, "127.0.0.1:0")
	player, err := record.NewPlayer(capture(t), &record.PlayerOptions{Paused: true})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	played := make(chan error, 1)
	go func() { played <- player.Play(ctx, srv) }()
	defer func() {
		cancel()
		if err := <-played; !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}()
	left := make(chan error, 1)
	defer srv.OnDisconnect(func(_ *scenewire.Client, reason error) { offer(left, reason) })()

	p := openPage(t, url(srv))
	p.waitFor("the red box", isRed, many)
	seek := func(to time.Duration) {
		if err := player.Seek(to); err != nil {
			t.Fatal(err)
		}
	}
	seek(40 * time.Second)
	p.waitFor("the green box", isGreen, many)
	select {
	case reason := <-left:
		t.Errorf("the page was closed: %v", reason)
	default:
	}
	seek(10 * time.Second)
	reason := receive(t, "the page to be told to begin again", left)
	var closed *scenewire.CloseError
	if !errors.As(reason, &closed) || closed.Code != 1012 {
		t.Errorf("it went by %v", reason)
	}
	p.waitFor("no green box any more", isGreen, none)
	p.waitFor("the red box again", isRed, many)
}
