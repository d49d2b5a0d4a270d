package commandline

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// Progress shows how far long work is, on a terminal, and nothing elsewhere.
type Progress struct{ bar *progressbar.ProgressBar }

// Progress shows work of that size; less than 0: nobody knows how much it is.
func (a *App) Progress(what string, total int64) *Progress {
	if !a.Bars || a.Quiet || a.JSON {
		return &Progress{}
	}
	return &Progress{progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(a.Stderr),
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

// Set says how far it is.
func (p *Progress) Set(done int64) {
	if p.bar != nil {
		_ = p.bar.Set64(done)
	}
}

// Grow says that it is more, or less, than was thought.
func (p *Progress) Grow(total int64) {
	if p.bar != nil && p.bar.GetMax64() != total {
		p.bar.ChangeMax64(total)
	}
}

// Describe says what is done, if somebody sees it.
func (p *Progress) Describe(what func() string) {
	if p.bar != nil {
		p.bar.Describe(what())
	}
}

// Clear makes room for something else that is said.
func (p *Progress) Clear() {
	if p.bar != nil {
		_ = p.bar.Clear()
	}
}

// End takes the bar away, before anything else is said.
func (p *Progress) End() {
	if p.bar != nil {
		_ = p.bar.Clear()
		_ = p.bar.Exit()
		p.bar = nil
	}
}

// ProgressParts is all, where a part of something is told.
const ProgressParts = 10_000
