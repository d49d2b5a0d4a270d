package mcap

import (
	"maps"
	"slices"
)

// Header is the first record of a file.
type Header struct{ Profile, Library string }

// AppendHeader appends a header.
func AppendHeader(dst []byte, h Header) []byte {
	dst, at := begin(dst, OpHeader)
	return end(appendText(dst, h.Profile, h.Library), at)
}

// ParseHeader parses the content of a header.
func ParseHeader(content []byte) (h Header, err error) {
	f := fields{b: content}
	h.Profile, h.Library = f.text(), f.text()
	return h, f.err(OpHeader)
}

// Schema names a type of messages. Its ID isn't 0.
type Schema struct {
	ID             uint16
	Name, Encoding string
	Data           []byte
}

// AppendSchema appends a schema.
func AppendSchema(dst []byte, s Schema) []byte {
	dst, at := begin(dst, OpSchema)
	dst = appendText(appendUint16(dst, s.ID), s.Name, s.Encoding)
	dst = append(appendUint32(dst, uint32(len(s.Data))), s.Data...)
	return end(dst, at)
}

// ParseSchema parses the content of a schema.
func ParseSchema(content []byte) (s Schema, err error) {
	f := fields{b: content}
	s.ID, s.Name, s.Encoding, s.Data = f.uint16(), f.text(), f.text(), f.sized()
	return s, f.err(OpSchema)
}

// Channel is a stream of messages on a topic. SchemaID 0 is none.
type Channel struct {
	ID, SchemaID    uint16
	Topic, Encoding string // Encoding is that of the messages
	Metadata        map[string]string
}

// AppendChannel appends a channel.
func AppendChannel(dst []byte, c Channel) []byte {
	dst, at := begin(dst, OpChannel)
	dst = appendText(appendUint16(appendUint16(dst, c.ID), c.SchemaID), c.Topic, c.Encoding)
	return end(appendPairs(dst, c.Metadata), at)
}

// ParseChannel parses the content of a channel.
func ParseChannel(content []byte) (c Channel, err error) {
	f := fields{b: content}
	c.ID, c.SchemaID, c.Topic, c.Encoding = f.uint16(), f.uint16(), f.text(), f.text()
	c.Metadata = f.pairs()
	return c, f.err(OpChannel)
}

// Message is one message of a channel. Times are in nanoseconds.
type Message struct {
	Channel              uint16
	Sequence             uint32
	LogTime, PublishTime uint64
	Data                 []byte
}

// AppendMessage appends a message whose two times are the same.
func AppendMessage(dst []byte, channel uint16, sequence uint32, time uint64, data []byte) []byte {
	dst, at := BeginMessage(dst, channel, sequence, time)
	return EndMessage(append(dst, data...), at)
}

// BeginMessage appends a message without its data, which the caller appends next.
// EndMessage wants at.
func BeginMessage(dst []byte, channel uint16, sequence uint32, time uint64) (extended []byte, at int) {
	dst, at = begin(dst, OpMessage)
	return appendUint64(appendUint32(appendUint16(dst, channel), sequence), time, time), at
}

// EndMessage ends the message that was begun at, now that dst ends with its data.
func EndMessage(dst []byte, at int) []byte { return end(dst, at) }

// ParseMessage parses the content of a message.
func ParseMessage(content []byte) (m Message, err error) {
	f := fields{b: content}
	m.Channel, m.Sequence, m.LogTime, m.PublishTime = f.uint16(), f.uint32(), f.uint64(), f.uint64()
	m.Data = f.b
	return m, f.err(OpMessage)
}

// Metadata is a named map.
type Metadata struct {
	Name  string
	Pairs map[string]string
}

// AppendMetadata appends a metadata record.
func AppendMetadata(dst []byte, m Metadata) []byte {
	dst, at := begin(dst, OpMetadata)
	return end(appendPairs(appendText(dst, m.Name), m.Pairs), at)
}

// ParseMetadata parses the content of a metadata record.
func ParseMetadata(content []byte) (m Metadata, err error) {
	f := fields{b: content}
	m.Name, m.Pairs = f.text(), f.pairs()
	return m, f.err(OpMetadata)
}

// appendPairs appends a map of strings, in the order of its keys.
func appendPairs(dst []byte, pairs map[string]string) []byte {
	dst, at := appendUint32(dst, 0), len(dst)
	for _, key := range slices.Sorted(maps.Keys(pairs)) {
		dst = appendText(dst, key, pairs[key])
	}
	return endList(dst, at)
}

// endList puts the length of the list whose length field stands at into it.
func endList(dst []byte, at int) []byte {
	appendUint32(dst[:at], uint32(len(dst)-at-4))
	return dst
}

// pairs reads a map of strings. Of two pairs with one key the later counts.
func (f *fields) pairs() map[string]string {
	list := fields{b: f.sized(), bad: f.bad}
	pairs := map[string]string{}
	for len(list.b) > 0 && !list.bad {
		key := list.text()
		pairs[key] = list.text()
	}
	f.bad = f.bad || list.bad
	return pairs
}
