package scenewire

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// originList are the origins that may connect besides this server's own.
type originList struct {
	any     bool
	allowed []origin
}

// origin is a page's (RFC 6454): lower case, and without the scheme's own port.
type origin struct{ scheme, host string }

func newOriginList(allowed []string) (originList, error) {
	var l originList
	for _, text := range allowed {
		if text == "*" {
			l.any = true
			continue
		}
		o, err := parseOrigin(text)
		if err != nil {
			return l, fmt.Errorf("scenewire: Options.AllowedOrigins: %w", err)
		}
		l.allowed = append(l.allowed, o)
	}
	return l, nil
}

// parseOrigin parses an origin such as "https://example.org:8443" (RFC 6454 section 6.1).
func parseOrigin(text string) (origin, error) {
	u, err := url.Parse(text)
	if err != nil {
		return origin{}, err
	}
	if u.Scheme == "" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return origin{}, fmt.Errorf("%q is not an origin like https://example.org", text)
	}
	scheme := strings.ToLower(u.Scheme)
	return origin{scheme, withoutDefaultPort(scheme, u.Host)}, nil
}

func withoutDefaultPort(scheme, host string) string {
	switch scheme {
	case "http":
		host = strings.TrimSuffix(host, ":80")
	case "https":
		host = strings.TrimSuffix(host, ":443")
	}
	return strings.ToLower(host)
}

// check lets in what isn't a browser, pages of this server, and allowed ones. Without
// it any page that a user visits could connect to a server on their machine (RFC 6455
// section 10.2). A page that came without TLS isn't this server's if the WebSocket
// comes with it: others could have written it on the way.
func (l *originList) check(page string, from caller) error {
	if page == "" || l.any {
		return nil
	}
	o, err := parseOrigin(page)
	if err == nil {
		same := o.host == withoutDefaultPort(o.scheme, from.host)
		if same && (o.scheme == "https" || o.scheme == "http" && !from.secure) || slices.Contains(l.allowed, o) {
			return nil
		}
	}
	return fmt.Errorf("pages of %s may not connect to %s; Options.AllowedOrigins can let them", page, from.host)
}
