package scenewire

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// FuzzHosts compares the check of the Host header with one that takes names apart by
// net/url. What net/url doesn't take for a host is for net/http to refuse.
func FuzzHosts(f *testing.F) {
	l, err := newHostList([]string{"scene.example", "*.wide.example"}, "10.1.2.3:80")
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		"", "localhost", "a.localhost:80", "scene.example", "SCENE.example.:8080", "x.wide.example", "wide.example",
		"evil.example", "scene.example.evil", "[::1]:80", "[fe80::1%25eth0]", "127.0.0.1", "127.1", "0x7f.1", "10.1.2.3.evil",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, host string) {
		got := l.allows(host)
		u, err := url.Parse("http://" + host + "/")
		if err != nil || u.Host != host {
			return
		}
		name := strings.ToLower(strings.TrimSuffix(u.Hostname(), "."))
		_, err = netip.ParseAddr(name)
		want := name == "" || err == nil || name == "scene.example" || strings.HasSuffix(name, ".wide.example") ||
			strings.HasSuffix(name, ".localhost") || slices.Contains(ownNames(), name)
		if got != want {
			t.Fatalf("allows(%q) is %v, by its name %q it should be %v", host, got, name, want)
		}
	})
}

// FuzzOrigins checks that only an allowed origin, or the one whose host was asked for,
// gets in, however it is spelled.
func FuzzOrigins(f *testing.F) {
	l, err := newOriginList([]string{"https://friend.example", "http://127.0.0.1:3000"})
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range [][2]string{
		{"https://friend.example", "h"},
		{"HTTPS://FRIEND.example:443/", "h"},
		{"http://h:80", "h"},
		{"null", "h"},
		{"http://h@evil.example", "h"},
		{"http://h.evil", "h"},
		{"file://", ""},
		{"https://h", "h:443"},
		{"http://[::1]:5", "[::1]:5"},
	} {
		f.Add(seed[0], seed[1], false)
		f.Add(seed[0], seed[1], true)
	}
	f.Fuzz(func(t *testing.T, page, host string, secure bool) {
		if l.check(page, caller{host: host, secure: secure}) != nil || page == "" {
			return
		}
		u, err := url.Parse(page)
		if err != nil {
			t.Fatalf("%q may connect to %q", page, host)
		}
		scheme, pageHost := strings.ToLower(u.Scheme), strings.ToLower(u.Host)
		friend := scheme == "https" && (pageHost == "friend.example" || pageHost == "friend.example:443") ||
			scheme == "http" && pageHost == "127.0.0.1:3000"
		port := map[string]string{"http": ":80", "https": ":443"}[scheme]
		bare := func(s string) string { return strings.TrimSuffix(strings.ToLower(s), port) }
		own := bare(pageHost) == bare(host) && (scheme == "https" || scheme == "http" && !secure)
		if !friend && !own {
			t.Fatalf("%q may connect to %q, secure: %v", page, host, secure)
		}
	})
}

// FuzzForwarded checks that X-Forwarded-* headers of strangers mean nothing, and that
// those of trusted proxies never give an address that nobody wrote.
func FuzzForwarded(f *testing.F) {
	l, err := newProxyList([]string{"10.0.0.0/8", "fd00::/8", "192.0.2.1"})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("10.0.0.1:80", "1.2.3.4", "h", "https")
	f.Add("10.0.0.1:80", "evil, 1.2.3.4:5, 10.9.9.9", "a, b", "http,https")
	f.Add("8.8.8.8:80", "10.0.0.1", "h", "https")
	f.Add("[::ffff:10.0.0.1]:80", "[2001:db8::1]:5, fd00::1%eth0", "", "")
	f.Add("@", "1.2.3.4", "", "")
	f.Fuzz(func(t *testing.T, peer, chain, host, proto string) {
		r := &http.Request{Host: "direct", RemoteAddr: peer, Header: http.Header{
			"X-Forwarded-For": {chain}, "X-Forwarded-Host": {host}, "X-Forwarded-Proto": {proto},
		}}
		c := l.caller(r)
		addr, err := netip.ParseAddrPort(peer)
		if err != nil || !l.trusts(plainAddr(addr.Addr())) {
			if c.forwarded || c.host != "direct" || c.secure || err == nil && c.addr.Addr() != plainAddr(addr.Addr()) {
				t.Fatalf("a stranger's headers gave %+v", c)
			}
			return
		}
		written := slices.ContainsFunc(forwardedList(r.Header, "X-Forwarded-For"), func(text string) bool {
			a, ok := parseForwardedAddr(text)
			return ok && a == c.addr
		})
		if !c.forwarded || !written && c.addr.Addr() != plainAddr(addr.Addr()) || !c.addr.IsValid() {
			t.Fatalf("%q by %q gave %+v", chain, peer, c)
		}
		if c.host != "direct" && !slices.Contains(forwardedList(r.Header, "X-Forwarded-Host"), c.host) {
			t.Fatalf("the host %q of %q", c.host, host)
		}
	})
}

