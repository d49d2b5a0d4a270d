package loop

import (
	"fmt"
	"os"
	"testing"
)

// Each poller is awaited by a descriptor whose number belongs to it, whatever numbers
// are free when the loop starts.
func TestManyPollersStartWhateverDescriptorsAreFree(t *testing.T) {
	testMode.onEpollOnly(t)
	for held := range 4 {
		t.Run(fmt.Sprintf("held=%d", held), func(t *testing.T) {
			for range held {
				f, err := os.Open(os.DevNull)
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = f.Close() }()
			}
			l, err := New(&Options{Pollers: 32, Shards: 64})
			if err != nil {
				t.Fatal(err)
			}
			if err := l.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
