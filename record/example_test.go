package record_test

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/scenewire/scenewire/buffers"
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

// A Writer makes a long recording of steps, and a cut of it is a .viser file.
func ExampleWriter() {
	var file bytes.Buffer
	w, err := record.NewWriter(&file, record.WriterOptions{Name: "example"})
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	for i := range 5 {
		message := []byte("\x82\xa1x" + string(rune(i)) + "\xa4type\xa4Move") // {"x": i, "type": "Move"}
		err := w.WriteStep(record.Step{
			Kind: record.KindPush, Time: start.Add(time.Duration(i) * time.Second), Seq: uint64(i),
			Entries: []buffers.Entry{{Key: "robot", Payload: message, Except: buffers.NoReader}},
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}

	f, err := record.OpenReader(bytes.NewReader(file.Bytes()), int64(file.Len()), nil)
	if err != nil {
		log.Fatal(err)
	}
	from, to := start.Add(1500*time.Millisecond), start.Add(3*time.Second)
	rec, err := record.Collect(record.Cut(f, from, to), record.CollectOptions{})
	if err != nil {
		log.Fatal(err)
	}
	for _, m := range rec.Messages {
		fmt.Printf("%v %s x=%d\n", m.Time, m.Type, m.Body[3])
	}
	// Output:
	// 0s Move x=1
	// 500ms Move x=2
	// 1.5s Move x=3
}

// A capture is written, and looked into: the state at a time, and what comes then.
func ExampleFile() {
	var capture bytes.Buffer
	w, err := record.NewWriter(&capture, record.WriterOptions{Name: "lights"})
	if err != nil {
		log.Fatal(err)
	}
	start := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	for i, light := range []string{"red", "green", "red"} {
		err := w.WriteStep(record.Step{
			Kind: record.KindPush, Time: start.Add(time.Duration(i) * time.Minute), Seq: uint64(i),
			Entries: []buffers.Entry{{Key: light, Payload: []byte("\x81\xa4type\xa5Light"), Except: buffers.NoReader}},
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}

	f, err := record.OpenReader(bytes.NewReader(capture.Bytes()), int64(capture.Len()), nil)
	if err != nil {
		log.Fatal(err)
	}
	state, err := f.State(start.Add(90 * time.Second))
	if err != nil {
		log.Fatal(err)
	}
	for _, e := range state.Entries {
		fmt.Println("live:", e.Key)
	}
	f.Seek(state.Time)
	next, err := f.Next()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("then:", next.Time.UTC().Format(time.TimeOnly), next.Kind, next.Entries[0].Key)
	// Output:
	// live: red
	// live: green
	// then: 12:02:00 push red
}
