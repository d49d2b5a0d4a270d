package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far long work is, on a terminal, and nothing elsewhere.
type progress struct{ bar *progressbar.ProgressBar }

// progress shows work of that size; less than 0: nobody knows how much it is.
func (a *app) progress(what string, total int64) *progress {
	if !a.bars || a.quiet || a.json {
		return &progress{}
	}
	return &progress{progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(a.stderr),
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWidth(30),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetRenderBlankState(true),
		progressbar.OptionSetPredictTime(total > 0),
		progressbar.OptionSetElapsedTime(total > 0),
		progressbar.OptionUseANSICodes(true),
	)}
}

// set says how far it is.
func (p *progress) set(done int64) {
	if p.bar != nil {
		_ = p.bar.Set64(done)
	}
}

// describe says what is done, if somebody sees it.
func (p *progress) describe(what func() string) {
	if p.bar != nil {
		p.bar.Describe(what())
	}
}

// clear makes room for something else that is said.
func (p *progress) clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// end takes the bar away, before anything else is said.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Clear()
		_ = p.bar.Exit()
		p.bar = nil
	}
}

// progressParts is all, where a part of something is told.
const progressParts = 10_000
