package messages

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// Registry knows message types by their wire names, and encodes and decodes
// their values. Make one with NewRegistry.
//
// All methods are safe for concurrent use: encoding and decoding read one
// atomic pointer, registering is guarded.
type Registry struct {
	mu     sync.Mutex // held while a new table is made
	tables atomic.Pointer[tables]
}

// tables is what a registry knows; immutable after publication.
type tables struct {
	limits Limits
	byName map[string]*plan
	byType map[reflect.Type]*plan // both the struct and the pointer to it
}

// NewRegistry returns a registry without types and with the default limits.
func NewRegistry() *Registry {
	r := &Registry{}
	r.tables.Store(&tables{limits: Limits{}.withDefaults()})
	return r
}

// SetLimits sets what later calls of Decode take. It doesn't affect those that
// are running.
func (r *Registry) SetLimits(lim Limits) {
	r.mu.Lock()
	defer r.mu.Unlock()
	next := r.tables.Load().clone()
	next.limits = lim.withDefaults()
	r.tables.Store(next)
}

// Limits returns the limits in force, with the defaults filled in.
func (r *Registry) Limits() Limits { return r.tables.Load().limits }

// Register makes the types of the prototypes known, all of them or, if there is
// an error, none. The wire name of each is the name of its struct. Values of
// the prototypes don't matter; a prototype that is a pointer makes Decode
// return pointers.
//
// The error names the type and, where one is at fault, the field. A wire name
// or a type that is registered already is an error too, which names both types.
func (r *Registry) Register(prototypes ...Message) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	next := r.tables.Load().clone()
	var errs []error
	for _, m := range prototypes {
		errs = append(errs, next.add(structName(m), m))
	}
	return r.publishLocked(next, errors.Join(errs...))
}

// RegisterAs makes the type of the prototype known under a wire name of its
// own: 1 to 255 bytes of UTF-8. Errors are those of Register.
func (r *Registry) RegisterAs(name string, prototype Message) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	next := r.tables.Load().clone()
	return r.publishLocked(next, next.add(name, prototype))
}

// MustRegister is Register for a program's own types, whose mistakes it takes
// as the programmer's: it panics. It returns r.
func (r *Registry) MustRegister(prototypes ...Message) *Registry {
	if err := r.Register(prototypes...); err != nil {
		panic(err)
	}
	return r
}

// Name returns the wire name of m's type, if it is registered. The name of a
// Raw is its own.
func (r *Registry) Name(m Message) (string, bool) {
	if raw, ok := asRaw(m); ok {
		return raw.Name, true
	}
	p, ok := r.tables.Load().byType[reflect.TypeOf(m)]
	if !ok {
		return "", false
	}
	return p.name, true
}

// Names returns all wire names, sorted.
func (r *Registry) Names() []string {
	return slices.Sorted(maps.Keys(r.tables.Load().byName))
}

// Type returns the type that Decode returns for a wire name: a struct or a
// pointer to one, as it was registered.
func (r *Registry) Type(name string) (reflect.Type, bool) {
	p, ok := r.tables.Load().byName[name]
	if !ok {
		return nil, false
	}
	return p.goType, true
}

// publishLocked makes next what the registry knows, unless there is an error.
func (r *Registry) publishLocked(next *tables, err error) error {
	if err == nil {
		r.tables.Store(next)
	}
	return err
}

func (t *tables) clone() *tables {
	next := &tables{limits: t.limits, byName: map[string]*plan{}, byType: map[reflect.Type]*plan{}}
	maps.Copy(next.byName, t.byName)
	maps.Copy(next.byType, t.byType)
	return next
}

// add adds a type to tables that are not published yet.
func (t *tables) add(name string, prototype Message) error {
	goType := reflect.TypeOf(prototype)
	if err := t.check(name, goType); err != nil {
		return fmt.Errorf("messages: register %q: %w", name, err)
	}
	p, err := newPlan(name, goType)
	if err != nil {
		return fmt.Errorf("messages: register %q (%v): %w", name, goType, err)
	}
	t.byName[name] = p
	t.byType[goType] = p
	// The other of struct and pointer encodes alike, if it is a Message at
	// all, unless it is registered itself.
	other := counterpart(goType)
	if _, taken := t.byType[other]; !taken {
		t.byType[other] = p
	}
	return nil
}

// check refuses a name or type that can't be added.
func (t *tables) check(name string, goType reflect.Type) error {
	switch {
	case goType == nil:
		return errors.New("the prototype is nil")
	case goType == rawType || goType == reflect.PointerTo(rawType):
		return errors.New("a Raw needs no registration")
	case name == "" || len(name) > 255 || !utf8.ValidString(name):
		return fmt.Errorf("%v needs a wire name of 1 to 255 bytes of UTF-8", goType)
	}
	if p, ok := t.byName[name]; ok {
		return fmt.Errorf("the wire name of %v is already that of %v", goType, p.goType)
	}
	if p, ok := t.byType[goType]; ok && p.goType == goType {
		return fmt.Errorf("%v is already registered as %q", goType, p.name)
	}
	return nil
}

// counterpart returns the pointer to a struct, or the struct of a pointer.
func counterpart(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return reflect.PointerTo(t)
}

// structName returns the wire name that a prototype has by itself: none for
// types without a name and for instances of generic types, whose Go name spells
// out their arguments.
func structName(m Message) string {
	t := reflect.TypeOf(m)
	if t == nil {
		return ""
	}
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if strings.Contains(t.Name(), "[") {
		return ""
	}
	return t.Name()
}
