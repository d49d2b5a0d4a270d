package wsproto

// Generation is one of the forms that a window takes on the wire. Older clients
// and recordings need the older ones; see the package comment for the bytes.
type Generation uint8

// The generations, oldest first, with the versions of viser that speak them.
const (
	GenerationMap   Generation = iota // one bare map per message; up to 0.2.20, and client to server always
	GenerationArray                   // array of maps; 0.2.21 to 0.2.23
	GenerationPlain                   // {timestampSec, messages}; 1.0.0 to 1.0.16
	GenerationZstd                    // the same, compressed; from 1.0.17
)

var generationNames = [...]string{"map", "array", "plain", "zstd"}

// String returns "map", "array", "plain" or "zstd".
func (g Generation) String() string {
	if int(g) < len(generationNames) {
		return generationNames[g]
	}
	return "unknown"
}
