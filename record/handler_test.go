package record

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/buffers"
)

func ask(h http.Handler, target string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, target, nil))
	return w
}

// askCut asks for a part and reads it.
func askCut(t *testing.T, h http.Handler, query string) *Recording {
	t.Helper()
	w := ask(h, "/recording/cut.viser?"+query)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d %s", query, w.Code, w.Body)
	}
	rec, err := Read(w.Body, nil)
	must(t, err)
	if rec.Generation != GenerationZstd {
		t.Errorf("it is of %v", rec.Generation)
	}
	return rec
}

func askInfo(t *testing.T, h http.Handler) (info recordingInfo) {
	t.Helper()
	w := ask(h, "/recording/info.json")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "application/json" {
		t.Fatalf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	must(t, json.Unmarshal(w.Body.Bytes(), &info))
	return info
}

// messagesOf is what a cut has of entries.
func messagesOf(at time.Time, entries []buffers.Entry) (ms []Message) {
	for _, e := range entries {
		ms = append(ms, Message{Time: at.Sub(day), Type: string(wireName(e.Payload)), Body: e.Payload})
	}
	return ms
}

// pushesOf is what clients are sent behind from, up to to.
func pushesOf(steps []Step, from, to time.Time) (ms []Message) {
	for _, s := range steps {
		if s.Kind == KindPush && s.Time.After(from) && !s.Time.After(to) {
			ms = append(ms, messagesOf(s.Time, s.Entries)...)
		}
	}
	return ms
}

func sameMessages(t *testing.T, got, want []Message) {
	t.Helper()
	if !slices.EqualFunc(got, want, func(a, b Message) bool { return reflect.DeepEqual(a, b) }) {
		t.Fatalf("%d messages, want %d\n%v\n%v", len(got), len(want), got, want)
	}
}

func TestCutIsTheStateAndWhatFollows(t *testing.T) {
	steps := capture(100)
	h := NewHandler(open(t, write(t, WriterOptions{ChunkBytes: 2000, ViserVersion: "1.0.21"}, steps...)), nil)
	length := steps[len(steps)-1].Time.Sub(day)
	for _, test := range []struct {
		query    string
		from, to time.Duration
		state    bool
	}{
		{"", 0, length, false},
		{"state=1", 0, length, true},
		{"from=2.5&to=4&state=1", 2500 * time.Millisecond, 4 * time.Second, true},
		{"from=2.5&to=4", 2500 * time.Millisecond, 4 * time.Second, false},
		{"from=2.45&to=2.55&state=0", 2450 * time.Millisecond, 2550 * time.Millisecond, false},
		{"from=3&to=3&state=1", 3 * time.Second, 3 * time.Second, true},
		{"from=3&to=1e9", 3 * time.Second, length, false},
		{fmt.Sprintf("from=%v&state=1", length.Seconds()), length, length, true},
	} {
		t.Run(test.query, func(t *testing.T) {
			got := askCut(t, h, test.query)
			want := pushesOf(steps, day.Add(test.from), day.Add(test.to))
			if test.state {
				from := day.Add(test.from)
				want = append(messagesOf(from, stateOf(t, steps, from).Entries), want...)
			}
			sameMessages(t, got.Messages, want)
			if got.Duration != test.to || got.ViserVersion != "1.0.21" {
				t.Errorf("complete up to %v, want %v; version %q", got.Duration, test.to, got.ViserVersion)
			}
		})
	}
}

func TestCutsThatAreBoundedGoOnWhereTheyEnd(t *testing.T) {
	steps := capture(100)
	h := NewHandler(open(t, write(t, WriterOptions{}, steps...)), &HandlerOptions{MaxCutBytes: 3000})
	length := steps[len(steps)-1].Time.Sub(day)
	var got []Message
	cuts := 0
	for at := time.Duration(0); at < length; cuts++ {
		part := askCut(t, h, fmt.Sprintf("from=%v", at.Seconds()))
		if part.Duration <= at {
			t.Fatalf("it doesn't get behind %v", at)
		}
		got, at = append(got, part.Messages...), part.Duration
	}
	sameMessages(t, got, pushesOf(steps, day, day.Add(length)))
	if cuts < 5 || cuts > 50 {
		t.Errorf("%d cuts", cuts)
	}
}

func TestCutShowsWhatAGapLedTo(t *testing.T) {
	gap := Step{Kind: KindGap, Time: day.Add(time.Second), Lost: Lost{Batches: 2, Entries: 3, Until: day.Add(3 * time.Second)}}
	keyframe := push(day.Add(3*time.Second), 9, "b", 9)
	keyframe.Kind, keyframe.Seq = KindKeyframe, 10
	steps := []Step{{Kind: KindKeyframe, Time: day}, push(day.Add(1), 0, "a", 1), gap, keyframe, push(day.Add(4*time.Second), 10, "a", 2)}
	h := NewHandler(open(t, write(t, WriterOptions{}, steps...)), nil)
	after := append(messagesOf(keyframe.Time, keyframe.Entries), messagesOf(steps[4].Time, steps[4].Entries)...)
	sameMessages(t, askCut(t, h, "from=0.5").Messages, after)
	sameMessages(t, askCut(t, h, "from=2&state=1").Messages, append(messagesOf(day.Add(2*time.Second), steps[1].Entries), after...))
	sameMessages(t, askCut(t, h, "from=3&state=1").Messages, after)
	want := []gapInfo{{From: 1, To: 3}}
	if info := askInfo(t, h); !slices.Equal(info.Gaps, want) {
		t.Errorf("gaps %v, want %v", info.Gaps, want)
	}
}

func TestInfoTellsWhatThereIs(t *testing.T) {
	steps := capture(50)
	path := filepath.Join(t.TempDir(), "a b.mcap")
	file := write(t, WriterOptions{Name: "test", ViserVersion: "1.0.21"}, steps...)
	must(t, os.WriteFile(path, file, 0o600))
	f, err := Open(path, nil)
	must(t, err)
	defer f.Close()
	info := askInfo(t, NewHandler(f, &HandlerOptions{Files: []string{path}}))
	density := uint64(0)
	for _, n := range info.Density {
		density += n
	}
	messages := uint64(len(pushesOf(steps, day.Add(-1), day.Add(time.Hour))))
	if len(info.Density) != densityParts || density < messages/2 || density > 4*messages {
		t.Errorf("density %v, of %d messages", info.Density, messages)
	}
	info.Density = nil
	want := recordingInfo{
		Start: day.UTC(), Duration: steps[len(steps)-1].Time.Sub(day).Seconds(), Gaps: []gapInfo{},
		Types: map[string]uint64{"Create": 50, "Move": 45, "Flash": 5, "Click": 5},
		Name:  "test", ViserVersion: "1.0.21", Bytes: int64(len(file)), Files: []string{"a b.mcap"},
	}
	if !reflect.DeepEqual(info, want) {
		t.Errorf("got  %+v\nwant %+v", info, want)
	}
}

// A page that reads the file divides nanoseconds, once.
func TestTimesAreRoundedOnce(t *testing.T) {
	const end = 4_999_306_029 * time.Nanosecond
	s := (&handler{}).span(&Info{Start: day, End: day.Add(end)})
	if want := 4.999306029; s.end != want || end.Seconds() == want {
		t.Errorf("it ends at %v, want %v and not %v", s.end, want, end.Seconds())
	}
}

func TestFilesAreDownloadedAsTheyAre(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.mcap")
	must(t, os.WriteFile(path, []byte("0123456789"), 0o600))
	h := NewHandler(open(t, write(t, WriterOptions{}, capture(1)...)), &HandlerOptions{Files: []string{path}})
	w := ask(h, "/x/a.mcap")
	if w.Code != http.StatusOK || w.Body.String() != "0123456789" || !strings.Contains(w.Header().Get("Content-Disposition"), `"a.mcap"`) {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	must(t, os.Remove(path))
	if w := ask(h, "/x/a.mcap"); w.Code != http.StatusNotFound {
		t.Errorf("a file that is gone: %d %s", w.Code, w.Body)
	}
}

func TestHandlerRefuses(t *testing.T) {
	steps := capture(10)
	h := NewHandler(open(t, write(t, WriterOptions{}, steps...)), nil)
	small := NewHandler(open(t, write(t, WriterOptions{}, steps...)), &HandlerOptions{MaxCutBytes: 100})
	for _, test := range []struct {
		h      http.Handler
		target string
		status int
		says   string
	}{
		{h, "/cut.viser?from=x", 400, `from is "x"`},
		{h, "/cut.viser?from=-1", 400, `from is "-1"`},
		{h, "/cut.viser?from=NaN", 400, `from is "NaN"`},
		{h, "/cut.viser?from=1e300", 400, `from is "1e300"`},
		{h, "/cut.viser?to=Inf", 400, `to is "Inf"`},
		{h, "/cut.viser?from=0.5&to=0.4", 400, "to is 0.4, before from, 0.5"},
		{h, "/cut.viser?state=yes", 400, `state is "yes"`},
		{h, "/cut.viser?from=100", 416, "the recording ends at"},
		{h, "/other", 404, "info.json"},
		{h, "/", 404, "info.json"},
		{h, "/../../etc/passwd", 404, "info.json"},
		{small, "/cut.viser?from=1&state=1", 413, "the state at 1 has more than 100 bytes"},
		{small, "/cut.viser", 413, "what happened at 0.1 has more than 100 bytes"},
	} {
		w := ask(test.h, test.target)
		if w.Code != test.status || !strings.Contains(w.Body.String(), test.says) {
			t.Errorf("%s: %d %s", test.target, w.Code, w.Body)
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", test.target, w.Header())
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/info.json", nil))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", w.Code, w.Header())
	}
}

func TestHandlerTellsOfDamage(t *testing.T) {
	file := write(t, WriterOptions{ChunkBytes: 2000}, capture(100)...)
	f := open(t, file)
	file[f.shared.files[0].index.Chunks[3].Offset+60] ^= 1
	h := NewHandler(f, nil)
	if w := ask(h, "/cut.viser"); w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), "at byte") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	if info := askInfo(t, h); info.Damage != "" {
		t.Errorf("it is whole, but for a chunk: %q", info.Damage)
	}
	if info := askInfo(t, NewHandler(open(t, unended(t, file)), nil)); !strings.Contains(info.Damage, "ends too early") {
		t.Errorf("damage %q", info.Damage)
	}
}

