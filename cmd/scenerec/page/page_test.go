package page

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/record"
)

// answers is a recording as a server answers for it: all messages up to a time are the
// state there.
type answers struct {
	rec     record.Recording
	from    time.Duration
	longest time.Duration // of one cut; 0: any; negative: none
	asked   int
	status  int // instead of an answer to cut.viser
}

func (a *answers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/info.json" {
		fmt.Fprintf(w, `{"duration":%v,"from":%v,"live":true,"name":"</script><b>a & b","more":[1]}`,
			a.rec.Duration.Seconds(), a.from.Seconds())
		return
	}
	a.asked++
	if a.status != 0 {
		http.Error(w, "not today", a.status)
		return
	}
	from, to := asDuration(r.FormValue("from")), asDuration(r.FormValue("to"))
	if a.longest != 0 {
		to = min(to, from+max(a.longest, 0))
	}
	part := record.Recording{Header: record.Header{Generation: record.GenerationZstd, Duration: to}}
	for _, m := range a.rec.Messages {
		if m.Time <= from {
			m.Time = from
		}
		if m.Time <= to {
			part.Messages = append(part.Messages, m)
		}
	}
	_, _ = part.WriteTo(w)
}

func asDuration(text string) time.Duration {
	s, _ := strconv.ParseFloat(text, 64)
	return time.Duration(math.Round(s * 1e9))
}

// counting has a message each tenth of a second, and two at the beginning.
func counting(seconds int) record.Recording {
	rec := record.Recording{Header: record.Header{Duration: time.Duration(seconds) * time.Second}}
	add := func(at time.Duration, n int) {
		body := append([]byte{0x82, 0xa1, 'n', 0xcd, byte(n >> 8), byte(n)}, "\xa4type\xa5Count"...)
		rec.Messages = append(rec.Messages, record.Message{Time: at, Type: "Count", Body: body})
	}
	add(0, 1000)
	for i := range seconds * 10 {
		add(time.Duration(i)*time.Second/10, i)
	}
	return rec
}

var piecePattern = regexp.MustCompile(`<script type="text/plain" class="piece" data-from="([^"]*)" data-to="([^"]*)">([^<]*)</script>`)

// messagesIn returns what the pieces of a page have between them, and checks that each
// begins where the one before ends, with the state there.
func messagesIn(t *testing.T, page string) []record.Message {
	t.Helper()
	var all []record.Message
	last := ""
	for i, piece := range piecePattern.FindAllStringSubmatch(page, -1) {
		file, err := base64.StdEncoding.DecodeString(piece[3])
		if err != nil {
			t.Fatal(err)
		}
		rec, err := record.Read(bytes.NewReader(file), nil)
		if err != nil {
			t.Fatal(err)
		}
		from := asDuration(piece[1])
		behind := slices.IndexFunc(rec.Messages, func(m record.Message) bool { return m.Time > from })
		if behind < 0 {
			behind = len(rec.Messages)
		}
		if i == 0 {
			behind = 0
		} else if piece[1] != last || behind != len(all) {
			t.Errorf("a piece from %s has %d messages of state; the one before ended at %s, with %d", piece[1], behind, last, len(all))
		}
		last = piece[2]
		all = append(all, rec.Messages[behind:]...)
	}
	return all
}

