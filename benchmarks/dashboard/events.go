package dashboard

import (
	"fmt"
	"time"
)

const (
	// manyAtOnce is how many connects or closes in a second make an event.
	manyAtOnce = 10
	// manyStalls is how many stalls of sockets in a second do.
	manyStalls = 10
	// longBehind is how long the slowest client has to be behind to be one.
	longBehind = time.Second
)

// tellEvents puts on the timeline what has happened in the last second.
func (w *watch) tellEvents(now reading) {
	before, after := &w.second.stats, &now.stats
	tell := func(kind EventKind, n, least uint64, text string) {
		if n >= least {
			w.d.marks.see(now.at, kind, Count(n), func(n Count) string { return fmt.Sprintf(text, n) })
		}
	}
	tell(EventConnects, after.ClientsTotal-before.ClientsTotal, manyAtOnce, "%d clients came.")
	tell(EventCloses, sum(after.Closed)-sum(before.Closed), manyAtOnce, "%d connections ended.")
	tell(EventRefused, sum(after.Refused)-sum(before.Refused), 1, "%d handshakes were refused.")
	tell(EventStall, after.WriteStalls-before.WriteStalls, manyStalls, "Sockets took no more %d times.")
	tell(EventLost, after.TransientsLost-before.TransientsLost, 1, "%d transient broadcasts were dropped before clients got them.")
	tell(EventPanic, after.Panics-before.Panics, 1, "%d callbacks panicked.")
	if after.MaxLag.Since >= longBehind {
		w.d.marks.see(now.at, EventLag, 0, func(Count) string {
			return fmt.Sprintf("The slowest client has been behind for %.1f s, by %d sequences.", after.MaxLag.Since.Seconds(), after.MaxLag.Sequences)
		})
	}
}
