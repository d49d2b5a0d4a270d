//go:build linux

package main

import (
	"os/exec"
	"runtime/debug"
	"strings"
)

// moduleVersions are those that this program was built with, by module path.
func moduleVersions() map[string]string {
	versions := map[string]string{}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return versions
	}
	for _, dep := range info.Deps {
		if dep.Replace != nil {
			dep = dep.Replace
		}
		versions[dep.Path] = dep.Version
	}
	return versions
}

// compilerVersion is the first line of what cc says of itself.
func compilerVersion() map[string]string {
	out, err := exec.Command("cc", "--version").Output()
	if err != nil {
		return nil
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return map[string]string{"cc": line}
}
