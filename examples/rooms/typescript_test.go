package main

import (
	"testing"

	"github.com/scenewire/scenewire/tsgen"
)

func TestPagesHaveTheTypesOfWhatIsSent(t *testing.T) {
	bindings, err := tsgen.Load(".", ".")
	if err != nil {
		t.Fatal(err)
	}
	if err := bindings.Check(registry); err != nil {
		t.Error(err)
	}
}
