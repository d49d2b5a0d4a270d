package chart

import (
	"bytes"
	"encoding/xml"
	"flag"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the figures in testdata")

func figures() map[string]*Figure {
	return map[string]*Figure{
		"bars": {
			Title: "Processor time for each delivery", Subtitle: "1000 clients, 1 KB; median of 5 rounds, and extremes",
			Description: "Bars: Scenewire 1.7 µs.", Note: "Made up.", Columns: 2,
			Panels: []Panel{
				{"60 Hz", Bars{Unit: "µs", Bars: []Bar{
					{Label: "c-epoll", Value: 1.51, Low: 1.4, High: 1.8},
					{Label: "Scenewire", Value: 1.7, Low: 1.66, High: 1.75, Strong: true},
					{Label: "gorilla/websocket <prepared>", Value: 6.2, Low: 6, High: 7.1},
					{Label: "none", Text: "can't"},
				}}},
				{"cut", Bars{Unit: "ms", Max: 4, Bars: []Bar{
					{Label: "c-epoll", Value: 0.2},
					{Label: "Scenewire", Value: 3, Strong: true},
					{Label: "viser", Value: 12_345, Low: 10_000, High: 20_000},
				}}},
			},
		},
		"lines": {
			Title: "Latency over clients", Description: "Lines that rise.", Columns: 2,
			Panels: []Panel{
				{"", Lines{X: Axis{Label: "clients", Log: true}, Y: Axis{Label: "ms", Log: true}, Series: []Series{
					{Name: "p50", Points: []Point{{X: 100, Y: 0.7}, {X: 1000, Y: 2}, {X: 19_000, Y: 30}}},
					{Name: "p99", Points: []Point{{X: 100, Y: 2, Low: 1.8, High: 2.5}, {X: 1000, Y: 5}, {X: 5000, Y: 0}, {X: 19_000, Y: 90}}},
				}}},
				{"", Lines{X: Axis{Label: "message size", Format: Bytes, Ticks: []float64{0, 512, 1024}}, Y: Axis{Label: "CPU µs"}, Tall: 220, Series: []Series{
					{Name: "measured", Dots: true, Points: []Point{{X: 0, Y: 3}, {X: 512, Y: 7}, {X: 1024, Y: 8}}},
				}}},
			},
		},
		"nothing": {Title: "No values", Panels: []Panel{{"", Bars{}}, {"", Lines{}}}},
	}
}

func TestFiguresAreAsDrawnBefore(t *testing.T) {
	for name, f := range figures() {
		got := f.SVG()
		path := filepath.Join("testdata", name+".svg")
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("%s isn't as in %s: look at it, and then -update", name, path)
		}
	}
}

func TestFiguresAreXML(t *testing.T) {
	type svg struct {
		Role  string `xml:"role,attr"`
		Title string `xml:"title"`
		Desc  string `xml:"desc"`
	}
	for name, f := range figures() {
		var got svg
		if err := xml.Unmarshal(f.SVG(), &got); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got.Role != "img" || got.Title != f.Title || got.Desc != f.Description {
			t.Errorf("%s: %+v", name, got)
		}
		if bytes.Contains(f.SVG(), []byte("NaN")) || bytes.Contains(f.SVG(), []byte("Inf")) {
			t.Errorf("%s has coordinates that are no numbers", name)
		}
	}
}

func TestScaleCoversItsValues(t *testing.T) {
	for _, c := range []struct {
		axis     Axis
		values   []float64
		min, max float64
		ticks    []float64
	}{
		{Axis{}, []float64{3, 97}, 0, 100, []float64{0, 20, 40, 60, 80, 100}},
		{Axis{}, []float64{0.3}, 0, 0.3, []float64{0, 0.1, 0.2, 0.3}},
		{Axis{Max: 50}, []float64{3}, 0, 50, []float64{0, 10, 20, 30, 40, 50}},
		{Axis{Log: true}, []float64{100, 19_000, 0, -1}, 100, 20_000, []float64{100, 1000, 10_000}},
		{Axis{Log: true}, []float64{10}, 10, 100, []float64{10, 20, 50, 100}},
		{Axis{Log: true}, []float64{0.3, 4}, 0.2, 5, []float64{0.2, 0.5, 1, 2, 5}},
		{Axis{Log: true}, []float64{0.1, 1e9}, 0.1, 1e9, []float64{0.1, 10, 1000, 1e5, 1e7, 1e9}},
		{Axis{Log: true}, nil, 1, 10, []float64{1, 2, 5, 10}},
		{Axis{Log: true, Ticks: []float64{64, 1024}}, []float64{100, 2048}, 64, 2048, []float64{64, 1024}},
		{Axis{}, []float64{math.NaN(), math.Inf(1), 2}, 0, 2, []float64{0, 0.5, 1, 1.5, 2}},
	} {
		s := scaleOf(c.axis, c.values, 0, 100)
		if !near(s.min, c.min) || !near(s.max, c.max) || !slices.EqualFunc(s.ticks(), c.ticks, near) {
			t.Errorf("%v %v: from %v to %v, ticks %v", c.axis, c.values, s.min, s.max, s.ticks())
		}
		if !near(s.at(s.min), 0) || !near(s.at(s.max), 100) {
			t.Errorf("%v: from %v to %v", c.values, s.at(s.min), s.at(s.max))
		}
	}
}

func near(a, b float64) bool { return math.Abs(a-b) <= 1e-9*math.Max(math.Abs(a), math.Abs(b)) }

func TestNumbersAreShort(t *testing.T) {
	for want, got := range map[string]string{
		"0": Short(0), "0.05": Short(0.05), "1.5": Short(1.5), "1.23": Short(1.234), "20": Short(20), "9999": Short(9999),
		"19k": Short(19_000), "12.3k": Short(12_345), "1.2M": Short(1.2e6), "100M": Short(1e8), "3G": Short(3e9), "-12.5": Short(-12.5),
		"64 B": Bytes(64), "1 KB": Bytes(1024), "16 MB": Bytes(16 << 20), "1.5 GB": Bytes(3 << 29),
	} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}
