package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/record"
)

// recorded returns what a playground answers below /recording/.
func recorded(t *testing.T) (*playground, http.Handler) {
	t.Helper()
	mux := http.NewServeMux()
	p, err := newPlayground(scenewire.Options{Logger: zap.NewNop()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.server.Close(); err != nil {
			t.Error(err)
		}
	})
	f, err := newFlight(p.server)
	if err != nil {
		t.Fatal(err)
	}
	f.mount(mux)
	return p, mux
}

func get(t *testing.T, from http.Handler, url string) (int, []byte) {
	t.Helper()
	w := httptest.NewRecorder()
	from.ServeHTTP(w, httptest.NewRequest(http.MethodGet, url, http.NoBody))
	return w.Code, w.Body.Bytes()
}

func TestTakesHaveTheSceneAndWhatHappens(t *testing.T) {
	p, handler := recorded(t)
	from := time.Now()
	for range 5 {
		if err := p.tick(); err != nil {
			t.Fatal(err)
		}
	}
	span := "?from=" + url.QueryEscape(from.Format(time.RFC3339Nano)) + "&to=" + url.QueryEscape(time.Now().Add(time.Second).Format(time.RFC3339Nano))

	status, file := get(t, handler, "/recording/take.viser"+span)
	rec, err := record.Read(bytes.NewReader(file), nil)
	if status != http.StatusOK || err != nil {
		t.Fatal(status, err)
	}
	count := map[string]int{}
	for _, m := range rec.Messages {
		count[m.Type]++
	}
	if count["SetBody"] != firstBodies || count["SetMesh"] != 1 || count["SetPose"] != 6*firstBodies+1 {
		t.Errorf("the .viser has %v", count)
	}

	status, file = get(t, handler, "/recording/take.mcap"+span)
	mcap, err := record.OpenReader(bytes.NewReader(file), int64(len(file)), nil)
	if status != http.StatusOK || err != nil {
		t.Fatal(status, err)
	}
	defer mcap.Close()
	steps := 0
	for ; ; steps++ {
		if _, err := mcap.Next(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if steps != 6 {
		t.Errorf("the .mcap has %d steps, want the scene and 5", steps)
	}
}

func TestTakesOfNoTimeAreRefused(t *testing.T) {
	_, handler := recorded(t)
	for _, query := range []string{"", "?from=yesterday&to=tomorrow", "?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z"} {
		if status, said := get(t, handler, "/recording/take.mcap"+query); status != http.StatusBadRequest || !strings.Contains(string(said), "span") {
			t.Errorf("%q: %d %s", query, status, said)
		}
	}
}
