package messages

// Message is one typed application value that travels between server and
// clients. Its dynamic type is a struct, or a pointer to a struct, that is
// known to a Registry; or it is Raw.
type Message interface {
	// RedundancyKey returns the key under which a newer message supersedes
	// this one wherever it is buffered, or "" if nothing ever supersedes it.
	// It is called once for each message, by the goroutine that sends it, and
	// plays no part in encoding.
	RedundancyKey() string
}
