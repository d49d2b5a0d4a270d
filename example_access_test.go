package scenewire_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
)

// A server for the internet: TLS, and only those who have a token come in.
func ExampleOptions_authorize() {
	dir, err := os.MkdirTemp("", "scenewire")
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	certFile, keyFile, trusted := certificate(dir)
	users := map[string]string{"token-of-ada": "ada"}
	server, err := scenewire.New(&scenewire.Options{
		Addr:     "127.0.0.1:0", // ":443"
		CertFile: certFile,      // replaced files are taken without a restart
		KeyFile:  keyFile,
		Registry: registry(),
		Logger:   zap.NewNop(),
		Authorize: func(r *http.Request) (any, error) {
			token := r.URL.Query().Get("token") // a page's WebSocket can't send headers of its own
			if token == "" {
				return nil, scenewire.ErrUnauthorized
			}
			user, ok := users[token]
			if !ok {
				return nil, errors.New("nobody has this token")
			}
			return user, nil
		},
	})
	if err != nil {
		log.Fatal(err)
	}
	defer func() { _ = server.Close() }()
	arrived := make(chan any, 1)
	server.OnConnect(func(c *scenewire.Client) { arrived <- c.Identity() })
	addr, err := server.Listen()
	if err != nil {
		log.Fatal(err)
	}
	go func() { _ = server.ListenAndServe() }()

	for _, query := range []string{"", "?token=guessed", "?token=token-of-ada"} {
		fmt.Println(knock("https://"+addr.String()+"/"+query, trusted))
	}
	fmt.Println("welcome,", <-arrived)
	// Output:
	// 401 Unauthorized
	// 403 Forbidden
	// 101 Switching Protocols
	// welcome, ada
}

// knock makes the handshake of a WebSocket and returns the status of the answer.
func knock(url string, trusted *x509.CertPool) string {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		log.Fatal(err)
	}
	r.Header = http.Header{
		"Connection": {"Upgrade"}, "Upgrade": {"websocket"},
		"Sec-Websocket-Version": {"13"}, "Sec-Websocket-Key": {"dGhlIHNhbXBsZSBub25jZQ=="},
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: trusted}}
	defer transport.CloseIdleConnections()
	response, err := transport.RoundTrip(r)
	if err != nil {
		log.Fatal(err)
	}
	_ = response.Body.Close()
	return response.Status
}

// certificate writes one for this machine into dir, and returns the pool that trusts it.
func certificate(dir string) (certFile, keyFile string, trusted *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		log.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		log.Fatal(err)
	}
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{
		certFile: {Type: "CERTIFICATE", Bytes: cert}, keyFile: {Type: "PRIVATE KEY", Bytes: pkcs8},
	} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			log.Fatal(err)
		}
	}
	parsed, err := x509.ParseCertificate(cert)
	if err != nil {
		log.Fatal(err)
	}
	trusted = x509.NewCertPool()
	trusted.AddCert(parsed)
	return certFile, keyFile, trusted
}
