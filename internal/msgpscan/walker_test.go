package msgpscan

import (
	"errors"
	"testing"
)

func TestWalkerCountsOverValues(t *testing.T) {
	in := []byte{0x82, 0xa1, 'a', 0x92, 1, 2, 0xa1, 'b', 0x91, 3} // {a: [1, 2], b: [3]}
	for _, tt := range []struct {
		name string
		lim  Limits
		err  error
	}{
		{"within the limits", Limits{MaxDepth: 2, MaxElements: 7}, nil},
		{"one element too many", Limits{MaxDepth: 2, MaxElements: 6}, ErrElements},
		{"too many pairs", Limits{MaxDepth: 2, MaxElements: 3}, ErrElements},
		{"one level too many", Limits{MaxDepth: 1}, ErrDepth},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if n, err := walkMap(in, tt.lim); !errors.Is(err, tt.err) || err == nil && n != len(in) {
				t.Errorf("walked %d bytes, %v; want %v", n, err, tt.err)
			}
			if _, err := Size(in, tt.lim); !errors.Is(err, tt.err) {
				t.Errorf("Size: %v, want %v", err, tt.err)
			}
		})
	}
}

// walkMap steps over each key and value of a map.
func walkMap(in []byte, lim Limits) (int, error) {
	w := NewWalker(lim)
	pairs, pos, err := w.EnterMap(in)
	for i := 0; err == nil && i < 2*pairs; i++ {
		var n int
		n, err = w.Skip(in[pos:])
		pos += n
	}
	return pos, err
}

func TestWalkerEntersOnlyMaps(t *testing.T) {
	w := NewWalker(Limits{})
	if _, _, err := w.EnterMap([]byte{0x90}); !errors.Is(err, ErrKind) {
		t.Errorf("array: %v", err)
	}
}
