package messages

import (
	"encoding/hex"
	"testing"

	"github.com/scenewire/scenewire/internal/msgpscan"
	"github.com/vmihailenco/msgpack/v5"
)

// keyless is embedded by test messages; its fields, of which there are none,
// are flattened.
type keyless struct{}

func (keyless) RedundancyKey() string { return "" }

// pose is the small message of the benchmarks.
type pose struct {
	Name     string     `msgpack:"name"`
	Position [3]float64 `msgpack:"position"`
	WXYZ     [4]float64 `msgpack:"wxyz"`
}

func (p pose) RedundancyKey() string { return "pose " + p.Name }

// cloud is the large message of the benchmarks.
type cloud struct {
	keyless
	Name   string    `msgpack:"name"`
	Points []float32 `msgpack:"points"`
	Colors []uint8   `msgpack:"colors"`
}

type mode string

type level int8

// scalars has a field of each scalar kind.
type scalars struct {
	keyless
	Bool    bool    `msgpack:"bool"`
	Int     int     `msgpack:"int"`
	Int8    int8    `msgpack:"int8"`
	Int64   int64   `msgpack:"int64"`
	Uint8   uint8   `msgpack:"uint8"`
	Uint64  uint64  `msgpack:"uint64"`
	Float32 float32 `msgpack:"float32"`
	Float64 float64 `msgpack:"float64"`
	Half    Float16 `msgpack:"half"`
	String  string  `msgpack:"string"`
	Mode    mode    `msgpack:"mode"`
	Level   level   `msgpack:"level"`
}

// lists has a field of each form of list.
type lists struct {
	keyless
	Color      [3]uint8       `msgpack:"color"`
	Matrix     [2][2]float32  `msgpack:"matrix"`
	FloatTuple []float32      `msgpack:"float_tuple" wire:"tuple"`
	ByteTuple  []byte         `msgpack:"byte_tuple" wire:"tuple"`
	IntTuple   []int          `msgpack:"int_tuple" wire:"tuple"`
	Floats     []float32      `msgpack:"floats"`
	Bytes      []byte         `msgpack:"bytes"`
	Indices    []uint32       `msgpack:"indices"`
	Int64s     []int64        `msgpack:"int64s"`
	Halves     []Float16      `msgpack:"halves"`
	Levels     []level        `msgpack:"levels"`
	Points     [][3]float32   `msgpack:"points"`
	PointsBin  [][3]float32   `msgpack:"points_bin" wire:"bin"`
	MatrixBin  [2][2]float32  `msgpack:"matrix_bin" wire:"bin"`
	Strings    []string       `msgpack:"strings"`
	Bools      []bool         `msgpack:"bools"`
	Nested     [][]float64    `msgpack:"nested"`
	NestedTup  [][]float64    `msgpack:"nested_tup" wire:"tuple"`
	Anys       []any          `msgpack:"anys"`
	Structs    []inner        `msgpack:"structs"`
	Pointers   []*inner       `msgpack:"pointers"`
	Optional   *[]float32     `msgpack:"optional" wire:"tuple"`
	Map        map[mode][]int `msgpack:"map" wire:"tuple"`
}

type inner struct {
	A int    `msgpack:"a"`
	B string `msgpack:"b,omitempty"`
}

type base struct {
	Name    string `msgpack:"name"`
	Visible bool   `msgpack:"visible"`
}

type Shared struct {
	Name string `msgpack:"name"` // shadowed by that of base's holder
	Tag  string `msgpack:"tag"`
}

// tree contains itself in each possible way.
type tree struct {
	Leaf     int             `msgpack:"leaf"`
	Children []tree          `msgpack:"children,omitempty"`
	Next     *tree           `msgpack:"next"`
	Named    map[string]tree `msgpack:"named,omitempty"`
}

// nests has structs, maps, options and values of any type.
type nests struct {
	base          // flattened
	Inner   inner `msgpack:"inner"`
	Pointer *inner
	Skipped int `msgpack:"-"`
	hidden  int
	Labels  map[string]string `msgpack:"labels"`
	Props   map[string]any    `msgpack:"props"`
	Any     any               `msgpack:"any"`
	OptInt  *int              `msgpack:"opt_int"`
	Tree    *tree             `msgpack:"tree"`
	Own     point             `msgpack:"own"`
	OwnOpt  *packed           `msgpack:"own_opt"`
	Omit    float64           `msgpack:"omit,omitempty"`
	OmitMap map[string]int    `msgpack:"omit_map,omitempty"`
}

func (*nests) RedundancyKey() string { return "" }

// strict has required fields.
type strict struct {
	keyless
	ID   int    `msgpack:"id" wire:"required"`
	Name string `msgpack:"name"`
	Size int    `msgpack:"size" wire:"required"`
}

// point has a wire form of its own: the string "x,y" of two digits.
type point struct{ x, y byte }

func (p point) EncodeMsgpack(enc *msgpack.Encoder) error {
	return enc.EncodeString(string([]byte{'0' + p.x%10, ',', '0' + p.y%10}))
}

func (p *point) DecodeMsgpack(dec *msgpack.Decoder) error {
	s, err := dec.DecodeString()
	if err == nil && len(s) == 3 {
		p.x, p.y = (s[0]-'0')%10, (s[2]-'0')%10
	}
	return err
}

// packed has a wire form of its own by the library's other pair of interfaces.
type packed struct{ v uint8 }

func (p *packed) MarshalMsgpack() ([]byte, error) { return []byte{0xcc, p.v}, nil }

func (p *packed) UnmarshalMsgpack(b []byte) error {
	v, _, err := msgpscan.ReadUint64(b)
	p.v = uint8(v)
	return err
}

// testRegistry knows all test messages.
func testRegistry(t testing.TB) *Registry {
	t.Helper()
	r := NewRegistry()
	if err := r.Register(pose{}, cloud{}, scalars{}, lists{}, &nests{}, strict{}); err != nil {
		t.Fatal(err)
	}
	return r
}

// mustAppend encodes m, which is expected to succeed.
func mustAppend(t testing.TB, r *Registry, m Message) []byte {
	t.Helper()
	b, err := r.Append(nil, m)
	if err != nil {
		t.Fatalf("encode %T: %v", m, err)
	}
	return b
}

// encodeMap encodes pairs of keys and values with the library, in the order
// given.
func encodeMap(t testing.TB, pairs ...any) []byte {
	t.Helper()
	b := msgpscan.AppendMapHeader(nil, len(pairs)/2)
	for _, v := range pairs {
		e, err := msgpack.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		b = append(b, e...)
	}
	return b
}

// rawMap is a map of pairs of keys and values, in their order and as often as they
// are there.
type rawMap []any

func (m rawMap) EncodeMsgpack(enc *msgpack.Encoder) error {
	if err := enc.EncodeMapLen(len(m) / 2); err != nil {
		return err
	}
	return enc.EncodeMulti(m...)
}

// fromHex returns the bytes of a hexadecimal string.
func fromHex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
