package scenewire

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

var updateCloseCodes = flag.Bool("update-close-codes", false, "write docs/close-codes.md from testdata/close_codes.json")

const (
	closeCodesTable = "testdata/close_codes.json"
	closeCodesDoc   = "docs/close-codes.md"
)

// closeCodeRow is a line of the table that the TypeScript client's tests read, too.
type closeCodeRow struct {
	Code      CloseCode
	Constant  string // in wsproto behind "Close", in TypeScript as it is
	Name      string
	From      string // server, page, both, or nobody
	Reconnect string // what the TypeScript client does after it
	Server    string // when the server sends it, or what OnDisconnect means by it
	Page      string // the same for the page
}

func (r closeCodeRow) fromServer() bool { return r.From == "server" || r.From == "both" }

func closeCodeRows(t *testing.T) []closeCodeRow {
	t.Helper()
	text, err := os.ReadFile(closeCodesTable)
	must(t, err)
	var rows []closeCodeRow
	must(t, json.Unmarshal(text, &rows))
	return rows
}

func TestCloseCodesAreNamedAlike(t *testing.T) {
	for _, row := range closeCodeRows(t) {
		if want := strings.TrimSpace(fmt.Sprintf("%d %s", row.Code, row.Name)); row.Code.String() != want {
			t.Errorf("%q in Go, %q in the table", row.Code, want)
		}
		if row.From != "" && !row.Code.Sendable() {
			t.Errorf("%v may not be sent", row.Code)
		}
	}
}

// The codes in the source are those that the table says the server sends.
func TestCloseCodesOfTheSourceAreInTheTable(t *testing.T) {
	byConstant := map[string]closeCodeRow{}
	want := map[string]bool{}
	for _, row := range closeCodeRows(t) {
		byConstant["Close"+row.Constant] = row
		if row.fromServer() {
			want["Close"+row.Constant] = true
		}
	}
	got := map[string]bool{}
	for _, dir := range []string{".", "loop", "wsproto"} {
		for _, name := range usedNames(t, dir) {
			if row, ok := byConstant[name]; ok && row.Code.Sendable() {
				got[name] = true
			}
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("the source sends %v, the table says %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
	}
}

// usedNames lists the identifiers in a package's code, but for the declarations of codes.
func usedNames(t *testing.T, dir string) (names []string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	must(t, err)
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		must(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ValueSpec:
				return filepath.Base(file) != "close.go" // where they are declared
			case *ast.FuncDecl:
				return n.Name.Name != "Sendable"
			case *ast.Ident:
				names = append(names, n.Name)
			}
			return true
		})
	}
	return names
}

// Each code that the server is said to send is sent, for the stated reason.
func TestCloseCodesAreSent(t *testing.T) {
	unprovoked := []CloseCode{
		wsproto.CloseInternalError, // needs a fault of ours
	}
	for _, row := range closeCodeRows(t) {
		provoke := closeCodeScenes[row.Code]
		switch {
		case !row.fromServer() || slices.Contains(unprovoked, row.Code):
			if provoke != nil {
				t.Errorf("the table says that %v isn't sent", row.Code)
			}
		case provoke == nil:
			t.Errorf("%v is in the table, and nothing here provokes it", row.Code)
		default:
			t.Run(row.Constant, func(t *testing.T) { expectClosed(t, provoke(t), row.Code) })
		}
	}
}

// expectClosed reads what the server sends up to its close frame.
func expectClosed(t *testing.T, c *wstest.Client, want CloseCode) {
	t.Helper()
	for {
		ev, err := c.Next()
		must(t, err)
		if ev.Opcode != wsproto.OpClose {
			continue
		}
		if code, reason := wsproto.ParseClose(ev.Payload); code != want || reason == "" {
			t.Errorf("closed with %v %q, want %v and a reason", code, reason, want)
		}
		_ = c.Conn.Close()
		return
	}
}

