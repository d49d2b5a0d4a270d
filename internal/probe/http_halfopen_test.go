package probe

import (
	"testing"

	"github.com/scenewire/scenewire/internal/wstest"
)

// TestHalfOpenConnections holds 10,000 connections whose requests never end. Others come
// in as before, and each half-open one costs no more than 24 KiB.
func TestHalfOpenConnections(t *testing.T) {
	count := peersAllowed(t)
	s := attack(t, uint64(count)*24<<10+usualBudget, nil)
	made, stop := flood(t, s.addr, count)
	defer stop()
	t.Logf("%d half-open connections, %d descriptors", made, wstest.OpenDescriptors())
	if made < count {
		t.Errorf("%d connections were made instead of %d", made, count)
	}
	s.run(t, []exchange{
		{name: "a request among them", send: file + "\r\n", want: "200 (1000); usable"},
	})
	for range 20 {
		i := s.enter(t, wstest.Options{})
		must(t, i.Write(binary, message(2, "")))
		if got := i.story(); got != "note 2; close 1000; end" {
			t.Errorf("a client among them got %s", got)
		}
	}
}
