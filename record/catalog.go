package record

import "github.com/scenewire/scenewire/internal/mcap"

// maxNames bounds how many wire names have a channel of their own. What comes beyond,
// of clients that make names up, shares the one of names that can't be told.
const maxNames = 4096

// The channels that every file has.
const (
	channelStep = iota
	channelKeyframe
	channelState
	channelGap
)

// The directions of messages, as indexes.
const (
	pushed = iota
	received
)

// catalog gives channels their ids while a file is written.
type catalog struct {
	list    []mcap.Channel
	known   channels // the same, as a reader sees them
	schemas []mcap.Schema
	names   [2]map[string]uint16 // wire name to channel, by direction
	named   map[string]uint16    // wire name to schema
	defs    []byte               // records of those that aren't in the file yet
}

func newCatalog() *catalog {
	c := &catalog{named: map[string]uint16{}}
	c.names[pushed], c.names[received] = map[string]uint16{}, map[string]uint16{}
	c.add(mcap.Channel{Topic: topicStep, Metadata: map[string]string{channelRole: roleNames[roleStep]}})
	c.add(mcap.Channel{Topic: topicKeyframe, Metadata: map[string]string{channelRole: roleNames[roleKeyframe]}})
	c.add(mcap.Channel{Topic: topicState, Metadata: map[string]string{channelRole: roleNames[roleState]}})
	c.add(mcap.Channel{Topic: topicGap, Metadata: map[string]string{channelRole: roleNames[roleGap]}})
	return c
}

// pushed returns the channel of pushed messages with a wire name, nil if it can't be
// told.
func (c *catalog) pushed(name []byte) uint16 {
	if id, ok := c.names[pushed][string(name)]; ok {
		return id
	}
	return c.name(pushed, string(name))
}

// received returns the channel of messages with a wire name that clients sent.
func (c *catalog) received(name string) uint16 {
	if id, ok := c.names[received][name]; ok {
		return id
	}
	return c.name(received, name)
}

// name makes a channel for a wire name, unless there are too many.
func (c *catalog) name(direction int, name string) uint16 {
	ids := c.names[direction]
	ch := mcap.Channel{Topic: name}
	if name == "" || len(ids) >= maxNames {
		if id, ok := ids[""]; ok {
			return id
		}
		name, ch.Topic = "", unnamed
	} else {
		ch.SchemaID = c.schema(name)
	}
	if direction == received {
		ch.Topic = topicInbound + ch.Topic
		ch.Metadata = map[string]string{channelRole: roleNames[roleReceive]}
	}
	ids[name] = c.add(ch)
	return ids[name]
}

// schema returns the schema that has a wire name. It tells the name and nothing else.
func (c *catalog) schema(name string) uint16 {
	if id, ok := c.named[name]; ok {
		return id
	}
	s := mcap.Schema{ID: uint16(len(c.schemas) + 1), Name: name}
	c.schemas = append(c.schemas, s)
	c.named[name] = s.ID
	c.defs = mcap.AppendSchema(c.defs, s)
	return s.ID
}

func (c *catalog) add(ch mcap.Channel) uint16 {
	ch.ID, ch.Encoding = uint16(len(c.list)), messageEncoding
	c.list = append(c.list, ch)
	c.known.learn(ch)
	c.defs = mcap.AppendChannel(c.defs, ch)
	return ch.ID
}
