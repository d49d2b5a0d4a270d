// Package results embeds the runs of the benchmarks that are kept in the repository:
// JSON files, each named by when it was taken and of what kind it is, such as
// 2026-01-31T120000Z-windows.json. benchmarks/README.md is made of the newest of each
// kind; the older ones are its history.
package results

import (
	"embed"
	"io/fs"
)

// The pattern takes this file, too: one for JSON files alone doesn't compile while there
// is none.
//
//go:embed *
var files embed.FS

// FS returns the files. Those whose name ends in .json are runs.
func FS() fs.FS { return files }
