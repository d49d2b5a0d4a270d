package buffers

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"

	"pgregory.net/rapid"
)

// source draws the choices of a random program: from rapid, or from the bytes
// of a fuzz input.
type source interface {
	// intn is in [0,n).
	intn(n int) int
	// more reports whether the program goes on.
	more() bool
}

// failer is the part of testing.T and rapid.T that a program needs.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

type rapidSource struct {
	t     *rapid.T
	steps int
}

// intn is even: rapid's own ranges prefer small numbers, and with them the
// first few kinds of step.
func (s *rapidSource) intn(n int) int {
	return rapid.Custom(func(t *rapid.T) int {
		v := 0
		for range bits.Len(uint(n-1)) + 2 {
			v *= 2
			if rapid.Bool().Draw(t, "bit") {
				v++
			}
		}
		return v % n
	}).Draw(s.t, "n")
}

func (s *rapidSource) more() bool {
	s.steps--
	return s.steps >= 0
}

// byteSource reads one choice per byte; choices are small.
type byteSource struct{ data []byte }

func (s *byteSource) intn(n int) int {
	if len(s.data) == 0 {
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return int(b) % n
}

func (s *byteSource) more() bool { return len(s.data) > 0 }

// scene draws the entries of a program. Its keys are few, so that culling is
// frequent, and form a tree: /a/c/p is below /a/c.
//
// Entries of one key claim alike, as the package asks for: whether a key
// follows the one above it, whether its creation supersedes what is below, and
// how its removal names what is below, is settled once per program.
type scene struct {
	src     source
	readers int
	serial  int
	rules   map[string]*sceneRule
}

type sceneRule struct {
	follows string
	create  *KeySet
	remove  *KeySet
}

var sceneKeys = []string{"/a", "/a/p", "/a/c", "/a/c/p", "/a/c/q", "/b", "/b/p", "/bb"}

func newScene(src source, readers int) *scene {
	s := &scene{src: src, readers: readers, rules: map[string]*sceneRule{}}
	for _, key := range sceneKeys {
		r := &sceneRule{remove: &KeySet{Prefix: key + "/"}}
		if above := key[:strings.LastIndex(key, "/")]; above != "" && src.intn(2) == 0 {
			r.follows = above
		}
		if src.intn(3) == 0 {
			r.remove = &KeySet{Keys: append(below(key), key)}
		}
		switch src.intn(4) {
		case 0:
			r.create = &KeySet{Keys: below(key)}
		case 1:
			r.create = r.remove
		}
		s.rules[key] = r
	}
	return s
}

func below(key string) (keys []string) {
	for _, k := range sceneKeys {
		if strings.HasPrefix(k, key+"/") {
			keys = append(keys, k)
		}
	}
	return keys
}

// entry is a creation, a removal, a transient entry, or one without a key. Its
// payload is unlike any other of the program.
func (s *scene) entry() Entry {
	e := Entry{Except: NoReader}
	if k := s.src.intn(len(sceneKeys) + 1); k > 0 {
		e.Key = sceneKeys[k-1]
	}
	rule := s.rules[e.Key]
	switch kind := s.src.intn(8); {
	case kind == 0:
		e.Transient = true
	case rule == nil:
	case kind < 3:
		e.Removal, e.Supersedes = true, rule.remove
	default:
		e.Supersedes = rule.create
	}
	switch {
	case rule != nil:
		e.Follows = rule.follows
	case s.src.intn(3) == 0:
		e.Follows = sceneKeys[s.src.intn(len(sceneKeys))]
	}
	if r := s.src.intn(6 * s.readers); r < s.readers-1 {
		e.Except = uint64(r)
	}
	s.serial++
	e.Payload = append(fmt.Appendf(nil, "%d", s.serial), strings.Repeat(".", s.src.intn(4))...)
	if s.src.intn(4) == 0 {
		e.Packed = make([]byte, s.src.intn(4))
	}
	return e
}

// batch is usually short, sometimes longer than any limit of the program.
func (s *scene) batch() []Entry {
	es := make([]Entry, 1+s.src.intn(1+s.src.intn(24)))
	for i := range es {
		es[i] = s.entry()
	}
	return es
}

// drawLimit is 0 for the default, negative for none, or small.
func drawLimit(src source, most int) int { return src.intn(most+2) - 1 }

// page is what one reader has made of its windows.
type page struct {
	held    map[string]*Entry // by key; without a key by payload
	pushed  map[string]Entry  // all entries of the program by payload
	applied []*Entry          // in the order they came
}

func newPage(pushed map[string]Entry) *page {
	return &page{held: map[string]*Entry{}, pushed: pushed}
}

// apply does what an entry says: a removal drops its key and all that follows
// it, and whatever an entry supersedes is dropped.
func (p *page) apply(e *Entry) {
	p.applied = append(p.applied, e)
	if e.Transient {
		return
	}
	if e.Removal {
		p.drop(e.Key)
	}
	set := p.pushed[string(e.Payload)].Supersedes
	for _, held := range slices.Collect(maps.Values(p.held)) {
		for _, key := range []string{held.Key, held.Follows} {
			if set.names(key) && key != e.Key {
				p.drop(key)
			}
		}
	}
	switch {
	case e.Removal:
	case e.Key == "":
		p.held[string(e.Payload)] = e
	default:
		p.held[e.Key] = e
	}
}

// drop deletes a key and what follows it.
func (p *page) drop(key string) {
	delete(p.held, key)
	for name, e := range maps.Clone(p.held) {
		if p.held[name] != nil && e.Follows == key {
			delete(p.held, name)
			if e.Key != "" {
				p.drop(e.Key)
			}
		}
	}
}
