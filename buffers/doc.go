// Package buffers holds what a scene has to say until every reader has heard it.
//
// It is the pure core of delivery: entries in, windows out. There is no
// goroutine, no clock, no socket and no log in it; time is passed in, and an
// entry's payload is opaque bytes.
//
// # Nouns
//
//   - An [Entry] is one encoded message with its sequence, its redundancy key
//     and the reader that must not get it.
//   - A [Log] is the persistent broadcast buffer. It conflates: pushing a key
//     again culls the entry that had the key, and the new one stands at the end.
//   - A [Window] is the run of entries that one reader gets as one WebSocket
//     message. A [Cursor] is that reader's position in one log.
//   - An [Observer] is told all that is pushed to a log or removed from it, and
//     can keep a log of its own that is the same.
//   - A [Queue] is one client's private buffer. It conflates by the same rules
//     and forgets what is popped.
//   - A [Pacer] says when the next window may leave.
//   - A [Frame] is the finished bytes of one window, counted by reference and
//     shared by all clients that get the same window; a [FramePool] recycles
//     the memory, a [FrameCache] finds or builds the frame of a window.
//
// # Sequences and cursors
//
// Sequences begin at 0, rise by one with each push and are never reused. A
// cursor c has applied everything below c, so a new reader begins at 0 and a
// resumed one where it left off: both ask for what is live from c on.
//
//	sequence   0   1   2   3   4   5   6   7
//	key        a   b   a   -   b   c   d   -        - is the empty key
//	live               x   x   x   x   x   x        0 and 1 are culled
//	batch                      [---------]
//	                   ^                       ^
//	                   Window.From             Window.To, never inside [4,6]
//
// The cost of a read is the entries it returns plus the logarithm of the live
// ones. Memory follows the live entries. Neither depends on how many entries
// were ever pushed.
//
// # Claims
//
// An entry may claim more than its key. It supersedes further keys, or follows
// one, or removes the thing that has its key, or is transient; see [Entry].
//
//	sequence   0     1     2     3     4
//	push       /a    /a/p  -/a   /a    /a/p      -/a removes /a, supersedes /a/…
//	live                         x     x
//	kept                   x                     for the cursors 1 and 2
//
// A removal is not carried to the new creation of its thing: there it would
// come behind what was pushed in between, such as a child that was created
// before its parent, and a page would drop that.
//
// Which of them a reader gets depends on its cursor and on when it joined, and
// still all live readers share their windows: by the time they are live, they
// have joined before anything that they read. A joiner asks for the window of
// [WindowRequest.Shared] and looks with [WindowRequest.MayShare] whether it is
// one of those that the window is right for.
//
// # Promises
//
// Order: the windows of one reader show rising sequences, each at most once.
//
// Convergence: once producers rest, a reader that takes windows until its
// cursor stands at [Log.Next], and does what they say, has the live state and
// nothing else, whatever it began with, however slowly it read and whatever
// limits it used. [Log.Remove] and exclusion leave it with more, as they say.
//
// Following: no reader gets an entry before the live entry that it follows.
// Transient entries are exempt.
//
// Generations: a reader that has seen a thing gets its removal before its next
// creation. A reader that joined behind the removal does not get it.
//
// Exclusion: no window for a reader holds an entry that excludes it.
//
// Batches: a window for a live reader ends before or behind a batch, never
// inside, unless the batch alone exceeds the window's bytes.
//
// Less formally: a slow reader skips what nobody needs any more and still ends
// up in the same state as everyone else.
package buffers
