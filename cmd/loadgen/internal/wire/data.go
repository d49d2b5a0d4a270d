package wire

import (
	"math/rand/v2"

	"github.com/scenewire/scenewire/internal/bench/frames"
)

// randomBytes is how much randomness a Filler cuts its data from.
const randomBytes = 1 << 20

// text is what data has that compresses: zstd finds it again at once.
const text = "the quick brown fox jumps over the lazy dog, "

// Filler makes the data of messages. It belongs to one goroutine.
type Filler struct {
	random       *rand.Rand
	pool         []byte
	compressible float64
}

// NewFiller returns a Filler of data of which that share, from 0 to 1, compresses to next
// to nothing, and the rest not at all. Fillers with the same seed make the same data.
func NewFiller(compressible float64, seed uint64) *Filler {
	f := &Filler{random: rand.New(rand.NewPCG(seed, 1)), pool: make([]byte, randomBytes), compressible: compressible}
	source := rand.NewChaCha8([32]byte{byte(seed), byte(seed >> 8), byte(seed >> 16), byte(seed >> 24)})
	_, _ = source.Read(f.pool)
	return f
}

// Data returns size bytes, MinDataBytes at least, that begin with a stamp of due. They are
// the caller's.
func (f *Filler) Data(size int, due int64) []byte {
	b := make([]byte, max(size, MinDataBytes))
	f.Fill(b, due)
	return b
}

// Fill fills b, which has MinDataBytes at least, as Data does. Noise and text take turns,
// as zstd's fast levels look ever less closely at noise that goes on and on.
func (f *Filler) Fill(b []byte, due int64) {
	frames.PutStamp(b, due)
	const turn = 512
	for rest := b[MinDataBytes:]; len(rest) > 0; {
		part := rest[:min(turn, len(rest))]
		noise := int(float64(len(part)) * (1 - f.compressible))
		copy(part[:noise], f.pool[f.random.IntN(len(f.pool)-turn):])
		for n := noise; n < len(part); {
			n += copy(part[n:], text)
		}
		rest = rest[len(part):]
	}
}

// Overhead is about what an encoded Object has besides its data, in bytes: for data of
// 32 bytes to 64 KiB it is exact to 6.
const Overhead = 36

// DataBytes returns the size of the data with which an Object becomes a message of about
// that size.
func DataBytes(message int) int { return max(message-Overhead, MinDataBytes) }
