package wsproto

import (
	"reflect"
	"testing"
)

// headVector is a window with all that is beside its messages, of which there are two.
// What is absent is zero.
type headVector struct {
	Name         string       `json:"name"`
	Payload      hexBytes     `json:"payload"`
	TimestampSec float64      `json:"timestampSec"`
	Epoch        uint64       `json:"epoch,omitempty"`
	Seq          uint64       `json:"seq,omitempty"`
	Own          uint64       `json:"own,omitempty"`
	Reset        bool         `json:"reset,omitempty"`
	Resync       bool         `json:"resync,omitempty"`
	Pong         uint64       `json:"pong,omitempty"`
	Hello        *helloVector `json:"hello,omitempty"`
	Except       []uint64     `json:"except,omitempty"`
}

type helloVector struct {
	Client   uint64  `json:"client"`
	Session  string  `json:"session,omitempty"`
	GraceSec float64 `json:"graceSec"`
	Resumed  string  `json:"resumed"`
}

func (v *headVector) head() Head {
	return Head{
		TimestampSec: v.TimestampSec, Epoch: v.Epoch, Seq: v.Seq, Own: v.Own,
		Reset: v.Reset, Resync: v.Resync, Pong: v.Pong, Hello: (*Hello)(v.Hello), Except: v.Except,
	}
}

func TestHeadVectors(t *testing.T) {
	z := NewCompressor()
	var vectors []headVector
	for _, tt := range testHeads {
		h := tt.head
		v := headVector{
			Name: tt.name, TimestampSec: h.TimestampSec, Epoch: h.Epoch, Seq: h.Seq, Own: h.Own,
			Reset: h.Reset, Resync: h.Resync, Pong: h.Pong, Hello: (*helloVector)(h.Hello), Except: h.Except,
		}
		v.Payload = AppendSceneWindow(nil, testMessages()[:2], &h, z)
		got, err := DecodeWindow(GenerationZstd, v.Payload, WindowLimits{}, nil)
		if err != nil || !reflect.DeepEqual(got.Head, v.head()) || len(got.Messages) != 2 {
			t.Errorf("%s: %+v, %v", v.Name, got, err)
		}
		vectors = append(vectors, v)
	}
	compareVectors(t, "heads.json", vectors)
}
