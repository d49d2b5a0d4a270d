package messages_test

import (
	"errors"
	"fmt"

	"github.com/scenewire/scenewire/messages"
)

// Pose moves a node of the scene. A newer pose of the node supersedes it.
type Pose struct {
	Name     string     `msgpack:"name"`
	Position [3]float64 `msgpack:"position"` // metres
	Color    [3]uint8   `msgpack:"color"`
	Near     float32    `msgpack:"near" wire:"required"`
	Note     *string    `msgpack:"note,omitempty"`
}

func (p Pose) RedundancyKey() string { return "pose " + p.Name }

func Example() {
	registry := messages.NewRegistry().MustRegister(Pose{})

	data, err := registry.Append(nil, Pose{Name: "/box", Position: [3]float64{1, 2, 3}, Near: 0.5})
	if err != nil {
		fmt.Println(err)
		return
	}
	message, err := registry.Decode(data)
	if err != nil {
		fmt.Println(err)
		return
	}
	switch m := message.(type) {
	case Pose:
		fmt.Println(m.Name, m.Position, m.Near)
	}
	// Output: /box [1 2 3] 0.5
}

// Pointer prototypes make Decode return pointers.
func ExampleRegistry_RegisterAs() {
	registry := messages.NewRegistry()
	if err := registry.RegisterAs("SetPoseMessage", &Pose{}); err != nil {
		fmt.Println(err)
		return
	}
	name, _ := registry.Name(&Pose{})
	typ, _ := registry.Type(name)
	fmt.Println(name, typ)
	fmt.Println(registry.Register(Pose{}, Pose{}))
	// Output:
	// SetPoseMessage *messages_test.Pose
	// messages: register "Pose": the wire name of messages_test.Pose is already that of messages_test.Pose
}

func ExampleRegistry_Decode_errors() {
	registry := messages.NewRegistry().MustRegister(Pose{})

	// {"near": "far", "type": "Pose"}
	_, err := registry.Decode([]byte("\x82\xa4near\xa3far\xa4type\xa4Pose"))
	var field *messages.FieldError
	fmt.Println(err, errors.As(err, &field))

	// {"type": "Pose"}
	_, err = registry.Decode([]byte("\x81\xa4type\xa4Pose"))
	fmt.Println(err, errors.Is(err, messages.ErrMissing))

	// {"type": "Nope"}
	_, err = registry.Decode([]byte("\x81\xa4type\xa4Nope"))
	var unknown *messages.UnknownTypeError
	fmt.Println(err, errors.As(err, &unknown))

	// an array that declares 2^32-1 elements
	_, err = registry.Decode([]byte("\x81\xa4near\xdd\xff\xff\xff\xff"))
	fmt.Println(err, errors.Is(err, messages.ErrMalformed))
	// Output:
	// messages: Pose.near: want a float32, got string "far" true
	// messages: Pose.near: required, and missing true
	// messages: type "Nope" is not registered true
	// messages: malformed MessagePack: msgpack: truncated true
}

// A message that was recorded elsewhere travels without a Go type.
func ExampleNewRaw() {
	raw, err := messages.NewRaw("some key", []byte("\x82\xa1x\x07\xa4type\xa7Foreign"))
	fmt.Println(raw.Name, raw.RedundancyKey(), err)

	data, err := messages.NewRegistry().Append(nil, raw)
	fmt.Printf("%q %v\n", data, err)
	// Output:
	// Foreign some key <nil>
	// "\x82\xa1x\a\xa4type\xa7Foreign" <nil>
}

func ExampleFloat16() {
	third := messages.NewFloat16(1.0 / 3)
	fmt.Printf("%#04x %v\n", uint16(third), third.Float32())
	// Output: 0x3555 0.33325195
}

func ExampleRegistry_SetLimits() {
	registry := messages.NewRegistry().MustRegister(Pose{})
	registry.SetLimits(messages.Limits{MaxBytes: 16})
	_, err := registry.Decode(make([]byte, 17))
	fmt.Println(err)
	// Output: messages: too large: 17 bytes, at most 16
}
