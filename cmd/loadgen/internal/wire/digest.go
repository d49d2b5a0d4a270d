package wire

import "github.com/cespare/xxhash/v2"

// Digest sums up a state: how many objects there are, and the newest message of each. The
// order in which they came doesn't matter, so a digest is kept up to date with each
// message, and those of all who have the same state are equal.
type Digest struct {
	Objects int    `json:"objects"`
	Sum     uint64 `json:"sum,string"` // modulo 2^64, of the messages' hashes
}

// Hash returns a message's part of the sum: xxHash of its bytes on the wire.
func Hash(body []byte) uint64 { return xxhash.Sum64(body) }

// Add adds a new object.
func (d *Digest) Add(hash uint64) {
	d.Objects++
	d.Sum += hash
}

// Replace puts an object's newer message in place of its older one.
func (d *Digest) Replace(older, newer uint64) { d.Sum += newer - older }
