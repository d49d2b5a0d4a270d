// Package chart draws the charts of benchmarks/README.md as SVG: bars with their extremes,
// lines over linear or logarithmic axes, and small multiples of both.
//
// The same figure gives the same bytes. Colours follow the reader's preference, light or
// dark, on a ground of the figure's own, so that it reads on any page. A figure says in
// words what it shows, to those who don't see it.
package chart