// FuzzSubprotocol checks that what is agreed on was offered, and that a version is let in
// only if it is the wanted one.
func FuzzSubprotocol(f *testing.F) {
	for _, seed := range []string{"scenewire.v1", "viser-v1.0.21", "viser-v1.0.16", "viser-v1.0.-1", "viser-v", "viser-v99999999999999999999.0.0", "chat"} {
		f.Add(seed, "b")
		f.Add("a", seed)
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		offered := []string{first, second}
		every, only := Protocol{}, Protocol{ViserVersion: "1.0.21"}
		got, strict := every.agree(offered), only.agree(offered)
		if got.subprotocol != "" && !slices.Contains(offered, got.subprotocol) {
			t.Fatalf("%q was never offered", got.subprotocol)
		}
		if got.refusal != "" || got.subprotocol != strict.subprotocol || got.generation != strict.generation {
			t.Fatalf("any version: %+v, one version: %+v", got, strict)
		}
		version, viser := strings.CutPrefix(got.subprotocol, viserPrefix)
		if refused := strict.refusal != ""; refused != (viser && version != "1.0.21") {
			t.Fatalf("%q refused: %v", got.subprotocol, refused)
		}
		if got.generation == wsproto.GenerationPlain && !viser {
			t.Fatalf("%q is spoken to as to an old version", got.subprotocol)
		}
	})
}

// FuzzResumption checks that what a client offers to resume is read as it was written, and
// that anything else resumes nothing.
func FuzzResumption(f *testing.F) {
	for _, seed := range []string{
		"scenewire.resume", "scenewire.resume.1.2.3.abc", "scenewire.resume.1.2.3.-", "scenewire.resume.9007199254740992.1.1.x",
		"scenewire.resume.1.2.3.a.b", "scenewire.resumed", "scenewire.resume.+1.2.3.x", "scenewire.resume....",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, offer string) {
		r := offeredResumption([]string{Subprotocol, offer})
		if r.wanted != (offer == resumeOffer || strings.HasPrefix(offer, resumeOffer+".")) {
			t.Fatalf("%q: %+v", offer, r)
		}
		if r == (resumption{wanted: r.wanted}) {
			return
		}
		again := wstest.Ticket{Epoch: r.epoch, Seq: r.seq, Own: r.own, Session: r.session}
		if again.Epoch == 0 {
			again.Epoch = 1 // of no server
			r.epoch = 1
		}
		if got := offeredResumption(again.Offers()); got != r {
			t.Fatalf("%q is %+v, written again %+v", offer, r, got)
		}
	})
}

// FuzzControl checks that no control message makes a client's hints mean anything that
// they must not.
func FuzzControl(f *testing.F) {
	for _, seed := range []string{
		`{"seq":1,"own":2}`, `{"hidden":true,"maxRate":0.5}`, `{"maxRate":1e400}`, `{"maxRate":-0.0}`, `{"resync":18446744073709551615}`,
		`{"seq":-1}`, `{"seq":1e3}`, `{"type":"note"}`, `null`, `[]`, `{"HIDDEN":true,"hidden":false}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, payload []byte) {
		m, err := parseControl(payload)
		if err != nil {
			return
		}
		h := hints{hidden: m.Hidden != nil && *m.Hidden}
		if m.MaxRate != nil {
			h.maxRate = *m.MaxRate
		}
		if d := h.interval(); d < 0 || d > maxHintedInterval || h.hidden && d < hiddenInterval {
			t.Fatalf("%s: an interval of %v", payload, d)
		}
	})
}

// FuzzAcceptEncoding checks that a file's form was asked for, that its list may be in one
// header or in two, and that its last word on a form counts.
func FuzzAcceptEncoding(f *testing.F) {
	for _, seed := range []string{"gzip, deflate, br, zstd", "gzip;q=0, *", "zstd;q=0.5,gzip;q=0.50001", "identity;q=1, *;q=0", "gzip;q=NaN", "GZIP ; Q=1", ";,;"} {
		f.Add(seed, 3)
	}
	accepted := func(lines ...string) string {
		var names []string
		for _, c := range acceptedCodings(http.Header{"Accept-Encoding": lines}) {
			names = append(names, c.name)
		}
		return strings.Join(names, " ")
	}
	f.Fuzz(func(t *testing.T, line string, at int) {
		got := accepted(line)
		for name := range strings.FieldsSeq(got) {
			if lower := strings.ToLower(line); !strings.Contains(lower, name) && (name != "gzip" || !strings.Contains(lower, "*")) {
				t.Fatalf("%q takes %s", line, name)
			}
		}
		if parts := strings.Split(line, ","); len(parts) > 1 {
			n := 1 + int(uint(at)%uint(len(parts)-1))
			if two := accepted(strings.Join(parts[:n], ","), strings.Join(parts[n:], ",")); two != got {
				t.Fatalf("%q takes %s, in two lines %s", line, got, two)
			}
		}
		if with := accepted(line + ",zstd"); !strings.Contains(with, "zstd") {
			t.Fatalf("%q and zstd takes %s", line, with)
		}
		if without := accepted(line + ",gzip;q=0"); strings.Contains(without, "gzip") {
			t.Fatalf("%q and no gzip takes %s", line, without)
		}
	})
}
