package main

import (
	"crypto/tls"
	"fmt"
	"net/http"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/record"
)

const playHelp = `Serves a recording with a page that plays it, on one port; the page's address is printed.
With --client it is the page of a viser client that plays it: DIR is the directory with its
index.html.

With --load nothing is served: what clients sent while the recording was made is sent again
to another server, by as many clients over as many connections, at the recorded times. It
tells how much came back and how late messages were sent; a client that is refused or
dropped makes it fail.`

const playExamples = `  scenerec play scene.mcap
  scenerec play scene.viser --addr :8000
  scenerec play scene.mcap --client viser/client/build
  scenerec play capture/ --load ws://localhost:8080 --speed 4 --from 1:00`

// playOptions are the flags of play.
type playOptions struct {
	addr         string
	client       string
	forClient    string // name of the generation that it reads
	generation   record.Generation
	keys         keyFlags
	load         string
	subprotocols []string
	headers      []string
	insecure     bool
	speed        float64
	from, to     moment
	loop         bool
}

func (a *app) playCommand() *cobra.Command {
	var o playOptions
	cmd := &cobra.Command{
		Use:               "play FILE",
		Short:             "Play a recording in a browser, or to a server as a load",
		Long:              playHelp,
		Example:           playExamples,
		Args:              commandline.Arguments("the recording"),
		ValidArgsFunction: completeFiles(0, 1),
		RunE:              func(cmd *cobra.Command, args []string) error { return a.play(cmd, args[0], &o) },
	}
	flags := cmd.Flags()
	flags.StringVar(&o.addr, "addr", "", "`address` to listen on (default 127.0.0.1:8080, or the next free port)")
	flags.StringVar(&o.client, "client", "", "play it with the viser client in this `directory`")
	_ = cmd.MarkFlagDirname("client")
	generationFlag(cmd, &o.forClient)
	o.keys.add(cmd)
	flags.StringVar(&o.load, "load", "", "send what clients sent to the server at this `address`")
	flags.Float64Var(&o.speed, "speed", 1, "with --load: how much faster than it was recorded")
	flags.BoolVar(&o.loop, "loop", false, "with --load: begin again at the end, until Ctrl-C")
	flags.StringSliceVar(&o.subprotocols, "subprotocol", nil, "with --load: offer these `subprotocols` (default: scenewire.v1)")
	flags.StringArrayVar(&o.headers, "header", nil, "with --load: send this `'Name: value'` with each handshake")
	flags.BoolVar(&o.insecure, "insecure", false, "with --load: trust any certificate")
	momentFlag(cmd, &o.from, "from", "with --load: where to begin")
	momentFlag(cmd, &o.to, "to", "with --load: where to end")
	for _, flag := range []string{"addr", "load", "speed", "subprotocol", "header"} {
		commandline.Complete(cmd, flag)
	}
	return cmd
}

func (a *app) play(cmd *cobra.Command, name string, o *playOptions) error {
	header, err := o.validate(cmd)
	if err != nil {
		return commandline.Usage(cmd, err)
	}
	src, err := openSource(name)
	if err != nil {
		return err
	}
	defer func() { _ = src.Close() }()
	if o.load == "" {
		return a.serve(cmd.Context(), src, o)
	}
	options, err := o.player(src)
	if err != nil {
		return commandline.Usage(cmd, err)
	}
	return a.playLoad(cmd.Context(), src, o.load, wsclient.Options{
		Subprotocols: o.subprotocols, Header: header, TLS: &tls.Config{InsecureSkipVerify: o.insecure},
	}, options)
}

// Flags that are for one way of playing only.
var (
	loadFlags  = []string{"speed", "loop", "from", "to", "subprotocol", "header", "insecure"}
	serveFlags = []string{"addr", "client", "generation", "keys", "key", "remove", "follow"}
)

// validate reads what can be read of the flags alone.
func (o *playOptions) validate(cmd *cobra.Command) (header http.Header, err error) {
	wrong, why := loadFlags, "needs --load"
	if o.load != "" {
		wrong, why = serveFlags, "and --load can't be used together"
		if _, err := wsclient.ParseURL(o.load); err != nil {
			return nil, fmt.Errorf("--load: %w", err)
		}
	}
	for _, name := range wrong {
		if cmd.Flags().Changed(name) {
			return nil, fmt.Errorf("--%s %s", name, why)
		}
	}
	if o.generation, err = parseGeneration(o.forClient); err != nil {
		return nil, err
	}
	if _, err := o.keys.rules(false); err != nil {
		return nil, err
	}
	return parseHeaders(o.headers)
}

// player returns what a player is told of the flags.
func (o *playOptions) player(src *source) (record.PlayerOptions, error) {
	p := record.PlayerOptions{Speed: o.speed, Loop: o.loop}
	if err := span(&src.info, &o.from, &o.to, &p.From, &p.To); err != nil {
		return p, err
	}
	if o.speed < record.MinSpeed || o.speed > record.MaxSpeed {
		return p, fmt.Errorf("--speed is %v, not %v to %v", o.speed, record.MinSpeed, record.MaxSpeed)
	}
	return p, nil
}