func TestHandlerMakesFewCutsAtATime(t *testing.T) {
	h := newHandler(&HandlerOptions{MaxCuts: 1, MaxCutTime: time.Millisecond})
	h.open = NewHandler(open(t, write(t, WriterOptions{}, capture(1)...)), nil).(*handler).open
	h.cuts <- struct{}{}
	if w := ask(h, "/cut.viser"); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") != "1" {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
	<-h.cuts
	askCut(t, h, "")
}

func TestHandlerServesViserFiles(t *testing.T) {
	rec := golden(GenerationZstd)
	h := NewHandler(open(t, file(t, rec)), nil)
	info := askInfo(t, h)
	if info.Duration != rec.Duration.Seconds() || info.ViserVersion != rec.ViserVersion || info.Live {
		t.Errorf("%+v", info)
	}
	got := askCut(t, h, "state=1")
	if len(got.Messages) != len(rec.Messages) || got.Duration != rec.Duration {
		t.Errorf("%d messages of %d, %v of %v", len(got.Messages), len(rec.Messages), got.Duration, rec.Duration)
	}
}

func TestHandlerFollowsAFileThatGrows(t *testing.T) {
	steps := capture(100)
	file := unended(t, write(t, WriterOptions{ChunkBytes: 2000}, steps...))
	g := &growing{}
	g.Write(file[:len(file)/2])
	f, err := OpenReader(g, g.Size(), nil)
	must(t, err)
	h := NewHandler(f, nil).(*handler)
	before := askInfo(t, h)
	g.Write(file[len(file)/2:])
	if !eventually(func() bool { return askInfo(t, h).Live }) {
		t.Fatal("it isn't seen to grow")
	}
	after := askInfo(t, h)
	if before.Duration <= 0 || after.Duration <= before.Duration {
		t.Errorf("%v, then %v", before.Duration, after.Duration)
	}
	if got := askCut(t, h, fmt.Sprintf("from=%v", before.Duration)); len(got.Messages) == 0 {
		t.Error("what has come can't be had")
	}
}

