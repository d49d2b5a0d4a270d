package scenewire

import (
	"fmt"
	"maps"
	"reflect"
	"sync"
	"sync/atomic"

	"github.com/scenewire/scenewire/messages"
)

// Message is a typed application value, see [messages.Message].
type Message = messages.Message

// Target is what messages are handled on: a [*Server], for the messages of all its
// clients, or a [*Client], for those of one.
type Target interface {
	handlerTable() *handlerTable
	registry() *messages.Registry
}

// Handle has fn called for every message of type T that arrives at on. The server's
// handlers run before the client's own, each in order of registration, all for one
// client one at a time and in order of arrival. stop takes the handler out again and
// may be called several times.
//
// T is a registered type, exactly as it was registered (value or pointer); anything
// else is a programmer's mistake and panics.
func Handle[T Message](on Target, fn func(c *Client, m T)) (stop func()) {
	var zero T
	if _, ok := on.registry().Name(zero); !ok {
		panic(fmt.Sprintf("scenewire: Handle for %v, which is not in Options.Registry", reflect.TypeFor[T]()))
	}
	return on.handlerTable().add(reflect.TypeFor[T](), func(c *Client, m Message) { fn(c, m.(T)) })
}

// Unhandle takes all handlers of type T out of on. It is an error if there was never
// one.
func Unhandle[T Message](on Target) error {
	return on.handlerTable().removeAll(reflect.TypeFor[T]())
}

type handlerFunc = func(*Client, Message)

// handlerTable finds handlers by the exact type of a message. The zero value is an
// empty table and costs two words. Readers take the map as it is; changes copy it.
type handlerTable struct {
	mu     sync.Mutex // serialises changes
	byType atomic.Pointer[map[reflect.Type]*callbacks[handlerFunc]]
}

func (t *handlerTable) add(typ reflect.Type, f handlerFunc) (stop func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	old := t.load()
	list := old[typ]
	if list == nil {
		list = &callbacks[handlerFunc]{}
		changed := maps.Clone(old)
		if changed == nil {
			changed = map[reflect.Type]*callbacks[handlerFunc]{}
		}
		changed[typ] = list
		t.byType.Store(&changed)
	}
	return list.add(f)
}

func (t *handlerTable) removeAll(typ reflect.Type) error {
	list := t.load()[typ]
	if list == nil {
		return fmt.Errorf("scenewire: Unhandle for %v, which was never handled here", typ)
	}
	list.change(func([]*callback[handlerFunc]) []*callback[handlerFunc] { return nil })
	return nil
}

func (t *handlerTable) load() map[reflect.Type]*callbacks[handlerFunc] {
	if p := t.byType.Load(); p != nil {
		return *p
	}
	return nil
}

// handlers returns the handlers of a message's type, in order of registration.
func (t *handlerTable) handlers(m Message) []*callback[handlerFunc] {
	if list := t.load()[reflect.TypeOf(m)]; list != nil {
		return list.all()
	}
	return nil
}
