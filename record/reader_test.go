package record

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"github.com/scenewire/scenewire/internal/msgpscan"
)

var generations = []Generation{GenerationLoop, GenerationGzip, GenerationZstd}

// golden is what testdata/make.py puts into each of its files.
func golden(g Generation) *Recording {
	rec := &Recording{Header: Header{Generation: g, Duration: 900 * time.Millisecond}}
	switch g {
	case GenerationLoop:
		rec.Loops, rec.LoopStart = true, 2
	case GenerationGzip:
		rec.ViserVersion = "1.0.16"
	case GenerationZstd:
		rec.ViserVersion = "1.0.21"
	}
	tuple := func(list ...float64) []byte {
		b := msgpscan.AppendArrayHeader(nil, len(list))
		for _, v := range list {
			b = msgpscan.AppendFloat64(b, v)
		}
		return b
	}
	add := func(t time.Duration, name string, pairs ...[]byte) {
		rec.Messages = append(rec.Messages, message(t, name, pairs...))
	}
	add(0, "SetOrientationMessage", text("name"), text(""), text("wxyz"), tuple(1, 0, 0, 0))
	add(0, "BoxMessage", text("name"), text("/box"), text("props"), []byte("\x83\xa5color\x93\xcc\xe6\x28\x28\xa7opacity\xc0\xa4side\xa5front"))
	for step := range 8 {
		add(time.Duration(step+1)*100*time.Millisecond, "SetPositionMessage", text("name"), text("/box"), text("position"), tuple(0, 0, float64(step)/8))
	}
	points := make([]byte, 256*8)
	for i := range points {
		points[i] = byte(i)
	}
	props := msgpscan.AppendBin(append(msgpscan.AppendMapHeader(nil, 2), text("points")...), points)
	props = msgpscan.AppendFloat64(append(props, text("scale")...), 1.5)
	add(800*time.Millisecond, "PointCloudMessage", text("name"), text("/pc"), text("props"), props)
	return rec
}

func text(s string) []byte { return msgpscan.AppendString(nil, s) }

// message makes a message of keys and values in turn.
func message(t time.Duration, name string, pairs ...[]byte) Message {
	body := msgpscan.AppendMapHeader(nil, len(pairs)/2+1)
	for _, p := range pairs {
		body = append(body, p...)
	}
	body = append(append(body, text("type")...), text(name)...)
	return Message{Time: t, Type: name, Body: body}
}

