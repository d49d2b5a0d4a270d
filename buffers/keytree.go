package buffers

import (
	"slices"
	"strings"
)

// keyTree is an ordered set of keys, for finding those that share a prefix: a
// treap, since that is the shortest balanced tree that also forgets.
//
// A buffer has one once the first prefix is superseded; before that, pushes pay
// nothing for it. The zero value is an empty set.
type keyTree struct {
	root   *keyNode
	random uint64 // state of the generator of priorities
}

// keyNode has keys below its own on the left, above on the right, and no
// higher priority under it.
type keyNode struct {
	key         string
	priority    uint32
	left, right *keyNode
}

// newKeyTree makes the set of these keys, which are unique. It sorts them in
// place.
func newKeyTree(keys []string) *keyTree {
	slices.Sort(keys)
	return &keyTree{root: buildKeyNode(keys)}
}

// buildKeyNode makes a balanced subtree. Its root gets the priority that is
// expected of the highest of so many, so that later keys find their level.
func buildKeyNode(sorted []string) *keyNode {
	n := len(sorted)
	if n == 0 {
		return nil
	}
	return &keyNode{
		key:      sorted[n/2],
		priority: ^uint32(0) - ^uint32(0)/uint32(n+1),
		left:     buildKeyNode(sorted[:n/2]),
		right:    buildKeyNode(sorted[n/2+1:]),
	}
}

// insert adds a key that is not in the set.
func (t *keyTree) insert(key string) {
	t.random = t.random*6364136223846793005 + 1442695040888963407
	n := &keyNode{key: key, priority: uint32(t.random >> 32)}
	at := &t.root
	for *at != nil && (*at).priority >= n.priority {
		at = (*at).towards(key)
	}
	n.left, n.right = splitKeys(*at, key)
	*at = n
}

// remove takes a key out of the set, if it is there.
func (t *keyTree) remove(key string) {
	at := &t.root
	for *at != nil && (*at).key != key {
		at = (*at).towards(key)
	}
	if *at != nil {
		*at = joinKeys((*at).left, (*at).right)
	}
}

// towards is the link under n that leads to key.
func (n *keyNode) towards(key string) **keyNode {
	if key < n.key {
		return &n.left
	}
	return &n.right
}

// splitKeys takes a subtree apart into keys below key and the rest.
func splitKeys(n *keyNode, key string) (below, rest *keyNode) {
	switch {
	case n == nil:
		return nil, nil
	case n.key < key:
		n.right, rest = splitKeys(n.right, key)
		return n, rest
	}
	below, n.left = splitKeys(n.left, key)
	return below, n
}

// joinKeys puts two subtrees together, all keys of a below those of b.
func joinKeys(a, b *keyNode) *keyNode {
	switch {
	case a == nil:
		return b
	case b == nil:
		return a
	case a.priority >= b.priority:
		a.right = joinKeys(a.right, b)
		return a
	}
	b.left = joinKeys(a, b.left)
	return b
}

// appendPrefixed appends the keys that begin with prefix, in order.
func (t *keyTree) appendPrefixed(dst []string, prefix string) []string {
	return t.root.appendPrefixed(dst, prefix)
}

func (n *keyNode) appendPrefixed(dst []string, prefix string) []string {
	if n == nil {
		return dst
	}
	if n.key >= prefix {
		dst = n.left.appendPrefixed(dst, prefix)
	}
	found := strings.HasPrefix(n.key, prefix)
	if found {
		dst = append(dst, n.key)
	}
	if found || n.key < prefix {
		dst = n.right.appendPrefixed(dst, prefix)
	}
	return dst
}
