package scenewire

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
	"go.uber.org/zap/zaptest/observer"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// authority signs certificates for tests.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pool *x509.CertPool
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test"}, NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	must(t, err)
	cert, err := x509.ParseCertificate(der)
	must(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return &authority{cert, key, pool}
}

// issue returns a certificate for localhost, and its key, in PEM.
func (a *authority) issue(t *testing.T, serial int64) (cert, key []byte) {
	t.Helper()
	own, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	must(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(serial), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"localhost"}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, own.Public(), a.key)
	must(t, err)
	pkcs8, err := x509.MarshalPKCS8PrivateKey(own)
	must(t, err)
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8})
}

// certFiles is a pair on disk.
type certFiles struct {
	*authority
	cert, key string
}

func newCertFiles(t *testing.T) *certFiles {
	t.Helper()
	dir := t.TempDir()
	f := &certFiles{newAuthority(t), filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")}
	f.replace(t, 1)
	return f
}

func (f *certFiles) replace(t *testing.T, serial int64) {
	t.Helper()
	cert, key := f.issue(t, serial)
	must(t, os.WriteFile(f.cert, cert, 0o600))
	must(t, os.WriteFile(f.key, key, 0o600))
}

// dial makes a TLS connection that checks the certificate.
func (a *authority) dial(t testing.TB, s *Server, protocols ...string) *tls.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", s.Addr().String())
	must(t, err)
	over := tls.Client(conn, &tls.Config{RootCAs: a.pool, ServerName: "localhost", NextProtos: protocols})
	must(t, over.HandshakeContext(t.Context()))
	return over
}

// served returns the serial number of the certificate that new connections get.
func (a *authority) served(t testing.TB, s *Server) int64 {
	t.Helper()
	conn := a.dial(t, s)
	defer func() { _ = conn.Close() }()
	return conn.ConnectionState().PeerCertificates[0].SerialNumber.Int64()
}

func TestFilesOverTLS(t *testing.T) {
	files := newCertFiles(t)
	core, logged := observer.New(zapcore.InfoLevel)
	s := serve(t, func(o *Options) {
		o.Root, o.CertFile, o.KeyFile, o.Logger = testSite(), files.cert, files.key, zap.New(core)
	})
	conn := files.dial(t, s, "h2", "http/1.1")
	defer func() { _ = conn.Close() }()
	if got := conn.ConnectionState().NegotiatedProtocol; got != "http/1.1" {
		t.Errorf("%q was agreed on", got)
	}
	if r := askOn(t, conn, "GET", "/", "Host: any.name.of.the.certificate"); r.StatusCode != 200 || bodyOf(t, r) != "<!doctype html><p>home" {
		t.Errorf("status %d", r.StatusCode)
	}
	if logged.FilterMessage("listening on https://"+s.Addr().String()+"/").Len() != 1 {
		t.Errorf("logged %v", logged.All())
	}
}

func TestPlainRequestToATLSPortIsToldSo(t *testing.T) {
	files := newCertFiles(t)
	core, logged := observer.New(zapcore.InfoLevel)
	s := serve(t, func(o *Options) { o.CertFile, o.KeyFile, o.Logger = files.cert, files.key, zap.New(core) })
	if r := ask(t, s, "GET", "/"); r.StatusCode != 400 || !strings.Contains(bodyOf(t, r), "HTTPS") {
		t.Errorf("status %d", r.StatusCode)
	}
	if loud := logged.FilterLevelExact(zapcore.WarnLevel).Len() + logged.FilterMessageSnippet("TLS handshake").Len(); loud != 0 {
		t.Errorf("a peer's mistake was logged: %v", logged.All())
	}
}

func TestCertificateIsReplacedWithoutARestart(t *testing.T) {
	files := newCertFiles(t)
	s := serve(t, func(o *Options) { o.CertFile, o.KeyFile = files.cert, files.key })
	if got := files.served(t, s); got != 1 {
		t.Fatalf("certificate %d", got)
	}
	files.replace(t, 2)
	eventually(t, "the new certificate is served", func() bool { return files.served(t, s) == 2 })
}

