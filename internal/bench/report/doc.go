// Package report turns what the benchmarks measured into what they print: medians
// and spreads, latency histograms, tables for people and JSON lines for programs.
package report
