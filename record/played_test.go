package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/msgpscan"
)

// played is what there is to see of a recording. The tests of the browser's player read
// testdata/played.mcap themselves, and compare.
type played struct {
	Info    json.RawMessage `json:"info"`    // info.json
	Batches []playedBatch   `json:"batches"` // that were pushed
	States  []playedBatch   `json:"states"`  // at some times
}

// playedBatch is messages that were pushed together, or are live, by their numbers.
type playedBatch struct {
	At       float64  `json:"at"` // seconds from the start
	Messages []uint64 `json:"messages"`
}

// numbered is a message with a number.
func numbered(name string, n uint64) []byte {
	b := msgpscan.AppendString(msgpscan.AppendString(msgpscan.AppendMapHeader(nil, 3), "type"), name)
	b = msgpscan.AppendUint(msgpscan.AppendString(b, "n"), n)
	return msgpscan.AppendString(msgpscan.AppendString(b, "text"), strings.Repeat("long ", int(n%9)))
}

func numberOf(t *testing.T, message []byte) uint64 {
	t.Helper()
	_, rest, _ := bytes.Cut(message, []byte("\xa1n"))
	n, _, err := msgpscan.ReadUint64(rest)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// scene draws steps of a scene of nodes that hang below each other.
type scene struct {
	r     *rand.Rand
	at    time.Time
	state *State
	n     uint64
	steps []Step
}

func (s *scene) node() string {
	return fmt.Sprintf("/%c/%c", 'a'+s.r.IntN(4), 'a'+s.r.IntN(5))
}

func (s *scene) entry() buffers.Entry {
	s.n++
	key := s.node()
	e := buffers.Entry{Except: buffers.NoReader}
	name := "SetPose"
	switch draw := s.r.IntN(100); {
	case draw < 20: // a node goes, with all below it
		name, e.Key, e.Removal = "Remove", key[:2], true
		e.Supersedes = &buffers.KeySet{Prefix: key[:2] + "/"}
	case draw < 30:
		name, e.Transient = "Flash", true
	case draw < 40:
		name = "Log"
	case draw < 55: // something new in its place
		name, e.Key, e.Supersedes = "Add", key, &buffers.KeySet{Keys: []string{"look" + key[:2], "pose" + key}}
	case draw < 65:
		name, e.Key = "Add", key[:2]
	case draw < 75:
		name, e.Key, e.Follows = "Look", "look"+key[:2], key[:2]
	default:
		e.Key, e.Follows = "pose"+key, key
	}
	e.Payload = numbered(name, s.n)
	return e
}

func (s *scene) add(step Step) {
	s.at = s.at.Add(time.Duration(1 + s.r.IntN(200_000_000)))
	step.Time = s.at
	if err := s.state.Apply(step); err != nil {
		panic(err) // the scene is wrong
	}
	s.steps = append(s.steps, step)
}

// draw draws the next step.
func (s *scene) draw() {
	seq := s.state.Keyframe(s.at).Seq
	switch draw := s.r.IntN(100); {
	case draw < 3:
		s.add(Step{Kind: KindConnect, Client: 4, Address: "127.0.0.1:5000"})
	case draw < 6:
		s.add(Step{Kind: KindReceive, Client: 4, Message: Message{Type: "Thing", Body: payload("Thing", 5)}})
	case draw < 12:
		live := s.state.Keyframe(s.at).Entries
		if len(live) > 0 {
			s.add(Step{Kind: KindRemove, Removed: []uint64{live[s.r.IntN(len(live))].Seq, seq + 1000}})
		}
	default:
		step := Step{Kind: KindPush, Seq: seq + uint64(s.r.IntN(2))}
		for i := range 1 + s.r.IntN(5) {
			e := s.entry()
			e.Seq = step.Seq + uint64(i)
			step.Entries = append(step.Entries, e)
		}
		s.add(step)
	}
}

// lose lets something happen that isn't recorded.
func (s *scene) lose() {
	before := len(s.steps)
	s.add(Step{Kind: KindGap, Lost: Lost{Batches: 30, Entries: 90, Bytes: 1000}})
	for range 30 {
		s.draw()
	}
	s.steps = s.steps[:before+1]
	s.steps[before].Lost.Until = s.at
	s.add(s.state.Keyframe(s.at))
}

// TestPlayedIsTheGoldenOne reads a file of a few chunks, with keyframes, gaps and all that
// entries can claim, and compares with what is kept of it.
func TestPlayedIsTheGoldenOne(t *testing.T) {
	const path = "testdata/played.mcap"
	if *update {
		s := scene{r: rand.New(rand.NewPCG(1, 7)), at: day, state: NewState()}
		s.add(s.state.Keyframe(s.at))
		for i := range 200 {
			s.draw()
			switch i {
			case 40, 90, 160:
				s.add(s.state.Keyframe(s.at))
			case 130:
				s.lose()
			}
		}
		file := write(t, WriterOptions{Name: "played", ViserVersion: "1.0.24", Start: day}, s.steps...)
		if err := os.WriteFile(path, file, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got := playedOf(t, path)
	if *update {
		text, err := json.Marshal(got)
		if err == nil {
			err = os.WriteFile("testdata/played.json", append(text, '\n'), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile("testdata/played.json")
	if err != nil {
		t.Fatal(err)
	}
	var want played
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%d batches and %d states are read, other ones than %d and %d", len(got.Batches), len(got.States), len(want.Batches), len(want.States))
	}
}

// playedOf reads a file.
func playedOf(t *testing.T, path string) (p played) {
	t.Helper()
	f, err := Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	info := f.Info()
	batch := func(at time.Time, entries []buffers.Entry) playedBatch {
		b := playedBatch{At: float64(at.Sub(info.Start)) / 1e9, Messages: []uint64{}}
		for i := range entries {
			b.Messages = append(b.Messages, numberOf(t, entries[i].Payload))
		}
		return b
	}
	for {
		step, err := f.Next()
		if err != nil {
			break
		}
		if step.Kind == KindPush {
			p.Batches = append(p.Batches, batch(step.Time, step.Entries))
		}
	}
	for at := info.Start; !at.After(info.End); at = at.Add(170 * time.Millisecond) {
		state, err := f.State(at)
		if err != nil {
			t.Fatal(err)
		}
		p.States = append(p.States, batch(at, state.Entries))
	}
	answer := httptest.NewRecorder()
	NewHandler(f, nil).ServeHTTP(answer, httptest.NewRequest("GET", "/info.json", nil))
	p.Info = bytes.TrimSpace(answer.Body.Bytes())
	return p
}
