//go:build race

package record

// raceDetector says that the tests run ten times as slowly.
const raceDetector = true
