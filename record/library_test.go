package record

import (
	"bytes"
	"errors"
	"io"

	foxglove "github.com/foxglove/mcap/go/mcap"
)

// fataler is what *testing.T and *rapid.T share.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// checkWithLibrary has the library of those who made the format read a file, by its
// index and without, with all checksums, and find the payloads of these steps in order.
func checkWithLibrary(t fataler, file []byte, steps []Step) {
	t.Helper()
	want := payloadsOf(steps)
	for _, indexed := range []bool{true, false} {
		got := libraryPayloads(t, file, indexed)
		if len(got) != len(want) {
			t.Fatalf("the library reads %d payloads, want %d (indexed: %v)", len(got), len(want), indexed)
		}
		for i := range got {
			if !bytes.Equal(got[i], want[i]) {
				t.Fatalf("the library reads another payload %d (indexed: %v)", i, indexed)
			}
		}
	}
	checkTokens(t, file)
}

func payloadsOf(steps []Step) (list [][]byte) {
	for _, s := range steps {
		for _, e := range s.Entries {
			list = append(list, e.Payload)
		}
		if s.Kind == KindReceive {
			list = append(list, s.Message.Body)
		}
	}
	return list
}

func libraryPayloads(t fataler, file []byte, indexed bool) (list [][]byte) {
	t.Helper()
	r, err := foxglove.NewReader(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	it, err := r.Messages(foxglove.UsingIndex(indexed))
	if err != nil {
		t.Fatal(err)
	}
	count := uint64(0)
	for {
		_, c, m, err := it.NextInto(nil)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		count++
		if role := c.Metadata[channelRole]; role != roleNames[roleStep] && role != roleNames[roleKeyframe] && role != roleNames[roleGap] {
			list = append(list, m.Data)
		}
	}
	if info, err := r.Info(); indexed && (err != nil || info.Statistics.MessageCount != count) {
		t.Fatalf("the statistics count %v messages, there are %d (%v)", info, count, err)
	}
	return list
}

// checkTokens walks over every record with the library's lexer, checksums checked.
func checkTokens(t fataler, file []byte) {
	t.Helper()
	lexer, err := foxglove.NewLexer(bytes.NewReader(file), &foxglove.LexerOptions{ValidateChunkCRCs: true})
	if err != nil {
		t.Fatal(err)
	}
	defer lexer.Close()
	for last := foxglove.TokenError; ; {
		token, _, err := lexer.Next(nil)
		if errors.Is(err, io.EOF) {
			if last != foxglove.TokenFooter {
				t.Fatalf("the file ends with %v", last)
			}
			return
		}
		if err != nil {
			t.Fatalf("the library's lexer: %v", err)
		}
		last = token
	}
}
