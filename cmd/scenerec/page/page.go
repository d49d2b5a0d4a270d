// Package page is the page that plays recordings: served beside one, or exported as
// one file with the recording in it.
//
// The page asks two questions, relative to its own address: recording/info.json, what
// there is, and recording/cut.viser?from=&to=&state=1, a part of it. Whatever answers
// them, as record.NewHandler does, has a player. index.html?file=day.mcap instead plays a
// file of the same origin, by range requests: what dist has and a recording, on any static
// web server, are enough. [Export] asks them ahead of time and
// writes the answers into the page.
//
// Messages of the playground are drawn in 3D. Of any recording there is the state by
// type and key at each time, each message in full, and how many there are when.
//
// The files in dist are built from web, by npm run build there.
package page

import (
	"embed"
	"io/fs"
)

//go:embed dist
var dist embed.FS

// FS returns the files of the page: index.html and what belongs to it. Immutable.
func FS() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil { // the name is no path
		panic(err)
	}
	return files
}
