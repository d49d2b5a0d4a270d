package record

import (
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
)

// children are what the test binary does instead of testing when the environment variable
// is set, with its value: a process that can be killed, or has too little of something.
var children = map[string]func(value string) error{}

func TestMain(m *testing.M) {
	for variable, run := range children {
		value := os.Getenv(variable)
		if value == "" {
			continue
		}
		if err := run(value); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	const spare = 4
	before := wstest.OpenDescriptors()
	os.Exit(wstest.CheckLeaks(m.Run(), before, spare, 2*time.Second))
}
