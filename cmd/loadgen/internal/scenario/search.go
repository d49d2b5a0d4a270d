package scenario

import "context"

// Search returns the largest number in [from, to] for which holds says yes, to 5 %, or 0
// if it doesn't for from. It goes up by half until one isn't held or it is at the last,
// and then halves what is between. holds is taken to say yes below each number for which
// it does. An error of holds ends the search, and is returned with the best so far.
func Search(ctx context.Context, from, to int, holds func(ctx context.Context, n int) (bool, error)) (best int, err error) {
	missed := 0
	for n := from; missed == 0; n = min(n+max(n/2, 1), to) {
		ok, err := ask(ctx, n, holds)
		switch {
		case err != nil:
			return best, err
		case !ok:
			missed = n
		case n == to:
			return n, nil
		default:
			best = n
		}
	}
	for best > 0 && missed-best > max(best/20, 1) {
		n := (best + missed) / 2
		ok, err := ask(ctx, n, holds)
		if err != nil {
			return best, err
		}
		if ok {
			best = n
		} else {
			missed = n
		}
	}
	return best, nil
}

func ask(ctx context.Context, n int, holds func(context.Context, int) (bool, error)) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	return holds(ctx, n)
}
