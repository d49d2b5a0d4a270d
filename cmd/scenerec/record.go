package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wsclient"
	"github.com/scenewire/scenewire/record"
	"github.com/scenewire/scenewire/wsproto"
)

const recordHelp = `Records what a server sends to its clients, as one of them, until Ctrl-C, the end of
--duration, or the end of the server.

The file is written while it is recorded: what came more than a second ago is in it,
whatever happens then. A .viser file is made of that at the end; until then, and if
something goes wrong, there is a .mcap file beside it.

The server may be Scenewire's or viser's, of any version. Which version a viser server
wants is found out; --subprotocol says it.

` + keysHelp

const recordExamples = `  scenerec record ws://localhost:8080
  scenerec record ws://localhost:8080 scene.viser --duration 30s
  scenerec record wss://example.org/viewer --reconnect --header 'Authorization: Bearer TOKEN'
  scenerec record localhost:8080 --key SetPose=name --skip Ping,Pong`

// recordOptions are the flags of record.
type recordOptions struct {
	subprotocols []string
	headers      []string
	name         string
	duration     time.Duration
	reconnect    bool
	insecure     bool
	sync         bool
	force        bool
	keys         keyFlags
	types        typeFilter
}

func (a *app) recordCommand() *cobra.Command {
	var o recordOptions
	cmd := &cobra.Command{
		Use:     "record ADDRESS [FILE]",
		Short:   "Record a scene from its server",
		Long:    recordHelp,
		Example: recordExamples,
		Args: func(cmd *cobra.Command, args []string) error {
			return commandline.Arguments([]string{"the server's address", "file"}[:min(max(len(args), 1), 2)]...)(cmd, args)
		},
		ValidArgsFunction: completeFiles(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			path := "scene-" + time.Now().Format("20060102-150405") + ".mcap"
			if len(args) == 2 {
				path = args[1]
			}
			return a.record(cmd, args[0], path, o)
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&o.subprotocols, "subprotocol", nil, "offer these `subprotocols`, such as viser-v1.0.21")
	flags.StringArrayVar(&o.headers, "header", nil, "send this `'Name: value'` with the handshake")
	flags.StringVar(&o.name, "name", "", "`name` that the recording gets (default: the address)")
	flags.DurationVarP(&o.duration, "duration", "d", 0, "stop after this time (default: at Ctrl-C)")
	flags.BoolVar(&o.reconnect, "reconnect", false, "wait for the server, and connect again when the connection ends")
	flags.BoolVar(&o.insecure, "insecure", false, "trust any certificate")
	flags.BoolVar(&o.sync, "sync", false, "bring each chunk to the disk, against power failures")
	commandline.ForceFlag(cmd, &o.force)
	o.keys.add(cmd)
	o.types.add(cmd, "record")
	for _, flag := range []string{"subprotocol", "header", "name", "duration"} {
		commandline.Complete(cmd, flag)
	}
	return cmd
}

// record records into path.
func (a *app) record(cmd *cobra.Command, address, path string, o recordOptions) error {
	format, err := formatOf(path)
	if err != nil {
		return commandline.Usage(cmd, err)
	}
	header, headerErr := parseHeaders(o.headers)
	_, keysErr := o.keys.rules(false)
	if err := errors.Join(headerErr, keysErr, o.types.validate()); err != nil {
		return commandline.Usage(cmd, err)
	}
	if err := commandline.MayCreate(path, o.force); err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(cmd.Context())
	defer stop(nil)
	bar := a.Progress("connecting to "+address, -1)
	var rec *recording
	c := &capture{
		address: address,
		options: wsclient.Options{Header: header, TLS: &tls.Config{InsecureSkipVerify: o.insecure}},
		offers:  o.subprotocols, reconnect: o.reconnect,
		say: func(format string, args ...any) {
			bar.Clear()
			a.Say(format, args...)
		},
		progress: func(c *capture) { bar.Describe(c.line) },
	}
	c.open = func(subprotocol string) (*scene, error) {
		if o.duration > 0 {
			timer := time.AfterFunc(o.duration, func() { stop(errDuration) })
			context.AfterFunc(ctx, func() { timer.Stop() })
		}
		var err error
		if rec, err = createRecording(path, format, o.force, o.writerOptions(address, subprotocol)); err != nil {
			return nil, err
		}
		keys, err := o.keys.rules(viserMessages(subprotocol))
		return newScene(rec.writer, keys, o.types.wants), err
	}
	err = c.run(ctx)
	defer bar.End()
	if rec == nil {
		if err == nil {
			a.Say("Nothing was recorded.")
		}
		return err
	}
	finished := errors.Join(c.scene.end(), rec.finish(context.WithoutCancel(ctx), bar))
	bar.End()
	if finished != nil {
		return errors.Join(finished, err)
	}
	a.recorded(c, rec, endOf(context.Cause(ctx), err))
	return unlessOver(err)
}

func (o *recordOptions) writerOptions(address, subprotocol string) record.WriterOptions {
	name := o.name
	if name == "" {
		name = address
	}
	return record.WriterOptions{Name: name, ViserVersion: viserVersion(subprotocol), Sync: o.sync}
}

// unlessOver is err, unless it says that the server has ended well.
func unlessOver(err error) error {
	var closed *wsproto.CloseError
	if errors.As(err, &closed) && (closed.Code == wsproto.CloseNormal || closed.Code == wsproto.CloseGoingAway) {
		return nil
	}
	return err
}

// endOf says why a recording ended.
func endOf(cause, err error) string {
	switch {
	case err != nil:
		return err.Error()
	case errors.Is(cause, errDuration):
		return errDuration.Error()
	}
	return commandline.ErrInterrupted.Error()
}

// recordedReport is what the end of a recording tells.
type recordedReport struct {
	File        string           `json:"file"`
	Bytes       int64            `json:"bytes"`
	Start       time.Time        `json:"start"`
	Seconds     float64          `json:"seconds"`
	Batches     int64            `json:"batches"`
	Messages    int64            `json:"messages"`
	Content     int64            `json:"contentBytes"`
	Received    int64            `json:"receivedBytes"`
	Connections int              `json:"connections"`
	Gaps        int              `json:"gaps"`
	Subprotocol string           `json:"subprotocol"`
	Types       map[string]int64 `json:"types"`
	End         string           `json:"end"`
}

// recorded tells what was recorded.
func (a *app) recorded(c *capture, rec *recording, end string) {
	n := c.scene.count
	r := recordedReport{
		File: rec.path, Bytes: rec.bytes, Start: n.start.UTC(), Seconds: n.end.Sub(n.start).Seconds(),
		Batches: n.batches, Messages: n.messages, Content: n.bytes, Received: c.received,
		Connections: c.connections, Gaps: n.gaps, Subprotocol: c.subprotocol, Types: n.types, End: end,
	}
	a.Report(r, func(w io.Writer) {
		commandline.Writef(w, "%s: %s, %s messages in %s batches, %s (%s as sent)%s. It ended because: %s.\n",
			r.File, clock(n.end.Sub(n.start)), commandline.Number(n.messages), commandline.Number(n.batches), commandline.Size(r.Bytes), commandline.Size(n.bytes),
			commandline.Plural(r.Gaps, ", %d gap", ", %d gaps"), end)
	})
}

// line says how far a recording is.
func (c *capture) line() string {
	if c.scene == nil {
		return "connected to " + c.address
	}
	n := &c.scene.count
	return fmt.Sprintf("recording %s, %s messages, %s%s", clock(c.scene.now().Sub(n.start)), commandline.Number(n.messages), commandline.Size(n.bytes),
		commandline.Plural(n.gaps, ", %d gap", ", %d gaps"))
}

// errDuration is the end of a recording because its time is over.
var errDuration = errors.New("the time is over")

// parseHeaders reads "Name: value".
func parseHeaders(lines []string) (http.Header, error) {
	header := http.Header{}
	for _, line := range lines {
		name, value, found := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		if !found || name == "" || strings.ContainsAny(line, "\r\n") || strings.ContainsAny(name, " \t") {
			return nil, fmt.Errorf("--header %q is not like 'Name: value'", line)
		}
		header.Add(name, value)
	}
	return header, nil
}
