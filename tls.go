package scenewire

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"go.uber.org/zap"
)

// certificateLook is how often the certificate's files are looked at, at most.
const certificateLook = time.Second

// usesTLS says whether what listens speaks TLS.
func (s *Server) usesTLS() bool { return s.tls != nil }

// newTLSConfig returns nil without TLS.
func newTLSConfig(o *Options) (*tls.Config, error) {
	if (o.CertFile == "") != (o.KeyFile == "") {
		return nil, errors.New("scenewire: Options.CertFile, KeyFile: one is nothing without the other")
	}
	c := o.TLSConfig
	if o.CertFile == "" {
		if c != nil && len(c.Certificates) == 0 && c.GetCertificate == nil && c.GetConfigForClient == nil {
			return nil, errors.New("scenewire: Options.TLSConfig: has no certificate")
		}
		return c.Clone(), nil
	}
	files := &certificateFiles{cert: o.CertFile, key: o.KeyFile, logger: o.Logger}
	if err := files.load(time.Now()); err != nil {
		return nil, fmt.Errorf("scenewire: Options.CertFile, KeyFile: %w", err)
	}
	if c = c.Clone(); c == nil {
		c = &tls.Config{}
	}
	c.Certificates = nil
	c.GetCertificate = files.certificate
	return c, nil
}

// certificateFiles is a certificate that can be replaced while the server runs.
type certificateFiles struct {
	cert, key string
	logger    *zap.Logger

	mu      sync.Mutex // guards all below
	looked  time.Time
	seen    [2]fs.FileInfo // the files that were read last; nil: unreadable
	failing bool           // and it was told
	current *tls.Certificate
}

// certificate returns the newest whole pair; it is asked at every TLS handshake.
func (f *certificateFiles) certificate(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	return f.at(time.Now()), nil
}

func (f *certificateFiles) at(now time.Time) *tls.Certificate {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now.Sub(f.looked) >= certificateLook {
		f.reloadLocked(now)
	}
	return f.current
}

// reloadLocked keeps the old pair if the new one is broken, as it is while only one of
// the two files has been replaced.
func (f *certificateFiles) reloadLocked(now time.Time) {
	f.looked = now
	if seen := f.stat(); sameFile(seen[0], f.seen[0]) && sameFile(seen[1], f.seen[1]) {
		return
	}
	err := f.load(now)
	switch {
	case err == nil:
		f.logger.Info("the TLS certificate was replaced")
	case !f.failing:
		f.logger.Warn("the new TLS certificate can't be used; the old one stays", zap.Error(err))
	}
	f.failing = err != nil
}

// load reads the pair. The files are looked at before: what changes meanwhile differs
// from that at the next look.
func (f *certificateFiles) load(now time.Time) error {
	f.looked = now
	f.seen = f.stat()
	pair, err := tls.LoadX509KeyPair(f.cert, f.key)
	if err != nil {
		return err
	}
	f.current = &pair
	return nil
}

func (f *certificateFiles) stat() (seen [2]fs.FileInfo) {
	for i, name := range [...]string{f.cert, f.key} {
		if info, err := os.Stat(name); err == nil {
			seen[i] = info
		}
	}
	return seen
}

// sameFile says whether two looks at a file saw the same content.
func sameFile(a, b fs.FileInfo) bool {
	if a == nil || b == nil {
		return a == nil && b == nil
	}
	return os.SameFile(a, b) && a.ModTime().Equal(b.ModTime()) && a.Size() == b.Size()
}
