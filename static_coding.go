package scenewire

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

const (
	minCompressed = 512 // bytes; below, headers outweigh what is saved
	// maxZstdWindow is what a browser need not exceed (RFC 9659).
	maxZstdWindow = 8 << 20
)

// coding is a form in which a file is sent (RFC 9110 section 8.4.1).
type coding struct {
	index  int
	name   string // in Accept-Encoding
	suffix string // of the ETag
}

var (
	zstdCoding = coding{0, "zstd", "-zstd"}
	gzipCoding = coding{1, "gzip", "-gzip"}
	identity   = coding{2, "identity", ""}
	// codings are in the order of our preference.
	codings = [...]coding{zstdCoding, gzipCoding, identity}
)

const codingCount = 2 // that compress

func (c coding) compress(plain []byte) []byte {
	if c == gzipCoding {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write(plain)
		_ = z.Close()
		return b.Bytes()
	}
	z, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBetterCompression),
		zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(maxZstdWindow))
	if err != nil {
		return plain
	}
	defer func() { _ = z.Close() }()
	return z.EncodeAll(plain, nil)
}

// acceptedCodings returns the codings that a client takes, the best first (RFC 9110
// section 12.5.3). Identity is last unless it is named: whoever names another wants it.
func acceptedCodings(h http.Header) []coding {
	weights := [len(codings)]float64{}
	named := map[string]float64{}
	for _, line := range h.Values("Accept-Encoding") {
		for part := range strings.SplitSeq(line, ",") {
			name, params, _ := strings.Cut(part, ";")
			named[strings.ToLower(strings.TrimSpace(name))] = weight(params)
		}
	}
	for i, c := range codings {
		q, ok := named[c.name]
		if !ok && c == gzipCoding {
			q = named["*"] // every client that means it can do gzip, not zstd
		}
		weights[i] = q
	}
	accepted := slices.DeleteFunc(slices.Clone(codings[:]), func(c coding) bool { return weights[c.index] == 0 })
	slices.SortStableFunc(accepted, func(a, b coding) int { return cmp.Compare(weights[b.index], weights[a.index]) })
	return accepted
}

// weight parses ";q=0.5" (RFC 9110 section 12.4.2); what can't be parsed is refused.
func weight(params string) float64 {
	params = strings.TrimSpace(params)
	if params == "" {
		return 1
	}
	text, ok := strings.CutPrefix(strings.ToLower(params), "q=")
	q, err := strconv.ParseFloat(text, 64)
	if !ok || err != nil || !(q >= 0 && q <= 1) {
		return 0
	}
	return q
}
