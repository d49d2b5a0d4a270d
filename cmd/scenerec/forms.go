package main

import (
	"bytes"
	"context"
	"net/http"
	"time"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// playable returns a recording whose state at a time is what counts then: of a .viser
// file a capture, in memory, with what its messages claim.
func (a *app) playable(ctx context.Context, src *source, keys *keyFlags) (*record.File, error) {
	if !src.isViser() {
		return src.File, nil
	}
	claims, err := keys.rules(true)
	if err != nil {
		return nil, err
	}
	var form bytes.Buffer
	c := conversion{src: src, claims: claims, shift: (&convertOptions{}).startOf(src).Sub(src.info.Start)}
	err = a.makeForm(ctx, &c, func(steps *counter) error { return c.writeMCAP(&form, steps) })
	if err != nil {
		return nil, err
	}
	return record.OpenReader(bytes.NewReader(form.Bytes()), int64(form.Len()), &limits)
}

// viserForm serves a recording as a .viser file of a generation.
func (a *app) viserForm(ctx context.Context, src *source, g record.Generation) (http.Handler, error) {
	if src.info.Generation == g {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, src.name) }), nil
	}
	var form bytes.Buffer
	c := conversion{src: src, generation: g}
	err := a.makeForm(ctx, &c, func(steps *counter) error { return c.writeViser(&form, steps) })
	if err != nil {
		return nil, err
	}
	made := time.Now()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/octet-stream")
		http.ServeContent(w, r, "", made, bytes.NewReader(form.Bytes()))
	}), nil
}

// makeForm reads a recording for another form of it. What is damaged is left out, and
// said.
func (a *app) makeForm(ctx context.Context, c *conversion, write func(steps *counter) error) error {
	bar := a.Progress("reading "+c.src.name, commandline.ProgressParts)
	defer bar.End()
	src, done, err := c.stream(ctx, bar)
	if err != nil {
		return err
	}
	defer done()
	steps := &endOfDamage{src: src}
	err = write(&counter{src: steps})
	bar.End()
	if err == nil && steps.damage != nil {
		a.Say("%v: what comes behind is left out.", steps.damage)
	}
	return err
}
