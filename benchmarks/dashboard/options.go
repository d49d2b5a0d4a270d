package dashboard

import (
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/benchmarks/results"
)

// minTokenBytes is the length below which an admin token is refused: the limit on guesses
// keeps nobody from guessing a word.
const minTokenBytes = 8

// Options configures a [Dashboard]. The zero value of each field means its default.
type Options struct {
	// Name is what the page is headed with. Default: the server's name.
	Name string
	// AdminToken is what a page has to show before it may pause, flush and close clients,
	// and a load generator before it may say what it measures. It is a secret of at least
	// 8 bytes, better long and random, and the dashboard to be reached over TLS or from
	// this machine only. Default: none, everything is read-only.
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
	// Logger gets what the dashboard has to say. Default: warnings and errors go to
	// standard error.
	Logger *zap.Logger
}

func (o *Options) withDefaults(watched *scenewire.Server) Options {
	var c Options
	if o != nil {
		c = *o
	}
	if c.Name == "" && watched != nil {
		c.Name = watched.Name()
	}
	if c.Results == nil {
		c.Results = results.FS()
	}
	if c.Logger == nil {
		encoder := zapcore.NewConsoleEncoder(zap.NewDevelopmentEncoderConfig())
		c.Logger = zap.New(zapcore.NewCore(encoder, zapcore.Lock(os.Stderr), zap.WarnLevel)).Named("dashboard")
	}
	return c
}

// validate reports all fields that can't work, but for those that the server of the
// pages looks at.
func (o *Options) validate() error {
	var errs []error
	if n := len(o.AdminToken); n > 0 && n < minTokenBytes {
		errs = append(errs, fmt.Errorf("dashboard: Options.AdminToken: %d bytes, at least %d are needed", n, minTokenBytes))
	}
	return errors.Join(errs...)
}

// serverOptions are those of the server that the pages talk to.
func (o *Options) serverOptions() *scenewire.Options {
	return &scenewire.Options{
		Name: "", Registry: registry, Root: page(), Logger: o.Logger,
		Hosts: o.Hosts, AllowedOrigins: o.AllowedOrigins, TrustedProxies: o.TrustedProxies, Authorize: o.Authorize,
		MaxMessageBytes: 64 << 10, MaxMessagesPerSecond: 200, MaxBytesPerSecond: 1 << 20,
	}
}
