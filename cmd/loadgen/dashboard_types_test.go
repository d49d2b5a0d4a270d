package main

import (
	"testing"

	"github.com/scenewire/scenewire/benchmarks/dashboard"
	"github.com/scenewire/scenewire/tsgen"
)

// It is here because packages that others import stay without tsgen, in tests too.
func TestPageOfTheDashboardHasTheTypesOfWhatIsSent(t *testing.T) {
	bindings, err := tsgen.Load("../../benchmarks/dashboard", ".")
	if err != nil {
		t.Fatal(err)
	}
	if err := bindings.Check(dashboard.Registry()); err != nil {
		t.Error(err)
	}
}
