package main

import (
	"context"
	"io"
	"math"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
)

func TestPageIsServed(t *testing.T) {
	p, err := newPlayground(scenewire.Options{Addr: "127.0.0.1:0", Logger: zap.NewNop()})
	if err != nil {
		t.Fatal(err)
	}
	addr, err := p.server.Listen()
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- p.server.ListenAndServe() }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := p.server.Shutdown(ctx); err != nil {
			t.Error("Shutdown:", err)
		}
		<-served
	})

	types := map[string]string{"/": "text/html", "/app.js": "text/javascript", "/style.css": "text/css", "/metrics": "text/plain"}
	for path, want := range types {
		response, err := http.Get(pageURL(addr) + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if closeErr := response.Body.Close(); err != nil || closeErr != nil {
			t.Fatal(err, closeErr)
		}
		got := response.Header.Get("Content-Type")
		if response.StatusCode != http.StatusOK || !strings.HasPrefix(got, want) || len(body) == 0 {
			t.Errorf("GET %s: %s, %s, %d bytes; want 200 and %s", path, response.Status, got, len(body), want)
		}
	}
}

func TestFirstStateIsComplete(t *testing.T) {
	p, err := newPlayground(scenewire.Options{Logger: zap.NewNop()})
	if err != nil {
		t.Fatal(err)
	}
	keys := p.server.Log().Keys()
	for _, b := range p.scene.bodies {
		if !slices.Contains(keys, SetBody{Name: b.name}.RedundancyKey()) || !slices.Contains(keys, poseKey(b.name)) {
			t.Errorf("%s is not in the log with its pose", b.name)
		}
	}
	if want := 2 * (firstBodies + 1); len(keys) != want {
		t.Errorf("%d keys in the log, want %d", len(keys), want)
	}
}

func TestBunnyIsWhole(t *testing.T) {
	bunny, err := bunnyMesh()
	if err != nil {
		t.Fatal(err)
	}
	if last := slices.Max(bunny.Indices); int(last) != len(bunny.Vertices)/3-1 {
		t.Errorf("the last vertex used is %d of %d", last, len(bunny.Vertices)/3)
	}
}

func TestBodyMovesOnFromWhereItIsLetGo(t *testing.T) {
	b := newBody(17)
	b.heldBy = 1
	b.place(Vector{2, 3, 4}, rotation(up, 1), 5)
	held := b.pose(9)
	if held != b.pose(5) {
		t.Error("a held body moves by itself")
	}
	b.letGo(9)
	if got := b.pose(9); distance(got, held) > 0.01 {
		t.Errorf("jumps from %v to %v when it is let go", held, got)
	}
	if got := b.pose(9.001); distance(got, held) > 0.01 {
		t.Errorf("jumps from %v to %v just after it is let go", held, got)
	}
	if got := b.pose(12); distance(got, held) < 0.1 {
		t.Error("doesn't move on")
	}
}

func TestDragTakesOnlyRealPoses(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	upright := Quaternion{1}
	tests := []struct {
		name string
		pose SetPose
		want bool
	}{
		{"a pose", SetPose{"body-0", Vector{1, 2, 3}, upright}, true},
		{"a rotation that is not of length 1", SetPose{"body-0", Vector{}, Quaternion{2, 2}}, true},
		{"far away", SetPose{"body-0", Vector{1e9, 1e9, -1e9}, upright}, true},
		{"the bunny", SetPose{bunnyName, Vector{}, upright}, true},
		{"no such body", SetPose{"nobody", Vector{}, upright}, false},
		{"no number", SetPose{"body-0", Vector{nan}, upright}, false},
		{"endless", SetPose{"body-0", Vector{0, inf, -inf}, upright}, false},
		{"no rotation", SetPose{"body-0", Vector{}, Quaternion{}}, false},
		{"rotation without number", SetPose{"body-0", Vector{}, Quaternion{nan}}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pose, ok := newScene().drag(test.pose, 1)
			if ok != test.want {
				t.Fatalf("taken: %v, want %v", ok, test.want)
			}
			if at := pose.Position; math.Hypot(at[0], at[2]) > reach+0.01 || at[1] > ceiling {
				t.Errorf("taken as %v, out of reach", at)
			}
		})
	}
}

func TestOnlyTheHolderLetsGo(t *testing.T) {
	s := newScene()
	for _, client := range []scenewire.ClientID{1, 2} {
		if _, ok := s.drag(SetPose{Name: "body-0", WXYZ: Quaternion{1}}, client); !ok {
			t.Fatal("not dragged")
		}
	}
	s.release("body-0", 1)
	s.releaseAll(1)
	if got := s.find("body-0").heldBy; got != 2 {
		t.Errorf("held by %d, want 2: the last who dragged it", got)
	}
	s.releaseAll(2)
	if got := s.find("body-0").heldBy; got != noOne {
		t.Errorf("held by %d after its holder let go", got)
	}
}

func TestAddedBodyTakesTheFreePlace(t *testing.T) {
	s := newScene()
	if s.remove(bunnyName) || !s.remove("body-3") || s.remove("body-3") {
		t.Error("remove: the bunny must stay, and a body goes once")
	}
	if got := s.add().name; got != "body-3" {
		t.Errorf("added %s, want body-3", got)
	}
	for s.add() != nil {
	}
	if got := len(s.bodies); got != maxBodies+1 {
		t.Errorf("%d bodies at most, want %d and the bunny", got, maxBodies)
	}
}

func TestNamesFitOnALabel(t *testing.T) {
	for name, want := range map[string]string{
		"  Ada ":                "Ada",
		"":                      "Someone",
		"\x00\u202e\n":          "Someone",
		"Grüße aus Köln":        "Grüße aus Köln",
		strings.Repeat("é", 99): strings.Repeat("é", maxNameRunes),
	} {
		if got := cleanName(name); got != want {
			t.Errorf("cleanName(%q) = %q, want %q", name, got, want)
		}
	}
}

func distance(a, b SetPose) float64 {
	var sum float64
	for i := range a.Position {
		sum += math.Abs(a.Position[i] - b.Position[i])
	}
	for i := range a.WXYZ {
		sum += math.Abs(a.WXYZ[i] - b.WXYZ[i])
	}
	return sum
}
