package scenewire

import (
	"errors"
	"fmt"
	"net/http"
	"path"
	"strings"
)

// front knows who may come in, and below which path. It is immutable.
type front struct {
	base    string // "" or like "/viewer"
	hosts   hostList
	origins originList
	proxies proxyList
}

// newFront reports all options that can't work, in one error.
func newFront(o *Options) (front, error) {
	var f front
	var errs [4]error
	f.base, errs[0] = parseBasePath(o.BasePath)
	f.hosts, errs[1] = newHostList(o.Hosts, o.Addr)
	f.origins, errs[2] = newOriginList(o.AllowedOrigins)
	f.proxies, errs[3] = newProxyList(o.TrustedProxies)
	return f, errors.Join(errs[:]...)
}

func parseBasePath(base string) (string, error) {
	trimmed := strings.TrimSuffix(base, "/")
	if trimmed == "" {
		return "", nil
	}
	if trimmed[0] != '/' || path.Clean(trimmed) != trimmed || strings.ContainsAny(trimmed, "?#%\\") {
		return "", fmt.Errorf("scenewire: Options.BasePath: %q is not like /viewer", base)
	}
	return trimmed, nil
}

// enter returns the request as the rest of the server is to see it: with the path
// below the base path, and the address and host that trusted proxies tell. False: it
// is answered.
func (f *front) enter(w http.ResponseWriter, r *http.Request) (*http.Request, caller, bool) {
	r, ok := f.belowBase(w, r)
	if !ok {
		return nil, caller{}, false
	}
	from := f.proxies.caller(r)
	if from.forwarded {
		seen := *r
		seen.Host = from.host
		if from.addr.IsValid() {
			seen.RemoteAddr = from.addr.String()
		}
		return &seen, from, true
	}
	return r, from, true
}

// belowBase takes the base path off. The redirect to the path with a slash, without
// which a page's relative links would miss the base path, is relative itself: a proxy
// may have taken off a prefix before.
func (f *front) belowBase(w http.ResponseWriter, r *http.Request) (*http.Request, bool) {
	if f.base == "" {
		return r, true
	}
	rest, ok := strings.CutPrefix(r.URL.Path, f.base)
	switch {
	case !ok || rest != "" && rest[0] != '/':
		http.NotFound(w, r)
		return nil, false
	case rest == "" && !isUpgrade(r):
		redirectBelow(w, r, path.Base(f.base))
		return nil, false
	}
	seen, u := *r, *r.URL
	u.Path = rest
	u.RawPath = ""
	if raw, ok := strings.CutPrefix(r.URL.RawPath, f.base); ok {
		u.RawPath = raw
	}
	seen.URL = &u
	return &seen, true
}

// redirectBelow sends a browser from ".../name" to ".../name/".
func redirectBelow(w http.ResponseWriter, r *http.Request, name string) {
	target := *r.URL
	target.Scheme, target.Host, target.User = "", "", nil
	target.Path, target.RawPath = "./"+name+"/", ""
	w.Header().Set("Cache-Control", "no-cache")
	w.Header().Set("Location", target.String())
	w.WriteHeader(http.StatusPermanentRedirect)
}
