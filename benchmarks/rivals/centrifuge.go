//go:build linux

package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/centrifugal/centrifuge"
	"github.com/centrifugal/protocol"

	"github.com/scenewire/scenewire/internal/bench/frames"
	"github.com/scenewire/scenewire/wsproto"
)

// centrifugeSubject has the form of the tutorial in the library's README, and speaks its
// client protocol (Protobuf): a client connects with a command and is subscribed to the
// channel by the server (ConnectReply.Subscriptions); a broadcast is a Publish; an echo is
// an RPC. Write buffers come from a pool, pings are off as for all, and each message has a
// frame of its own, so that they can be counted (MaxMessagesInFrame).
func centrifugeSubject() *subject {
	return &subject{
		name:         "centrifuge",
		about:        "centrifugal/centrifuge: channels and commands of its own protocol, in Protobuf",
		module:       "github.com/centrifugal/centrifuge",
		subprotocols: []string{"centrifuge-protobuf"},
		greet:        greetCentrifuge,
		newReader:    func() frames.Reader { return readReplies },
		request: func(payload []byte) []byte {
			return encodeCommand(&protocol.Command{Id: 2, Rpc: &protocol.RPCRequest{Data: payload, Method: "echo"}})
		},
		serve: newCentrifuge,
	}
}

const channel = "bench"

type centrifugeServer struct {
	*front
	node *centrifuge.Node
}

func newCentrifuge() (server, error) {
	node, err := centrifuge.New(centrifuge.Config{})
	if err != nil {
		return nil, err
	}
	node.OnConnecting(func(context.Context, centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
		return centrifuge.ConnectReply{
			Credentials:        &centrifuge.Credentials{},
			Subscriptions:      map[string]centrifuge.SubscribeOptions{channel: {}},
			MaxMessagesInFrame: 1,
			PingPongConfig:     &centrifuge.PingPongConfig{PingInterval: -1, PongTimeout: -1},
		}, nil
	})
	node.OnConnect(func(client *centrifuge.Client) {
		client.OnRPC(func(e centrifuge.RPCEvent, answer centrifuge.RPCCallback) {
			answer(centrifuge.RPCReply{Data: e.Data}, nil)
		})
	})
	if err := node.Run(); err != nil {
		return nil, err
	}
	handler := centrifuge.NewWebsocketHandler(node, centrifuge.WebsocketConfig{
		CheckOrigin:        func(*http.Request) bool { return true },
		UseWriteBufferPool: true,
	})
	s := &centrifugeServer{node: node}
	s.front, err = newFront(handler.ServeHTTP)
	return s, err
}

func (s *centrifugeServer) Clients() int { return s.node.Hub().NumSubscribers(channel) }

func (s *centrifugeServer) Broadcast(payload []byte) error {
	_, err := s.node.Publish(channel, payload)
	return err
}

// encodeCommand is a command as a frame's payload: its size, and its Protobuf.
func encodeCommand(c *protocol.Command) []byte {
	body, err := c.MarshalVT()
	if err != nil {
		panic(err) // a command of ours
	}
	return append(binary.AppendUvarint(nil, uint64(len(body))), body...)
}

// greetCentrifuge connects, as a client of the protocol does.
func greetCentrifuge(conn io.ReadWriter) error {
	connect := encodeCommand(&protocol.Command{Id: 1, Connect: &protocol.ConnectRequest{}})
	if _, err := conn.Write(wsproto.AppendMaskedFrame(nil, wsproto.OpBinary, true, connect, mask)); err != nil {
		return err
	}
	payload, err := readFrame(conn)
	if err != nil {
		return fmt.Errorf("the answer to connect: %w", err)
	}
	size, n := binary.Uvarint(payload)
	if n <= 0 || size != uint64(len(payload)-n) {
		return errors.New("the answer to connect isn't one reply")
	}
	var reply protocol.Reply
	if err := reply.UnmarshalVT(payload[n:]); err != nil {
		return err
	}
	if reply.Error != nil || reply.Connect == nil || reply.Connect.Subs[channel] == nil {
		return fmt.Errorf("the answer to connect is %v", &reply)
	}
	return nil
}

// readReplies counts the replies in a frame's payload.
func readReplies(payload []byte) (frames.Content, error) {
	var c frames.Content
	c.Stamp, c.Stamped = frames.FindStamp(payload)
	for len(payload) > 0 {
		size, n := binary.Uvarint(payload)
		if n <= 0 || size > uint64(len(payload)-n) {
			return c, errors.New("a frame that isn't whole replies")
		}
		payload = payload[n+int(size):]
		c.Messages++
	}
	return c, nil
}

// readFrame reads one unmasked frame, and returns its payload.
func readFrame(r io.Reader) ([]byte, error) {
	var scanner frames.Scanner
	var frame, next []byte = nil, make([]byte, 1)
	for {
		if _, err := io.ReadFull(r, next); err != nil {
			return nil, err
		}
		frame = append(frame, next...)
		_, done, err := scanner.Next(next)
		if err != nil {
			return nil, err
		}
		if done {
			return frame[frames.HeaderBytes(scanner.Size):], nil
		}
	}
}
