package record

import "time"

// minTail is how much has to come behind a keyframe before there is another one.
const minTail = 1 << 20

// keyframePolicy says when a keyframe is due: an interval after the last one, when what
// came since then takes as much as the live state does. So keyframes at most double a
// file, and a seek reads one and a tail that is bounded by it, or by what came within an
// interval.
type keyframePolicy struct {
	interval time.Duration // negative: never
	last     time.Time     // zero: there is none, and none is due
	tail     int64         // bytes since then
}

// wrote notes a keyframe.
func (p *keyframePolicy) wrote(at time.Time) { p.last, p.tail = at, 0 }

// lose notes that the state isn't known any more, up to the next keyframe.
func (p *keyframePolicy) lose() { p.last = time.Time{} }

// passed notes that a step of so many bytes was written.
func (p *keyframePolicy) passed(bytes int64) { p.tail += bytes }

// due says whether one is due now, when the live state takes so many bytes.
func (p *keyframePolicy) due(now time.Time, state int64) bool {
	return p.interval >= 0 && !p.last.IsZero() &&
		now.Sub(p.last) >= p.interval && p.tail >= max(minTail, state)
}
