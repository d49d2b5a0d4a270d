package messages

// The interfaces here are optional: a message implements those that fit it.
// Each is asked once, by the goroutine that sends the message, and plays no part
// in encoding. The answer may depend on the message's fields but has to be alike
// for all messages with one redundancy key, except that a removal differs from
// what creates the thing.

// Superseder is a message that makes further ones out of date, besides the one
// that had its redundancy key.
type Superseder interface {
	// Supersedes returns the redundancy keys, and a prefix of them, whose
	// messages need not be delivered any more once this one is sent. Either may
	// be empty. A message never supersedes itself.
	//
	// Whoever applies this message is expected to drop what it has of them, since
	// it gets no other word of it: removing a node removes its pose, its
	// properties and its children. keys is kept, so it must not change.
	Supersedes() (keys []string, prefix string)
}

// Follower is a message that only makes sense after another one, as a pose does
// after the creation of its node.
type Follower interface {
	// Follows returns the redundancy key of that message, or "" for none. When a
	// message with that key is sent again, this one is delivered again behind it;
	// when it is removed or superseded, this one goes too. If sending it again
	// shall reset what followed instead, it is a Superseder.
	Follows() string
}

// Remover is a message that removes the thing that has its redundancy key, the
// one that created it having the same key.
type Remover interface {
	// Removes reports whether this message does that. A removal reaches the
	// clients that may have seen the thing, also when it is created again at
	// once, and no client that comes later.
	Removes() bool
}