func TestLiveHandlerKeepsItsTime(t *testing.T) {
	steps := capture(100)
	whole := write(t, WriterOptions{}, steps...)
	rest := write(t, WriterOptions{}, append([]Step{stateOf(t, steps, steps[60].Time)}, steps[61:]...)...)
	file, closed := whole, 0
	h := NewLiveHandler(func() (*File, error) {
		f, err := OpenReader(bytes.NewReader(file), int64(len(file)), nil)
		f.shared.closers = append(f.shared.closers, closerFunc(func() error { closed++; return nil }))
		return f, err
	}, nil)
	if info := askInfo(t, h); !info.Live || info.From != 0 {
		t.Errorf("%+v", info)
	}
	file = rest // what was before is forgotten
	from := steps[60].Time.Sub(day)
	info := askInfo(t, h)
	if info.From != from.Seconds() || !info.Start.Equal(day) {
		t.Errorf("%+v", info)
	}
	want := append(messagesOf(steps[60].Time, stateOf(t, steps, steps[60].Time).Entries), pushesOf(steps[61:], day, day.Add(time.Hour))...)
	sameMessages(t, askCut(t, h, "state=1").Messages, want)
	sameMessages(t, askCut(t, h, "from=1&state=1").Messages, want)
	if got := askCut(t, h, "from=1&to=2"); got.Duration != from || len(got.Messages) != 0 {
		t.Errorf("%v, %d messages", got.Duration, len(got.Messages))
	}
	if closed != 5 {
		t.Errorf("%d of 5 were closed", closed)
	}
}

