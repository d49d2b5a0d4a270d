// Package arch holds the tests of the module's shape: which package may import
// which, what the pure packages must keep away from, which modules may be
// required, and what each public package exports.
//
// The exported API of every public package is written down in
// testdata/api/<package>.txt. A change of API is a change of that file:
//
//	go test ./internal/arch -update
package arch
