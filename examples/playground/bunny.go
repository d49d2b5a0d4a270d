package main

import (
	"bytes"
	_ "embed"
	"encoding/binary"
	"fmt"
)

// bunnyFile is the Stanford bunny, in the layout that web/bunny.mjs writes.
//
//go:embed bunny.bin
var bunnyFile []byte

// bunnyMesh returns the bunny as a message.
func bunnyMesh() (SetMesh, error) {
	r := bytes.NewReader(bunnyFile)
	var counts struct{ Vertices, Triangles uint32 }
	if err := binary.Read(r, binary.LittleEndian, &counts); err != nil {
		return SetMesh{}, fmt.Errorf("bunny.bin: %w", err)
	}
	vertices := make([]float32, 3*counts.Vertices)
	short := make([]uint16, 3*counts.Triangles)
	for _, part := range []any{vertices, short} {
		if err := binary.Read(r, binary.LittleEndian, part); err != nil {
			return SetMesh{}, fmt.Errorf("bunny.bin: %w", err)
		}
	}
	indices := make([]uint32, len(short))
	for i, index := range short {
		indices[i] = uint32(index)
	}
	return SetMesh{Name: bunnyName, Vertices: vertices, Indices: indices, Color: Color{240, 232, 220}}, nil
}
