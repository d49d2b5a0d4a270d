package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"go.uber.org/zap"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/cmd/scenerec/page"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// drainTime is how long open requests may take to end.
const drainTime = 2 * time.Second

// serveReport is what play says as JSON, when the page can be opened.
type serveReport struct {
	URL string `json:"url"`
}

// serve serves a recording with a page that plays it, until ctx is done.
func (a *app) serve(ctx context.Context, src *source, o *playOptions) error {
	root, handler, start, err := a.content(ctx, src, o)
	if err != nil {
		return err
	}
	options := scenewire.Options{Addr: o.addr, Root: root, Handler: handler, Logger: zap.NewNop()}
	if o.addr == "" {
		options.ListenNext = 100
	}
	server, err := scenewire.New(&options)
	if err != nil {
		return err
	}
	defer func() { _ = server.Close() }()
	bound, err := server.Listen()
	if err != nil {
		return commandline.WithHint(err, "Another port: --addr 127.0.0.1:0 takes a free one.")
	}
	address := pageURL(bound) + start
	a.Report(serveReport{address}, func(w io.Writer) {
		commandline.Writef(w, "\n  Open %s to play %s. Ctrl-C stops.\n\n", address, src.name)
	})
	stopped := context.AfterFunc(ctx, func() {
		drain, cancel := context.WithTimeout(context.Background(), drainTime)
		defer cancel()
		_ = server.Shutdown(drain)
	})
	defer stopped()
	if err := server.ListenAndServe(); !errors.Is(err, scenewire.ErrServerClosed) {
		return err
	}
	return nil
}

// content is what is served, and the path of the page.
func (a *app) content(ctx context.Context, src *source, o *playOptions) (fs.FS, http.Handler, string, error) {
	mux := http.NewServeMux()
	if o.client != "" {
		root, err := clientFiles(o.client)
		if err != nil {
			return nil, nil, "", err
		}
		file, err := a.viserForm(ctx, src, o.generation)
		if err != nil {
			return nil, nil, "", err
		}
		mux.Handle("/recording.viser", file)
		return root, mux, "/?playbackPath=" + url.QueryEscape("/recording.viser"), nil
	}
	recording, err := a.playable(ctx, src, &o.keys)
	if err != nil {
		return nil, nil, "", err
	}
	mux.Handle("/recording/", record.NewHandler(recording, &record.HandlerOptions{Files: src.paths}))
	return page.FS(), mux, "/", nil
}

// clientFiles are the files of a viser client's build.
func clientFiles(dir string) (fs.FS, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("--client: %w", err)
	}
	if _, err := root.Stat("index.html"); err != nil {
		_ = root.Close()
		return nil, commandline.WithHint(fmt.Errorf("--client %s: there is no index.html", dir),
			"In viser's Python package the client is in viser/client/build.")
	}
	return root.FS(), nil
}

// pageURL returns an address that a browser on this machine can open.
func pageURL(bound net.Addr) string {
	host, port, _ := net.SplitHostPort(bound.String())
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}