func TestGoldenFilesOfPythonAreRead(t *testing.T) {
	for _, g := range generations {
		t.Run(g.String(), func(t *testing.T) {
			data, err := os.ReadFile(filepath.Join("testdata", g.String()+".viser"))
			if err != nil {
				t.Fatal(err)
			}
			got, err := Read(bytes.NewReader(data), nil)
			if err != nil {
				t.Fatal(err)
			}
			if diff := differ(got, golden(g)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// differ says in what two recordings differ.
func differ(got, want *Recording) string {
	if got.Header != want.Header {
		return fmt.Sprintf("header %+v, want %+v", got.Header, want.Header)
	}
	if len(got.Messages) != len(want.Messages) {
		return fmt.Sprintf("%d messages, want %d", len(got.Messages), len(want.Messages))
	}
	for i, m := range got.Messages {
		if !reflect.DeepEqual(m, want.Messages[i]) {
			return fmt.Sprintf("message %d:\n%v %s %q\nwant\n%v %s %q", i, m.Time, m.Type, m.Body,
				want.Messages[i].Time, want.Messages[i].Type, want.Messages[i].Body)
		}
	}
	return ""
}

func TestTruncationAtEveryByteIsAnErrorAndNoWrongMessage(t *testing.T) {
	for _, g := range generations {
		t.Run(g.String(), func(t *testing.T) {
			want := golden(g)
			whole := file(t, want)
			most := 0
			for cut := range whole {
				got, err := Read(bytes.NewReader(whole[:cut]), nil)
				if !errors.Is(err, ErrTruncated) {
					t.Fatalf("cut at %d: %v", cut, err)
				}
				var corrupt *CorruptError
				if !errors.As(err, &corrupt) || !corrupt.InContent && corrupt.Offset > int64(cut) {
					t.Fatalf("cut at %d: %v", cut, err)
				}
				if len(got.Messages) > len(want.Messages) {
					t.Fatalf("cut at %d: %d messages", cut, len(got.Messages))
				}
				most = max(most, len(got.Messages))
				prefix := &Recording{Header: got.Header, Messages: want.Messages[:len(got.Messages)]}
				if diff := differ(got, prefix); diff != "" {
					t.Fatalf("cut at %d: %s", cut, diff)
				}
			}
			if most == 0 && g != GenerationZstd { // which is one block here, whole or not at all
				t.Error("nothing was read of any of them")
			}
		})
	}
}

// Flipping a bit is found by the checksums, or by what is then wrong.
func TestDamageAtEveryByteIsAnError(t *testing.T) {
	for _, g := range generations {
		t.Run(g.String(), func(t *testing.T) {
			whole := file(t, golden(g))
			for i := range whole {
				if g == GenerationZstd && i == 12 || g != GenerationZstd && i >= 4 && i < 10 {
					continue // a bit without a meaning (RFC 8878 section 3.1.1.1.1.3); gzip's time and system
				}
				damaged := bytes.Clone(whole)
				damaged[i] ^= 0x10
				if _, err := Read(bytes.NewReader(damaged), nil); err == nil {
					t.Errorf("byte %d of %d: no error", i, len(whole))
				}
			}
		})
	}
}

func TestSlowReaderGivesTheSame(t *testing.T) {
	for _, g := range generations {
		got, err := Read(iotest.OneByteReader(bytes.NewReader(file(t, golden(g)))), nil)
		if err != nil {
			t.Fatal(err)
		}
		if diff := differ(got, golden(g)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestReadersErrorIsPassedOn(t *testing.T) {
	broken := errors.New("cable cut")
	for _, g := range generations {
		whole := file(t, golden(g))
		for _, n := range []int{0, 1, 8, 9, 12, len(whole) / 2, len(whole) - 1} {
			r := io.MultiReader(bytes.NewReader(whole[:n]), iotest.ErrReader(broken))
			if _, err := Read(r, nil); !errors.Is(err, broken) {
				t.Errorf("%v, after %d bytes: %v", g, n, err)
			}
		}
	}
}

// Messages larger than what is decompressed at a time come whole, and those beside them.
func TestLargeMessagesComeWhole(t *testing.T) {
	want := &Recording{Header: Header{Generation: GenerationZstd, Duration: time.Hour}}
	for i := range 200 {
		size := 10
		if i%20 == 7 {
			size = i * chunkBytes / 50
		}
		noise := make([]byte, size)
		for j := range noise {
			noise[j] = byte(i*j ^ j>>8)
		}
		want.Messages = append(want.Messages, message(time.Duration(i), "Noise", text("noise"), msgpscan.AppendBin(nil, noise)))
	}
	got, err := Read(bytes.NewReader(file(t, want)), nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := differ(got, want); diff != "" {
		t.Error(diff[:min(len(diff), 200)])
	}
}

func TestHeaderIsKnownAsFarAsItWasRead(t *testing.T) {
	d, err := NewReader(bytes.NewReader(file(t, golden(GenerationZstd))), nil)
	if err != nil {
		t.Fatal(err)
	}
	if h := d.Header(); h.Duration != 900*time.Millisecond || h.Generation != GenerationZstd || h.ViserVersion != "" {
		t.Errorf("before the first message: %+v", h)
	}
	for err == nil {
		_, err = d.Next()
	}
	if h := d.Header(); h.ViserVersion != "1.0.21" {
		t.Errorf("at the end: %+v", h)
	}
	if _, err := d.Next(); err != io.EOF {
		t.Errorf("behind the end: %v", err)
	}
}

// packZstd makes a file of content; size is what it declares.
func packZstd(content []byte, size uint64) []byte {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err)
	}
	defer enc.Close()
	return enc.EncodeAll(content, binary.LittleEndian.AppendUint64(nil, size))
}

func packGzip(content []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write(content)
	_ = z.Close()
	return b.Bytes()
}

func TestBadFilesAreRefused(t *testing.T) {
	const (
		head = "\xafdurationSeconds\x00\xa8messages"
		note = "\x82\xa1n\x01\xa4type\xa4Note"
	)
	tests := []struct {
		name, content string
		is            error  // for errors.Is
		says          string // in the error
		at            int64  // of the content
	}{
		{"no map", "\x93\x01\x02\x03", nil, "array instead of map", 0},
		{"nothing", "", ErrTruncated, "", 0},
		{"a map of 2^32-1 pairs", "\xdf\xff\xff\xff\xff" + head, ErrLimit, "4294967295", 0},
		{"2^32-1 messages", "\x82" + head + "\xdd\xff\xff\xff\xff", ErrLimit, "4294967295", 27},
		{"more messages than there are", "\x82" + head + "\xdd\x00\xff\xff\xff\x92\x00" + note, ErrTruncated, "", 48},
		{"a body of 2^32-1 bytes", "\x82" + head + "\x91\x92\x00\x82\xa1n\xc6\xff\xff\xff\xff", ErrTruncated, "", 38},
		{"a key that is no string", "\x82\x01\x02", nil, "a key", 1},
		{"a key twice", "\x82\xafdurationSeconds\x00\xafdurationSeconds\x00", nil, "twice", 34},
		{"no duration", "\x81\xa8messages\x90", nil, keyDuration, 11},
		{"no messages", "\x81\xafdurationSeconds\x00", nil, keyMessages, 18},
		{"messages that are no array", "\x82" + head + "\x80", nil, "map instead of array", 27},
		{"a duration that isn't a number", "\x81\xafdurationSeconds\xc0", nil, "time", 17},
		{"a duration of NaN", "\x81\xafdurationSeconds\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00", nil, "NaN", 17},
		{"a duration of 2^63 s", "\x81\xafdurationSeconds\xcf\x80\x00\x00\x00\x00\x00\x00\x00", nil, "no time", 17},
		{"a message without a time", "\x82" + head + "\x91\x91" + note, nil, "1 elements", 28},
		{"a message at no time", "\x82" + head + "\x91\x92\xc2" + note, nil, "time", 29},
		{"a message that is no map", "\x82" + head + "\x91\x92\x00\x01", nil, "a message", 30},
		{"a message without a type", "\x82" + head + "\x91\x92\x00\x81\xa1n\x01", nil, "without a type", 30},
		{"a message with two types", "\x82" + head + "\x91\x92\x00\x82\xa4type\xa1a\xa4type\xa1b", nil, "two types", 43},
		{"a type that is a number", "\x82" + head + "\x91\x92\x00\x81\xa4type\x01", nil, "type", 36},
		{"a type that is not UTF-8", "\x82" + head + "\x91\x92\x00\x81\xa4type\xa1\xff", nil, "type", 36},
		{"nesting without end", "\x82" + head + "\x91\x92\x00\x82\xa1n" + strings.Repeat("\x91", 1000), msgpscan.ErrDepth, "", 33},
		{"the marker that is never used", "\x82" + head + "\x91\x92\x00\x82\xa1n\xc1" + note, msgpscan.ErrInvalid, "", 33},
		{"a loop's start behind the messages", "\x83\xaeloopStartIndex\x02" + head + "\x91\x92\x00" + note, nil, "1 messages", 60},
		{"a loop's start below zero", "\x83\xaeloopStartIndex\xff" + head + "\x90", nil, keyLoopStart, 16},
		{"something behind it", "\x82" + head + "\x90\xc0", nil, "follows", 28},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			content := []byte(tt.content)
			for _, data := range [][]byte{packZstd(content, uint64(len(content))), packGzip(content)} {
				_, err := Read(bytes.NewReader(data), nil)
				var corrupt *CorruptError
				if !errors.As(err, &corrupt) || tt.is != nil && !errors.Is(err, tt.is) || !strings.Contains(fmt.Sprint(err), tt.says) {
					t.Fatalf("got %v, want %v %q", err, tt.is, tt.says)
				}
				if corrupt.InContent && corrupt.Offset != tt.at {
					t.Errorf("%v: want byte %d", err, tt.at)
				}
			}
		})
	}
}

func TestBadEnvelopesAreRefused(t *testing.T) {
	content := []byte("\x82\xafdurationSeconds\x00\xa8messages\x90")
	size := uint64(len(content))
	good := packZstd(content, size)
	if _, err := Read(bytes.NewReader(good), nil); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		file []byte
		is   error
	}{
		{"nothing", nil, ErrTruncated},
		{"a text", []byte("this is no recording"), ErrFormat},
		{"a size of 2^63", packZstd(content, 1<<63), ErrLimit},
		{"a size of 2^64-1", packZstd(content, math.MaxUint64), ErrLimit},
		{"a size that is too large", packZstd(content, size+1), ErrTruncated},
		{"a size that is too small", packZstd(content, size-1), nil},
		{"bytes behind the frames", append(bytes.Clone(good), "garbage"...), nil},
		{"a window of 1 GiB", append(bytes.Clone(good[:8]), 0x28, 0xb5, 0x2f, 0xfd, 0, 20<<3, 1, 0, 0), nil},
		{"a header of gzip alone", []byte{0x1f, 0x8b}, ErrTruncated},
		{"gzip by an unknown method", []byte("\x1f\x8b\x07\x00\x00\x00\x00\x00\x00\x00\x00\x00"), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Read(bytes.NewReader(tt.file), nil)
			var corrupt *CorruptError
			if !errors.As(err, &corrupt) || tt.is != nil && !errors.Is(err, tt.is) {
				t.Errorf("got %v, want %v", err, tt.is)
			}
		})
	}
}

func TestSeveralFramesAndSkippableOnesAreRead(t *testing.T) {
	content := []byte("\x82\xafdurationSeconds\x00\xa8messages\x91\x92\x00\x81\xa4type\xa4Note")
	file := append(binary.LittleEndian.AppendUint64(nil, uint64(len(content))), "\x52\x2a\x4d\x18\x03\x00\x00\x00abc"...)
	file = append(file, packZstd(content[:20], 0)[8:]...)
	file = append(file, packZstd(content[20:], 0)[8:]...)
	rec, err := Read(bytes.NewReader(file), nil)
	if err != nil || len(rec.Messages) != 1 || rec.Messages[0].Type != "Note" {
		t.Errorf("got %+v, %v", rec, err)
	}
}

func TestUnknownKeysAreSkippedInAnyOrder(t *testing.T) {
	content := []byte("\x84\xacviserVersion\xa31.2\xa5extra\x81\x01\x92\x02\x03\xa8messages\x91\x92\x05\x81\xa4type\xa4Note\xafdurationSeconds\x07")
	rec, err := Read(bytes.NewReader(packGzip(content)), nil)
	want := Header{Generation: GenerationGzip, Duration: 7 * time.Second, ViserVersion: "1.2"}
	if err != nil || rec.Header != want || len(rec.Messages) != 1 || rec.Messages[0].Time != 5*time.Second {
		t.Errorf("got %+v, %v", rec, err)
	}
}

func TestLimitsHold(t *testing.T) {
	large := &Recording{Messages: []Message{message(0, "Zeros", text("zeros"), msgpscan.AppendBin(nil, make([]byte, 1<<20)))}}
	tests := []struct {
		name string
		rec  *Recording
		lim  func(content int64) Limits
		is   error
	}{
		{"bytes", large, func(int64) Limits { return Limits{MaxBytes: 1 << 18} }, ErrLimit},
		{"as many bytes as there are", large, func(n int64) Limits { return Limits{MaxBytes: n} }, nil},
		{"one byte less", large, func(n int64) Limits { return Limits{MaxBytes: n - 1} }, ErrLimit},
		{"no bound of bytes", large, func(int64) Limits { return Limits{MaxBytes: -1} }, nil},
		{"messages", golden(0), func(int64) Limits { return Limits{MaxMessages: 10} }, ErrLimit},
		{"as many messages as there are", golden(0), func(int64) Limits { return Limits{MaxMessages: 11} }, nil},
		{"depth", golden(0), func(int64) Limits { return Limits{MaxDepth: 1} }, msgpscan.ErrDepth},
		{"elements", golden(0), func(int64) Limits { return Limits{MaxElements: 6} }, msgpscan.ErrElements},
	}
	for _, tt := range tests {
		for _, g := range generations {
			t.Run(fmt.Sprint(tt.name, "/", g), func(t *testing.T) {
				rec := *tt.rec
				rec.Generation = g
				lim := tt.lim(rec.contentBytes())
				if _, err := Read(bytes.NewReader(file(t, &rec)), &lim); !errors.Is(err, tt.is) {
					t.Errorf("got %v, want %v", err, tt.is)
				}
			})
		}
	}
}

// A file that declares much costs what it has.
func TestDeclaredSizesCostNothing(t *testing.T) {
	file := packZstd([]byte("\x82\xafdurationSeconds\x00\xa8messages\xdd\x00\xff\xff\xff\x92\x00\x82\xa1n\xc6\x7f\xff\xff\xff"), 1<<29)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := Read(bytes.NewReader(file), nil); err == nil {
		t.Fatal("no error")
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 4<<20 {
		t.Errorf("%d bytes for a file of %d", n, len(file))
	}
}