func TestBrokenCertificateLeavesTheOldOne(t *testing.T) {
	files := newCertFiles(t)
	core, logged := observer.New(zapcore.InfoLevel)
	loaded := &certificateFiles{cert: files.cert, key: files.key, logger: zap.New(core)}
	now := time.Now()
	must(t, loaded.load(now))
	look := func(want int64) {
		t.Helper()
		now = now.Add(certificateLook)
		leaf, err := x509.ParseCertificate(loaded.at(now).Certificate[0])
		must(t, err)
		if got := leaf.SerialNumber.Int64(); got != want {
			t.Errorf("certificate %d, want %d", got, want)
		}
	}
	look(1)
	cert, key := files.issue(t, 2)
	must(t, os.WriteFile(files.cert, cert, 0o600)) // a renewal that has written one file
	look(1)
	look(1)
	must(t, os.Remove(files.key)) // still broken, in another way
	look(1)
	if n := logged.FilterMessageSnippet("the old one stays").Len(); n != 1 {
		t.Errorf("it was told of %d times", n)
	}
	must(t, os.WriteFile(files.key, key, 0o600))
	now = now.Add(-certificateLook / 2) // too early for another look
	look(1)
	look(2)
	look(2)
	if n := logged.FilterMessage("the TLS certificate was replaced").Len(); n != 1 {
		t.Errorf("%d replacements were logged", n)
	}
	must(t, os.Remove(files.cert))
	look(2)
	if n := logged.FilterMessageSnippet("the old one stays").Len(); n != 2 {
		t.Errorf("of the second time it wasn't told")
	}
}

func TestTLSConfigBringsCertificates(t *testing.T) {
	a := newAuthority(t)
	cert, key := a.issue(t, 7)
	pair, err := tls.X509KeyPair(cert, key)
	must(t, err)
	config := &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS13}
	s := serve(t, func(o *Options) { o.TLSConfig = config })
	config.Certificates = nil // it was copied
	if got := a.served(t, s); got != 7 {
		t.Errorf("certificate %d", got)
	}
}

func TestTLSOptionsThatCannotWorkAreNamed(t *testing.T) {
	files := newCertFiles(t)
	for name, o := range map[string]Options{
		"one is nothing without": {CertFile: files.cert},
		"no such file":           {CertFile: files.cert, KeyFile: "none.pem"},
		"failed to find any PEM": {CertFile: os.Args[0], KeyFile: files.key},
		"has no certificate":     {TLSConfig: &tls.Config{MinVersion: tls.VersionTLS13}},
	} {
		if _, err := New(&o); err == nil || !strings.Contains(err.Error(), name) || !strings.Contains(err.Error(), "scenewire: Options.") {
			t.Errorf("%q isn't in %v", name, err)
		}
	}
}

func TestClientsOverTLS(t *testing.T) {
	files := newCertFiles(t)
	s := serve(t, func(o *Options) {
		o.CertFile, o.KeyFile = files.cert, files.key
		o.Authorize = func(r *http.Request) (any, error) { return r.TLS.Version, nil }
	})
	Handle(s, func(c *Client, n note) { _ = c.Send(n) })
	_, port, _ := net.SplitHostPort(s.Addr().String())
	dial := func(origin string) (*wstest.Client, error) {
		return wstest.Dial(net.JoinHostPort("localhost", port), wstest.Options{
			TLS: &tls.Config{RootCAs: files.pool, ServerName: "localhost"}, Subprotocols: []string{Subprotocol},
			Header: http.Header{"Origin": {origin + "://localhost:" + port}},
		})
	}
	if _, err := dial("http"); err == nil {
		t.Error("a page without TLS came in")
	}
	c, err := dial("https")
	must(t, err)
	defer func() { _ = c.Conn.Close() }()
	v := &viewer{Client: c, t: t, generation: wsproto.GenerationZstd, registry: s.opts.Registry, unzip: wsproto.NewDecompressor()}
	large := note{N: 1, Text: strings.Repeat("x", 1<<20)}
	v.send(large)
	v.expect(large)
	if got := clientOf(t, s, 0).Identity(); got != uint16(tls.VersionTLS13) {
		t.Errorf("identity %v", got)
	}
	// The certificate is replaced under the client's feet.
	files.replace(t, 2)
	eventually(t, "the new certificate is served", func() bool { return files.served(t, s) == 2 })
	v.send(note{N: 2})
	v.expect(note{N: 2})
	must(t, c.CloseNormally())
}
