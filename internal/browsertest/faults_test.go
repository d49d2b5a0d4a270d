package browsertest

import (
	"bytes"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/scenewire/scenewire/wsproto"
)

// corruptWindow is the code with which the TypeScript client closes a connection
// that brought a window it can't decode.
const corruptWindow wsproto.CloseCode = 4007

func TestClientReportsACorruptWindowAndRecovers(t *testing.T) {
	server := startPlayground(t)
	between := startProxy(t, server.url())
	p := openTab(t, "A", between.url)
	junk := bytes.Repeat([]byte{0xc1}, 64) // 0xc1 is never used in MessagePack
	faults := []struct {
		name   string
		opcode wsproto.Opcode
		window []byte
	}{
		{"shorter than its size field", wsproto.OpBinary, junk[:5]},
		{"a size beyond every limit", wsproto.OpBinary, append([]byte{0, 0, 0, 0, 0, 1, 0, 0}, junk...)},
		{"no zstd", wsproto.OpBinary, append([]byte{64, 0, 0, 0, 0, 0, 0, 0}, junk...)},
		{"no MessagePack", wsproto.OpBinary, wsproto.AppendZstdRawFrame([]byte{64, 0, 0, 0, 0, 0, 0, 0}, junk)},
		{"text", wsproto.OpText, []byte("Hello")},
	}
	for i, fault := range faults {
		between.replaceNext(fault.opcode, fault.window)
		if code := between.nextClose(t); code != corruptWindow {
			t.Errorf("%s: the client closed with %v, want %v", fault.name, code, corruptWindow)
		}
		p.eventually("the next connection", func() error {
			if got := between.connections(); got < i+2 {
				return fmt.Errorf("%d connections, want %d", got, i+2)
			}
			return p.snapshot().whole()
		})
	}
	other := openTab(t, "B", server.url())
	waitForSameScene(p, other)
}

func TestCorruptWindowIsAskedForAgain(t *testing.T) {
	s := startSite(t)
	between := startProxy(t, s.http.URL)
	s.set("before", 1)
	p := openPage(t, "page", between.url)
	whole := p.waitFor("the scene", func(l look) bool { return l.Values["before"] == 1 })
	between.replaceNext(wsproto.OpBinary, []byte("no window"))
	s.set("lost", 2)
	after := p.waitFor("what was lost", func(l look) bool { return l.Values["lost"] == 2 })
	if after.Resets != 0 || after.ID != whole.ID || len(after.Errors) != 1 || after.Things != 2 {
		t.Errorf("after %+v\nthe page has noted %+v", whole, after)
	}
}

// proxy stands between a page and its server. It can replace a window, and break down.
type proxy struct {
	url        string
	closes     chan wsproto.CloseCode // of each close frame that the page sends
	fromServer atomic.Int64           // bytes on connections that became WebSockets

	mu    sync.Mutex
	next  []byte // the frame that replaces the next window; nil: none does
	down  bool
	lines map[*line]bool
	count int // of lines, ever
}

func startProxy(t *testing.T, target string) *proxy {
	t.Helper()
	to, err := url.Parse(target)
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{closes: make(chan wsproto.CloseCode, 16), lines: map[*line]bool{}}
	forward := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(to)
			r.Out.Host = r.In.Host // the server compares it with the page's origin
		},
		ModifyResponse: p.intercept,
		ErrorLog:       log.New(io.Discard, "", 0), // of connections that are cut off
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.isDown() {
			panic(http.ErrAbortHandler)
		}
		forward.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

// intercept takes over what an upgraded connection carries.
func (p *proxy) intercept(response *http.Response) error {
	if response.StatusCode != http.StatusSwitchingProtocols {
		return nil
	}
	conn, ok := response.Body.(io.ReadWriteCloser)
	if !ok {
		return fmt.Errorf("%T can't be written to", response.Body)
	}
	l := &line{ReadWriteCloser: conn, proxy: p}
	l.fromServer.Init(wsproto.Client, 0)
	l.fromPage.Init(wsproto.Server, 0)
	response.Body = l
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lines[l] = true
	p.count++
	return nil
}

func (p *proxy) isDown() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.down
}

// setDown breaks all connections and lets none in, or lets them in again.
func (p *proxy) setDown(down bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.down = down
	for l := range p.lines {
		if down {
			l.Close()
			delete(p.lines, l)
		}
	}
}

// connections returns how many WebSockets there have been.
func (p *proxy) connections() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count
}

// replaceNext makes a frame of this kind take the place of the next window.
func (p *proxy) replaceNext(opcode wsproto.Opcode, payload []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.next = wsproto.AppendFrame(nil, opcode, payload)
}

// appendFrame appends the frame of an event, or what replaces it.
func (p *proxy) appendFrame(dst []byte, event wsproto.Event) []byte {
	p.mu.Lock()
	defer p.mu.Unlock()
	if event.Opcode == wsproto.OpBinary && p.next != nil {
		dst = append(dst, p.next...)
		p.next = nil
		return dst
	}
	return wsproto.AppendFrame(dst, event.Opcode, event.Payload)
}

// nextClose returns the code of the next close frame from the page.
func (p *proxy) nextClose(t *testing.T) wsproto.CloseCode {
	t.Helper()
	select {
	case code := <-p.closes:
		return code
	case <-time.After(patience):
		t.Fatal("the client didn't close the connection")
		return 0
	}
}

// line is one connection to the server. One goroutine reads it, one writes.
type line struct {
	io.ReadWriteCloser
	proxy                *proxy
	fromServer, fromPage wsproto.Parser
	ready                []byte // read from the server, not yet by the proxy
}

// Read passes on what the server sends, frame by frame.
func (l *line) Read(b []byte) (int, error) {
	chunk := make([]byte, len(b))
	for len(l.ready) == 0 {
		n, err := l.ReadWriteCloser.Read(chunk)
		l.proxy.fromServer.Add(int64(n))
		if n == 0 && err != nil {
			return 0, err
		}
		err = events(&l.fromServer, chunk[:n], func(event wsproto.Event) {
			l.ready = l.proxy.appendFrame(l.ready, event)
		})
		if err != nil {
			return 0, err
		}
	}
	n := copy(b, l.ready)
	l.ready = l.ready[n:]
	return n, nil
}

// Write passes on what the page sends, and takes notice of close frames.
func (l *line) Write(b []byte) (int, error) {
	err := events(&l.fromPage, bytes.Clone(b), func(event wsproto.Event) {
		if event.Opcode == wsproto.OpClose {
			code, _ := wsproto.ParseClose(event.Payload)
			l.proxy.closes <- code
		}
	})
	if err != nil {
		return 0, err
	}
	return l.ReadWriteCloser.Write(b)
}

// events calls fn with every event in a part of a stream, which the parser
// unmasks where it is.
func events(parser *wsproto.Parser, part []byte, fn func(wsproto.Event)) error {
	for {
		event, n, err := parser.Next(part)
		if err != nil {
			return err
		}
		if event.Opcode == 0 {
			return nil
		}
		part = part[n:]
		fn(event)
	}
}
