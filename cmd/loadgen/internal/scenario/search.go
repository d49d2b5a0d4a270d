package scenario

import "context"

// Search returns the largest number in [1, most] for which holds says yes, to 5 %, or 0 if
// it doesn't for 1. It begins with a guess, goes down by half until one is held, or up by
// half until one isn't, and then halves what is between. holds is taken to say yes below
// each number for which it does. An error of holds, or of ctx, ends the search, and is
// returned with the best so far.
func Search(ctx context.Context, guess, most int, holds func(ctx context.Context, n int) (bool, error)) (best int, err error) {
	missed := 0 // 0: none yet
	for n := min(max(guess, 1), most); ; {
		if err := ctx.Err(); err != nil {
			return best, err
		}
		ok, err := holds(ctx, n)
		if err != nil {
			return best, err
		}
		if ok {
			best = n
		} else {
			missed = n
		}
		if n = next(best, missed, most); n == 0 {
			return best, nil
		}
	}
}

// next is what to ask for behind what is held and what was missed; 0: nothing more.
func next(best, missed, most int) int {
	switch {
	case missed == 0 && best == most:
		return 0
	case missed == 0:
		return min(best+max(best/2, 1), most)
	case best == 0:
		return missed / 2
	case missed-best > max(best/20, 1):
		return (best + missed) / 2
	}
	return 0
}
