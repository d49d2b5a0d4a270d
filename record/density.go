package record

// density returns how many messages there are in each of so many equal parts of the time,
// as far as the index tells: those of a chunk are spread over its time.
func (f *File) density(parts int) []uint64 {
	now := f.shared.now.Load()
	d := density{
		start: now.info.Start.UnixNano(), counts: make([]float64, parts),
	}
	d.width = float64(now.info.End.UnixNano()-d.start) / float64(parts)
	if now.viser != nil {
		from := 0
		for _, s := range now.viser.steps {
			d.add(s.time, s.time, s.to-from)
			from = s.to
		}
	} else {
		for _, p := range now.pieces {
			d.add(p.start, p.end, p.messages)
		}
	}
	whole := make([]uint64, parts)
	for i, n := range d.counts {
		whole[i] = uint64(n + 0.5)
	}
	return whole
}

// density counts.
type density struct {
	start  int64 // in ns
	width  float64
	counts []float64
}

// add adds n messages between two times.
func (d *density) add(start, end int64, n int) {
	first, last := d.part(start), d.part(end)
	share := float64(n) / float64(last-first+1)
	for i := first; i <= last; i++ {
		d.counts[i] += share
	}
}

func (d *density) part(t int64) int {
	if d.width <= 0 {
		return 0
	}
	return min(max(int(float64(t-d.start)/d.width), 0), len(d.counts)-1)
}