type closerFunc func() error

func (f closerFunc) Close() error { return f() }

func TestLiveHandlerServesACaptureThatGoesOn(t *testing.T) {
	log := buffers.NewLog(buffers.LogLimits{})
	c, err := NewCapture(log, CaptureOptions{})
	must(t, err)
	defer func() { must(t, c.Close()) }()
	h := NewLiveHandler(func() (*File, error) { return c.Open(nil) }, nil)
	happen := func(key string) {
		t.Helper()
		_, err := log.Push(buffers.Entry{Key: key, Payload: payload(key, 10), Except: buffers.NoReader})
		must(t, err)
		must(t, c.Flush())
	}
	happen("A")
	happen("B")
	before := askInfo(t, h)
	happen("A")
	happen("C")
	after := askInfo(t, h)
	if !before.Live || !after.Live || after.Duration <= before.Duration || after.Types["A"] != 2 {
		t.Errorf("%+v\n%+v", before, after)
	}
	types := func(query string) (list []string) {
		for _, m := range askCut(t, h, query).Messages {
			list = append(list, m.Type)
		}
		return list
	}
	seen := strconv.FormatFloat(before.Duration, 'g', -1, 64)
	for query, want := range map[string][]string{
		"from=" + seen:                               {"A", "C"},
		"state=1&from=" + seen:                       {"A", "B", "A", "C"},
		"state=1&to=0&from=0":                        nil,
		"state=1&from=" + fmt.Sprint(after.Duration): {"B", "A", "C"},
	} {
		if got := types(query); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}
