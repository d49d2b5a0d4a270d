package dashboard

import (
	"io/fs"
	"net/http"

	"go.uber.org/zap"
)

// Options configures a [Dashboard]. The zero value of each field means its default.
type Options struct {
	// Name is what the page is headed with. Default: the server's name.
	Name string
	// AdminToken is what a page has to show before it may pause, flush and close clients,
	// and a load generator before it may say what it measures. It is a secret, so it is to
	// be long and random, and the dashboard to be reached over TLS or from this machine.
	// Default: none, everything is read-only.
	AdminToken string
	// Authorize is asked before anybody may watch, as [scenewire.Options] says. The page
	// itself is for everybody: it has no figures in it. Default: everybody may watch.
	Authorize func(*http.Request) (identity any, err error)
	// Hosts, AllowedOrigins and TrustedProxies are the fields of the same names of
	// [scenewire.Options], and mostly the same as those of the server that is watched.
	Hosts          []string
	AllowedOrigins []string
	TrustedProxies []string
	// Results has the runs of the history: files as benchmarks/results has them. They are
	// read when a page asks. Default: those of this module.
	Results fs.FS
	// Logger gets what the dashboard has to say. Default: as [scenewire.Options] has it,
	// from warnings on.
	Logger *zap.Logger
}