func exported(t *testing.T, from http.Handler, o Options) string {
	t.Helper()
	var page strings.Builder
	if err := Export(t.Context(), &page, from, o); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

func TestExportHasEveryMessageOnce(t *testing.T) {
	for _, longest := range []time.Duration{0, 700 * time.Millisecond, 5 * time.Second} {
		a := &answers{rec: counting(20), longest: longest}
		got := messagesIn(t, exported(t, a, Options{}))
		if len(got) != len(a.rec.Messages) {
			t.Fatalf("%d messages, want %d", len(got), len(a.rec.Messages))
		}
		for i, m := range got {
			if want := a.rec.Messages[i]; m.Time != want.Time || !bytes.Equal(m.Body, want.Body) {
				t.Fatalf("message %d is %v %q, want %v %q", i, m.Time, m.Body, want.Time, want.Body)
			}
		}
	}
}

func TestExportTakesThePartThatIsAskedFor(t *testing.T) {
	var seen []time.Duration
	page := exported(t, &answers{rec: counting(20)}, Options{
		From: 5 * time.Second, To: 15 * time.Second,
		Progress: func(done, total time.Duration) {
			if total != 10*time.Second {
				t.Errorf("%v in all", total)
			}
			seen = append(seen, done)
		},
	})
	got := messagesIn(t, page)
	if first, last := got[0].Time, got[len(got)-1].Time; first != 5*time.Second || last != 15*time.Second {
		t.Errorf("from %v to %v", first, last)
	}
	if len(seen) == 0 || !slices.IsSorted(seen) || seen[len(seen)-1] != 10*time.Second {
		t.Errorf("progress: %v", seen)
	}
}

func TestExportKnowsWhatItHas(t *testing.T) {
	a := &answers{rec: counting(20), from: 4 * time.Second}
	page := exported(t, a, Options{})
	text := regexp.MustCompile(`<script type="application/json" id="recording-info">([^<]*)</script>`).FindStringSubmatch(page)
	if text == nil {
		t.Fatal("no info")
	}
	var got struct {
		Duration, From float64
		Live           bool
		Name           string
		More           []int
		Density        []int
	}
	if err := json.Unmarshal([]byte(text[1]), &got); err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, n := range got.Density {
		total += n
	}
	if got.Duration != 20 || got.From != 4 || got.Live || len(got.More) != 1 || total != 159 {
		t.Errorf("%+v, %d messages by time; want 159", got, total)
	}
	if strings.Contains(page, "</script><b>") || !strings.Contains(page, "<title>&lt;/script&gt;&lt;b&gt;a &amp; b</title>") {
		t.Error("the name is not escaped")
	}
	if page := exported(t, a, Options{Name: "mine"}); !strings.Contains(page, "<title>mine</title>") {
		t.Error("the name that was given isn't taken")
	}
}

// The browser tests show that it works under this policy; this one says whom to blame.
func TestExportNeedsNoNetwork(t *testing.T) {
	page := exported(t, &answers{rec: counting(1)}, Options{})
	for _, name := range []string{"app.js", "style.css"} {
		file, err := os.ReadFile(filepath.Join("dist", name))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(page, ">"+string(file)+"</") || !strings.Contains(page, "'"+hash(string(file))+"'") {
			t.Errorf("%s is not in the page, or not in its policy", name)
		}
		if bytes.Contains(file, []byte("</")) && name == "style.css" || bytes.Contains(file, []byte("</script")) {
			t.Errorf("%s ends its own element", name)
		}
	}
	for _, outside := range []string{`src="`, `href="style`, "'self'"} {
		if head, _, _ := strings.Cut(page, "<style>"); strings.Contains(head, outside) {
			t.Errorf("the page has %s", outside)
		}
	}
}

type brokenWriter struct{ left int }

var errFull = errors.New("the disk is full")

func (b *brokenWriter) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestExportSaysWhatWentWrong(t *testing.T) {
	good := func() http.Handler { return &answers{rec: counting(20)} }
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	static := func(info, cut string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/info.json" {
				_, _ = io.WriteString(w, info)
				return
			}
			_, _ = io.WriteString(w, cut)
		})
	}
	for name, test := range map[string]struct {
		ctx  context.Context
		w    io.Writer
		from http.Handler
		o    Options
		want string
	}{
		"the handler has nothing": {from: http.NotFoundHandler(), want: "info.json: 404"},
		"info that is none":       {from: static("hello", ""), want: "info.json"},
		"info without a duration": {from: static("{}", ""), want: "no duration"},
		"a cut fails":             {from: &answers{rec: counting(2), status: 503}, want: "503 not today"},
		"a cut that is no file":   {from: static(`{"duration":1}`, "hello"), want: "the cut from 0 s"},
		"cuts that never end":     {from: &answers{rec: counting(2), longest: -1}, want: "ends there"},
		"no such part":            {from: good(), o: Options{From: time.Minute}, want: "nothing is between"},
		"canceled":                {from: good(), ctx: canceled, want: "context canceled"},
		"the disk is full":        {from: good(), w: &brokenWriter{left: 100}, want: "the disk is full"},
		"the disk becomes full":   {from: good(), w: &brokenWriter{left: 20_000}, want: "the disk is full"},
	} {
		t.Run(name, func(t *testing.T) {
			if test.ctx == nil {
				test.ctx = t.Context()
			}
			if test.w == nil {
				test.w = io.Discard
			}
			err := Export(test.ctx, test.w, test.from, test.o)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, want %q", err, test.want)
			}
		})
	}
}

func TestFSHasThePage(t *testing.T) {
	for _, name := range []string{"index.html", "app.js", "style.css", "LICENSES.txt"} {
		if f, err := FS().Open(name); err != nil {
			t.Error(err)
		} else if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}
