package messages

import (
	"bytes"
	"encoding/json"
	"flag"
	"math"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/encodings.json anew")

const goldenFile = "testdata/encodings.json"

// goldenMessage is one message whose encoding is fixed.
type goldenMessage struct {
	name    string
	message Message
}

func goldenMessages() []goldenMessage {
	seven := 7
	return []goldenMessage{
		{"pose", pose{"/box", [3]float64{1, -0.5, 0}, [4]float64{1, 0, 0, 0}}},
		{"scalars, all zero", scalars{}},
		{"scalars, largest", scalars{
			Bool: true, Int: math.MaxInt32, Int8: 127, Int64: math.MaxInt64, Uint8: 255, Uint64: math.MaxUint64,
			Float32: math.MaxFloat32, Float64: math.MaxFloat64, Half: 0x7bff, String: "höhe ✓", Mode: "orbit", Level: -128,
		}},
		{"scalars, smallest", scalars{
			Int: -33, Int8: -128, Int64: math.MinInt64, Float32: -0.5, Float64: math.Inf(-1), Half: 0x8001, Level: -1,
		}},
		{"scalars, not a number", scalars{Float32: float32(math.Inf(1)), Float64: math.NaN(), Half: 0x7e00}},
		{"lists, nil", lists{}},
		{"lists", lists{
			Color: [3]uint8{255, 128, 0}, Matrix: [2][2]float32{{1, 2}, {3, 4}}, FloatTuple: []float32{0.5},
			ByteTuple: []byte{1, 200}, IntTuple: []int{-1, 300}, Floats: []float32{1, -2}, Bytes: []byte{0, 255},
			Indices: []uint32{1, 1 << 31}, Int64s: []int64{-2}, Halves: []Float16{0x3c00}, Levels: []level{-1},
			Points: [][3]float32{{1, 2, 3}}, PointsBin: [][3]float32{{1, 2, 3}, {4, 5, 6}},
			MatrixBin: [2][2]float32{{1, 2}, {3, 4}}, Strings: []string{"a", ""}, Bools: []bool{true, false},
			Nested: [][]float64{{1}, nil}, NestedTup: [][]float64{{1}, nil}, Anys: []any{nil, 1, "x"},
			Structs: []inner{{1, "b"}, {}}, Pointers: []*inner{nil, {A: 2}}, Optional: &[]float32{2},
			Map: map[mode][]int{"z": {1}, "a": nil},
		}},
		{"nests, nil", &nests{}},
		{"nests", &nests{
			base: base{"n", true}, Inner: inner{-1, ""}, Pointer: &inner{2, "two"}, Skipped: 9, hidden: 9,
			Labels: map[string]string{"de": "Kiste", "ar": "صندوق", "": "box"},
			Props: map[string]any{
				"b": []any{true, 1.5, -7, uint64(math.MaxUint64)}, "a": map[string]any{"y": nil, "x": []byte{1}},
				"c": []float32{1}, "d": inner{3, ""}, "e": [2]uint8{1, 2}, "f": mode("m"), "g": float32(0.5),
			},
			Any: map[string][]string{"k": {"v"}}, OptInt: &seven,
			Tree: &tree{Leaf: 1, Children: []tree{{Leaf: 2}}, Next: &tree{}, Named: map[string]tree{"q": {Leaf: 3}}},
			Own:  point{1, 2}, OwnOpt: &packed{200}, Omit: -1, OmitMap: map[string]int{"i": 1},
		}},
		{"strict", strict{ID: 1, Size: 2}},
		{"long lists", cloud{Name: "cloud", Points: make([]float32, 70), Colors: make([]byte, 300)}},
	}
}

// TestGoldenEncodings compares encodings with those in the file, byte by byte,
// and decodes and encodes them again.
func TestGoldenEncodings(t *testing.T) {
	r := testRegistry(t)
	if *update {
		writeGolden(t, r)
	}
	for i, want := range readGolden(t) {
		m := goldenMessages()[i]
		t.Run(m.name, func(t *testing.T) {
			got := mustAppend(t, r, m.message)
			if want.Name != m.name || !bytes.Equal(got, want.MsgPack) {
				t.Fatalf("differs from %s (%q); -update rewrites it\ngot  %x\nwant %x", goldenFile, want.Name, got, want.MsgPack)
			}
			back, err := r.Decode(got)
			if err != nil {
				t.Fatal(err)
			}
			if again := mustAppend(t, r, back); !bytes.Equal(again, got) {
				t.Errorf("decoded and encoded again:\ngot  %x\nwant %x", again, got)
			}
		})
	}
}

// goldenEncoding is an element of the file; the bytes are base64.
type goldenEncoding struct {
	Name    string `json:"name"`
	MsgPack []byte `json:"msgpack"`
}

func readGolden(t *testing.T) []goldenEncoding {
	t.Helper()
	b, err := os.ReadFile(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	var all []goldenEncoding
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	if len(all) != len(goldenMessages()) {
		t.Fatalf("%s has %d encodings of %d; -update rewrites it", goldenFile, len(all), len(goldenMessages()))
	}
	return all
}

func writeGolden(t *testing.T, r *Registry) {
	t.Helper()
	var all []goldenEncoding
	for _, m := range goldenMessages() {
		all = append(all, goldenEncoding{m.name, mustAppend(t, r, m.message)})
	}
	b, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(goldenFile, append(b, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
}
