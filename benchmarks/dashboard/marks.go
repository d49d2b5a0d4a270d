package dashboard

import (
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

const (
	maxMarkBytes = 500
	// markGoesOn is how soon something has to be seen again to be the same event.
	markGoesOn = 2500 * time.Millisecond
)

// marks is the timeline. What is sent stays in the pages' log.
type marks struct {
	send func(Mark) // immutable

	mu      sync.Mutex // held while a mark is sent, so that they are in order
	next    Count
	goingOn map[EventKind]*Mark
}

// add puts something on the timeline that happens once.
func (t *marks) add(now time.Time, n Note) {
	if n.Kind == "" {
		n.Kind = EventNote
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sendLocked(&Mark{Ms: unixMs(now), EndMs: unixMs(now), Kind: n.Kind, Text: cut(n.Text, maxMarkBytes), Count: n.Count})
}

// see puts something on the timeline that may go on: what was seen a moment ago becomes
// longer. text says it for a number.
func (t *marks) see(now time.Time, kind EventKind, n Count, text func(Count) string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if m := t.goingOn[kind]; m != nil && unixMs(now)-m.EndMs < ms(markGoesOn) {
		m.Count += n
		m.EndMs, m.Text = unixMs(now), text(m.Count)
		t.send(*m)
		return
	}
	m := &Mark{Ms: unixMs(now), EndMs: unixMs(now), Kind: kind, Text: text(n), Count: n}
	if t.goingOn == nil {
		t.goingOn = map[EventKind]*Mark{}
	}
	t.goingOn[kind] = m
	t.sendLocked(m)
}

func (t *marks) sendLocked(m *Mark) {
	m.N = t.next
	t.next++
	t.send(*m)
}

// cut cuts a text at a character's border.
func cut(s string, limit int) string {
	s = strings.ToValidUTF8(s, "�")
	if len(s) <= limit {
		return s
	}
	for limit > 0 && !utf8.RuneStart(s[limit]) {
		limit--
	}
	return s[:limit]
}
