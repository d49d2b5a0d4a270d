package buffers

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "rewrite the expected output of the stories")

// TestStories runs the scripts in testdata. A script is blocks of
//
//	command arguments
//	further lines of input
//	----
//	expected output
//
// with an empty line behind each and comments (#) between them. testdata/README.md
// lists the commands.
func TestStories(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no stories: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			runStory(t, path)
		})
	}
}

func runStory(t *testing.T, path string) {
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := &story{log: NewLog(LogLimits{}), queue: new(Queue), pacer: new(Pacer), cursors: map[string]*storyReader{}}
	var out bytes.Buffer
	for block := range strings.SplitSeq(strings.TrimRight(string(text), "\n"), "\n\n") {
		got := runBlock(s, block)
		if !*update && got != block {
			t.Errorf("story goes\n%s\nbut ran\n%s", indent(block), indent(got))
		}
		if out.Len() > 0 {
			out.WriteString("\n")
		}
		out.WriteString(got + "\n")
	}
	if *update {
		if err := os.WriteFile(path, out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// runBlock is the block with the output that its command really has.
func runBlock(s *story, block string) string {
	input, _, _ := strings.Cut(block, "\n----")
	comments, command := "", input
	for strings.HasPrefix(command, "#") {
		line, rest, _ := strings.Cut(command, "\n")
		comments, command = comments+line+"\n", rest
	}
	if command == "" {
		return block
	}
	return comments + command + "\n----\n" + strings.TrimRight(s.run(command), "\n")
}

func indent(s string) string { return "\t" + strings.ReplaceAll(s, "\n", "\n\t") }

// story is what a script talks to.
type story struct {
	log     *Log
	queue   *Queue
	pacer   *Pacer
	now     time.Duration
	cursors map[string]*storyReader
}

type storyReader struct {
	id     uint64
	cursor Cursor
}

// args are the words behind a command: plain ones, name=number and name=text.
type args struct {
	words  []string
	values map[string]int
	texts  map[string]string
}

func parseArgs(fields []string) args {
	a := args{values: map[string]int{}, texts: map[string]string{}}
	for _, f := range fields {
		name, value, ok := strings.Cut(f, "=")
		n, err := strconv.Atoi(value)
		switch {
		case !ok:
			a.words = append(a.words, f)
		case err == nil:
			a.values[name] = n
		default:
			a.texts[name] = value
		}
	}
	return a
}

// entry is "KEY PAYLOAD" and what README.md lists behind it, with - for the
// empty key.
func (a args) entry() Entry {
	e := Entry{Key: a.words[0], Except: NoReader, Follows: a.texts["follows"]}
	if e.Key == "-" {
		e.Key = ""
	}
	if len(a.words) > 1 {
		e.Payload = []byte(a.words[1])
	}
	if r, ok := a.values["except"]; ok {
		e.Except = uint64(r)
	}
	if keys, prefix := a.texts["supersedes"], a.texts["prefix"]; keys != "" || prefix != "" {
		e.Supersedes = &KeySet{Prefix: prefix}
		if keys != "" {
			e.Supersedes.Keys = strings.Split(keys, ",")
		}
	}
	e.Removal = slices.Contains(a.words[1:], "removal")
	e.Transient = slices.Contains(a.words[1:], "transient")
	return e
}

func (s *story) run(command string) string {
	head, body, _ := strings.Cut(command, "\n")
	fields := strings.Fields(head)
	a := parseArgs(fields[1:])
	var batch []Entry
	for line := range strings.Lines(body) {
		batch = append(batch, parseArgs(strings.Fields(line)).entry())
	}
	switch name := fields[0]; {
	case strings.HasPrefix(name, "queue"):
		return s.runQueue(name, a, batch)
	case strings.HasPrefix(name, "pacer"):
		return s.runPacer(name, a)
	default:
		return s.runLog(name, a, batch)
	}
}

func (s *story) runLog(name string, a args, batch []Entry) string {
	switch name {
	case "log":
		s.log = NewLog(LogLimits{
			MaxEntries: a.values["entries"], MaxBytes: int64(a.values["bytes"]),
			MaxTransientEntries: a.values["transients"],
		})
		return "ok"
	case "push":
		return pushed(s.log.PushBatch([]Entry{a.entry()}))
	case "batch":
		return pushed(s.log.PushBatch(batch))
	case "remove":
		n := s.log.Remove(func(e *Entry) bool { return strings.HasPrefix(e.Key, a.words[0]) })
		return fmt.Sprintf("%d removed", n)
	case "keys":
		return strings.Join(s.log.Keys(), " ")
	case "state":
		live, next := s.log.Snapshot()
		return fmt.Sprintf("%d entries, %d bytes, next %d\n", s.log.Len(), s.log.Bytes(), next) + listing(live)
	case "join":
		return s.join(a)
	case "tick":
		return s.tick()
	case "expire":
		return s.expire(a)
	case "read":
		return s.read(s.cursors[a.words[0]], a)
	}
	return "unknown command"
}

func pushed(first, last uint64, err error) string {
	switch {
	case errors.Is(err, ErrFull):
		return "full"
	case errors.Is(err, ErrTransient):
		return "refused"
	case first == last:
		return fmt.Sprint(first)
	}
	return fmt.Sprintf("%d to %d", first, last)
}

// join adds a reader that has nothing, or one that resumes.
func (s *story) join(a args) string {
	r := &storyReader{id: uint64(a.values["id"]), cursor: JoinAt(s.log.Next())}
	answer := "ok"
	if at, ok := a.values["at"]; ok {
		r.cursor = ResumeAt(uint64(at), 0)
		if uint64(at) < s.log.OldestToken() {
			answer = fmt.Sprintf("too old, the oldest token is %d", s.log.OldestToken())
		}
	}
	s.cursors[a.words[0]] = r
	return answer
}

// expire tells the log the time and what all readers have passed.
func (s *story) expire(a args) string {
	passed := s.log.Next()
	for _, r := range s.cursors {
		passed = min(passed, r.cursor.Seq())
	}
	s.log.Expire(time.Duration(a.values["s"])*time.Second, passed)
	transients, _ := s.log.Transients()
	return fmt.Sprintf("all have passed %d: %d removals and %d transient entries are kept",
		passed, s.log.Removals(), transients)
}

// tick begins a tick for all readers.
func (s *story) tick() string {
	for _, r := range s.cursors {
		r.cursor.Tick(s.log.Next())
	}
	return fmt.Sprintf("cut at %d", s.log.Next())
}

// read takes one window and applies it.
func (s *story) read(r *storyReader, a args) string {
	req := r.cursor.Request(r.id)
	req.MaxEntries, req.MaxBytes = a.values["entries"], a.values["bytes"]
	w := s.log.Window(nil, req)
	r.cursor.Advance(w)
	var b strings.Builder
	fmt.Fprintf(&b, "[%d,%d)", w.From, w.To)
	if !r.cursor.Live() {
		fmt.Fprintf(&b, " catching up, lag %d", r.cursor.Lag(s.log.Next()))
	}
	if w.Excluded != nil {
		fmt.Fprintf(&b, " excludes %d", w.Excluded)
	}
	if w.Lost > 0 {
		fmt.Fprintf(&b, " lost %d", w.Lost)
	}
	if w.Reset {
		b.WriteString(" reset")
	}
	return b.String() + "\n" + listing(w.Entries)
}

func listing(es []*Entry) string {
	var b strings.Builder
	for _, e := range es {
		key := e.Key
		if key == "" {
			key = "-"
		}
		fmt.Fprintf(&b, "%d %s %s\n", e.Seq, key, e.Payload)
	}
	return b.String()
}

func (s *story) runQueue(name string, a args, batch []Entry) string {
	var err error
	switch name {
	case "queue":
		s.queue = new(Queue)
		s.queue.Init(QueueLimits{MaxEntries: a.values["entries"], MaxBytes: int64(a.values["bytes"])})
		return "ok"
	case "queue-push":
		err = s.queue.Push(a.entry())
	case "queue-batch":
		err = s.queue.PushBatch(batch)
	case "queue-pop":
		return listing(s.queue.Pop(nil, a.values["entries"], a.values["bytes"])) + s.queueState()
	case "queue-remove":
		n := s.queue.Remove(func(e *Entry) bool { return strings.HasPrefix(e.Key, a.words[0]) })
		return fmt.Sprintf("%d removed", n)
	case "queue-clear":
		s.queue.Clear()
	default:
		return "unknown command"
	}
	if err != nil {
		return "full"
	}
	return s.queueState()
}

func (s *story) queueState() string {
	return fmt.Sprintf("%d waiting, %d bytes", s.queue.Len(), s.queue.Bytes())
}

func (s *story) runPacer(name string, a args) string {
	if ms, ok := a.values["ms"]; ok {
		s.now = time.Duration(ms) * time.Millisecond
	}
	switch name {
	case "pacer":
		s.pacer.Init(time.Duration(a.values["interval"]) * time.Millisecond)
	case "pacer-sent":
		s.pacer.Sent(s.now)
	case "pacer-flush":
		s.pacer.Flush()
	case "pacer-wait":
	default:
		return "unknown command"
	}
	return fmt.Sprintf("at %v wait %v", s.now, s.pacer.Wait(s.now))
}
