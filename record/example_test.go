package record_test

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/scenewire/scenewire/record"
)

// A file is converted to the layout of an older viser. Messages keep their bytes.
func ExampleRecording_WriteTo() {
	f, err := os.Open("testdata/zstd.viser")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	rec, err := record.Read(f, nil)
	if err != nil {
		log.Fatal(err)
	}
	rec.Generation = record.GenerationLoop
	rec.Loops, rec.LoopStart = true, 2
	var old bytes.Buffer
	if _, err := rec.WriteTo(&old); err != nil {
		log.Fatal(err)
	}
	back, err := record.Read(&old, nil)
	fmt.Println(back.Generation, back.LoopStart, len(back.Messages), err)
	// Output: loop 2 11 <nil>
}

// A Reader has a few messages in memory, however long the recording is.
func ExampleReader() {
	f, err := os.Open("testdata/gzip.viser")
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	reader, err := record.NewReader(f, nil)
	if err != nil {
		log.Fatal(err)
	}
	count := map[string]int{}
	for {
		m, err := reader.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			log.Fatal(err)
		}
		count[m.Type]++
	}
	fmt.Println(reader.Header().ViserVersion, count)
	// Output: 1.0.16 map[BoxMessage:1 PointCloudMessage:1 SetOrientationMessage:1 SetPositionMessage:8]
}
