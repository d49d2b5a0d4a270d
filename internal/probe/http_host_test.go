package probe

import (
	"testing"

	"github.com/scenewire/scenewire"
)

// TestHost asks for other hosts, for none, and in other forms than by path.
func TestHost(t *testing.T) {
	s := attack(t, usualBudget, func(o *scenewire.Options) { o.Hosts = []string{"scene.example", "*.wide.example"} })
	s.run(t, []exchange{
		{name: "the server's own", send: get + "\r\n", want: "200 GET /a; usable"},
		{name: "none", send: "GET /a HTTP/1.1\r\n\r\n", want: "400"},
		{name: "two, different", send: get + "Host: evil.example\r\n\r\n", want: "400"},
		{name: "two, the same", send: get + "Host: {host}\r\n\r\n", want: "400"},
		{name: "two, in different capitals", send: get + "HOST: {host}\r\n\r\n", want: "400"},
		{name: "with a space", send: "GET /a HTTP/1.1\r\nHost: a b\r\n\r\n", want: "400"},
		{name: "with a slash", send: "GET /a HTTP/1.1\r\nHost: {host}/evil\r\n\r\n", want: "400"},
		{name: "with a user", send: "GET /a HTTP/1.1\r\nHost: evil@{host}\r\n\r\n", want: "400"},
		{name: "with a comma", send: "GET /a HTTP/1.1\r\nHost: {host}, evil.example\r\n\r\n", want: "400"},
		{name: "with a NUL", send: "GET /a HTTP/1.1\r\nHost: {host}\x00\r\n\r\n", want: "400"},
		{name: "on a folded line", send: "GET /a HTTP/1.1\r\nHost: {host}\r\n evil.example\r\n\r\n", want: "400"},
		{name: "of UTF-8", send: "GET /a HTTP/1.1\r\nHost: \u00ebvil\r\n\r\n", want: "400"},

		// What has no name can't be a page's name for this server.
		{name: "empty", send: "GET /a HTTP/1.1\r\nHost:\r\n\r\n", want: "200 GET /a; usable"},
		{name: "with a bad port", send: "GET /a HTTP/1.1\r\nHost: 127.0.0.1:http\r\n\r\n", want: "200 GET /a; usable"},
		{name: "foreign", send: "GET /a HTTP/1.1\r\nHost: evil.example\r\n\r\n", want: "421; usable"},
		{name: "foreign, that begins with the server's", send: "GET /a HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n", want: "421; usable"},
		{name: "none in HTTP/1.0", send: "GET /a HTTP/1.0\r\n\r\n", want: "200 GET /a"},
		{name: "absolute form overrides a foreign Host", send: "GET http://{host}/a HTTP/1.1\r\nHost: evil.example\r\n\r\n", want: "200 GET /a; usable"},
		{name: "absolute form of a foreign host", send: "GET http://evil.example/a HTTP/1.1\r\nHost: {host}\r\n\r\n", want: "421; usable"},
		// Only its path counts, like any other.
		{name: "absolute form of another scheme", send: "GET file:///etc/passwd HTTP/1.1\r\nHost: {host}\r\n\r\n", want: "200 GET /etc/passwd; usable"},
		{name: "the name of an allowed host", send: "GET /a HTTP/1.1\r\nHost: scene.example\r\n\r\n", want: "200 GET /a; usable"},
		{name: "below an allowed domain", send: "GET /a HTTP/1.1\r\nHost: a.b.WIDE.example.:80\r\n\r\n", want: "200 GET /a; usable"},
		{name: "an allowed domain itself", send: "GET /a HTTP/1.1\r\nHost: wide.example\r\n\r\n", want: "421; usable"},
		{name: "absolute form of the server's own", send: "GET http://{host}/a HTTP/1.1\r\nHost: {host}\r\n\r\n", want: "200 GET /a; usable"},
		{name: "absolute form without a Host", send: "GET http://{host}/a HTTP/1.1\r\n\r\n", want: "400"},
		// The target is the host that is asked for.
		{name: "CONNECT", send: "CONNECT evil.example:443 HTTP/1.1\r\nHost: {host}\r\n\r\n", want: "421; usable"},
		// Nothing is connected: the handler is asked, as for any method.
		{name: "CONNECT to the server itself", send: "CONNECT {host} HTTP/1.1\r\nHost: {host}\r\n\r\n", want: "200 CONNECT; usable"},
		{name: "CONNECT to a path", send: "CONNECT /a HTTP/1.1\r\nHost: {host}\r\n\r\n", want: "200 CONNECT /a; usable"},
		{name: "asterisk form", send: "OPTIONS * HTTP/1.1\r\nHost: {host}\r\n\r\n", want: "200 (0); usable"},
		{name: "asterisk form of a GET", send: "GET * HTTP/1.1\r\nHost: {host}\r\n\r\n", want: "200 GET *; usable"},
		// Its path is empty: that is the index page.
		{name: "authority form of a GET", send: "GET evil.example:80 HTTP/1.1\r\nHost: {host}\r\n\r\n", want: "200 (4); usable"},
	})
}