// closeCodeScenes provoke the codes.
var closeCodeScenes = map[CloseCode]func(*testing.T) *wstest.Client{
	wsproto.CloseNormal: func(t *testing.T) *wstest.Client {
		return join(t, serve(t, func(o *Options) { o.IdleTimeout = 10 * time.Millisecond })).Client
	},
	wsproto.CloseGoingAway: func(t *testing.T) *wstest.Client {
		s := serve(t, nil)
		v := join(t, s)
		go func() { _ = s.Shutdown(within(t, wstest.Timeout)) }()
		return v.Client
	},
	wsproto.CloseProtocolError: func(t *testing.T) *wstest.Client {
		s := serve(t, func(o *Options) { o.Protocol.ViserVersion = "1.0.21" })
		return joinAs(t, s, wsproto.GenerationZstd, wstest.Options{Subprotocols: []string{"viser-v0.0.1"}}).Client
	},
	wsproto.CloseInvalidPayload: func(t *testing.T) *wstest.Client {
		v := join(t, serve(t, nil))
		must(t, v.Write(wsproto.OpText, []byte{0xff}))
		return v.Client
	},
	wsproto.ClosePolicyViolation: func(t *testing.T) *wstest.Client {
		v := join(t, serve(t, func(o *Options) { o.MaxBadMessages = 1 }))
		must(t, v.Write(wsproto.OpBinary, []byte{0xc1}))
		return v.Client
	},
	wsproto.CloseMessageTooBig: func(t *testing.T) *wstest.Client {
		v := join(t, serve(t, func(o *Options) { o.MaxMessageBytes = 10 }))
		must(t, v.Write(wsproto.OpBinary, make([]byte, 11)))
		return v.Client
	},
	wsproto.CloseServiceRestart: tooFarBehind,
	wsproto.CloseUnauthorized:   func(t *testing.T) *wstest.Client { return joinGuarded(t, ErrUnauthorized) },
	wsproto.CloseForbidden:      func(t *testing.T) *wstest.Client { return joinGuarded(t, errors.New("not you")) },
	wsproto.CloseTryAgainLater: func(t *testing.T) *wstest.Client {
		s := serve(t, func(o *Options) { o.MaxQueueMessages = 1 })
		v := join(t, s)
		c := clientOf(t, s, 0)
		_ = c.Atomic(func(b *Batch) error {
			for i := range 2 {
				must(t, b.Send(note{N: i}))
			}
			return nil
		})
		return v.Client
	},
}

// joinGuarded is a client that Authorize answers with err.
func joinGuarded(t *testing.T, err error) *wstest.Client {
	s := serve(t, func(o *Options) { o.Authorize = func(*http.Request) (any, error) { return nil, err } })
	return joinAs(t, s, wsproto.GenerationZstd, wstest.Options{Subprotocols: []string{Subprotocol}}).Client
}

// tooFarBehind is a client whose cursor lies before a removal that was dropped.
func tooFarBehind(t *testing.T) *wstest.Client {
	s := serveNodes(t, nil)
	v := join(t, s)
	clientOf(t, s, 0)
	must(t, s.Broadcast(node{Name: "a"})) // leaves at once, and the next ones wait for a flush
	v.expect(node{Name: "a"})
	must(t, s.Broadcast(gone{Name: "a"}))
	s.log.Expire(0, 0)
	s.log.Expire(time.Hour, s.log.Next()) // as if everybody had passed
	must(t, s.Broadcast(note{}))
	s.Flush()
	return v.Client
}

// The table for readers is made from the one for tests.
func TestCloseCodesAreDocumented(t *testing.T) {
	const begin, end = "<!-- from testdata/close_codes.json -->\n", "<!-- end -->\n"
	text, err := os.ReadFile(closeCodesDoc)
	must(t, err)
	head, rest, ok := strings.Cut(string(text), begin)
	old, tail, ok2 := strings.Cut(rest, end)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table", closeCodesDoc)
	}
	table := closeCodesMarkdown(closeCodeRows(t))
	if *updateCloseCodes {
		must(t, os.WriteFile(closeCodesDoc, []byte(head+begin+table+end+tail), 0o644))
	} else if old != table {
		t.Errorf("%s isn't what `go test . -update-close-codes` writes", closeCodesDoc)
	}
}

func closeCodesMarkdown(rows []closeCodeRow) string {
	var b strings.Builder
	b.WriteString("| code | name | the server | the page | the TypeScript client reconnects |\n|---|---|---|---|---|\n")
	for _, r := range rows {
		_, _ = fmt.Fprintf(&b, "| %d | `%s` | %s | %s | %s |\n", r.Code, r.Constant, r.Server, r.Page, r.Reconnect)
	}
	return b.String()
}
