package wsproto

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
)

// BenchmarkParserNext parses one masked binary message that the input holds
// whole, as a server does. It leaves out reading from a socket.
func BenchmarkParserNext(b *testing.B) {
	for _, size := range []int{16, 125, 1 << 10, 64 << 10, 1 << 20} {
		b.Run(fmt.Sprintf("size=%d", size), func(b *testing.B) {
			benchmarkParse(b, OpBinary, size, size+MaxHeaderBytes)
		})
	}
}

// BenchmarkParserNextText is the same with text, which is checked as UTF-8.
func BenchmarkParserNextText(b *testing.B) {
	for _, size := range []int{125, 64 << 10} {
		b.Run(fmt.Sprintf("size=%d", size), func(b *testing.B) {
			benchmarkParse(b, OpText, size, size+MaxHeaderBytes)
		})
	}
}

// BenchmarkParserNextSplit parses a message that arrives in reads of that size
// and so has to be assembled.
func BenchmarkParserNextSplit(b *testing.B) {
	for _, read := range []int{1 << 10, 64 << 10} {
		b.Run(fmt.Sprintf("size=%d/read=%d", 1<<20, read), func(b *testing.B) {
			benchmarkParse(b, OpBinary, 1<<20, read)
		})
	}
}

// benchmarkParse parses a message in pieces of at most read bytes. The key is
// zero, so that unmasking leaves the input as it was.
func benchmarkParse(b *testing.B, op Opcode, size, read int) {
	pieces := slices.Collect(slices.Chunk(AppendMaskedFrame(nil, op, true, bytes.Repeat([]byte("a"), size), [4]byte{}), read))
	var p Parser
	p.Init(Server, 0)
	b.ReportAllocs()
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, piece := range pieces {
			if _, _, err := p.Next(piece); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkMask masks in place, in cache, from an address that is not aligned.
func BenchmarkMask(b *testing.B) {
	for _, size := range []int{7, 16, 125, 1 << 10, 64 << 10, 1 << 20} {
		b.Run(fmt.Sprintf("size=%d", size), func(b *testing.B) {
			buf := make([]byte, size+1)[1:]
			b.ReportAllocs()
			b.SetBytes(int64(size))
			for b.Loop() {
				Mask(buf, testKey, 1)
			}
		})
	}
}

// poseMessages are a window of 128 small messages, 14 KB together, half of it noise.
func poseMessages() [][]byte {
	messages, numbers := make([][]byte, 128), noise(128*64)
	for i := range messages {
		messages[i] = testMessage(fmt.Sprintf("/objects/%d", i), numbers[i*64:][:64])
	}
	return messages
}

func windowBytes(messages [][]byte) (n int64) {
	for _, m := range messages {
		n += int64(len(m))
	}
	return n
}

// BenchmarkAppendWindow writes 128 small messages into a buffer that is reused.
// MB/s counts the messages.
func BenchmarkAppendWindow(b *testing.B) {
	messages := poseMessages()
	for _, g := range generations[1:] {
		b.Run(fmt.Sprintf("generation=%v/messages=%d", g, len(messages)), func(b *testing.B) {
			z := NewCompressor()
			var dst []byte
			b.ReportAllocs()
			b.SetBytes(windowBytes(messages))
			for b.Loop() {
				dst, _ = AppendWindow(dst[:0], g, messages, 1, z)
			}
			b.ReportMetric(float64(len(dst)), "wire-B")
		})
	}
}

// BenchmarkAppendSplicedWindow writes 100 small messages and one of 1 MB that
// was compressed before, or that is compressed again for each window.
func BenchmarkAppendSplicedWindow(b *testing.B) {
	z := NewCompressor()
	mesh := testMessage("/mesh", bytes.Repeat(noise(4096), 256))
	for _, ready := range []bool{true, false} {
		b.Run(fmt.Sprintf("ready=%v", ready), func(b *testing.B) {
			parts := []Part{{Bytes: mesh}}
			if ready {
				parts[0].Zstd = z.AppendFrame(nil, mesh)
			}
			for _, m := range poseMessages()[:100] {
				parts = append(parts, Part{Bytes: m})
			}
			var dst []byte
			b.ReportAllocs()
			for b.Loop() {
				dst, _ = AppendSplicedWindow(dst[:0], parts, 1, z)
			}
			b.ReportMetric(float64(len(dst)), "wire-B")
		})
	}
}

// BenchmarkDecodeWindow reads 128 small messages as a client does, up to the
// bytes of each message. MB/s counts the messages.
func BenchmarkDecodeWindow(b *testing.B) {
	messages := poseMessages()
	for _, g := range generations[1:] {
		b.Run(fmt.Sprintf("generation=%v/messages=%d", g, len(messages)), func(b *testing.B) {
			payload, _ := AppendWindow(nil, g, messages, 1, NewCompressor())
			d := NewDecompressor()
			b.ReportAllocs()
			b.SetBytes(windowBytes(messages))
			for b.Loop() {
				if _, err := DecodeWindow(g, payload, WindowLimits{}, d); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkCheckHandshake checks a browser's request.
func BenchmarkCheckHandshake(b *testing.B) {
	r := goodRequest()
	r.Header["Sec-Websocket-Protocol"] = []string{"viser-v1.0.21"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := CheckHandshake(r); err != nil {
			b.Fatal(err)
		}
	}
}
