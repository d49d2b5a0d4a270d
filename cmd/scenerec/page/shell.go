package page

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"io/fs"
	"strings"
)

// What index.html has, and what takes its place in a page that stands alone.
const (
	styleLink  = `<link rel="stylesheet" href="style.css" />`
	scriptLink = `<script type="module" src="app.js"></script>`
	titleTag   = "<title>Recording</title>"
	bodyEnd    = "</body>"
	policyFrom = `<meta http-equiv="Content-Security-Policy" content="`
	policyTo   = `" />`
)

// shell is the page without a recording.
type shell struct {
	before, after string // what the pieces stand between
	script        string
}

// newShell puts the files of the page into one. Its policy allows what is in it, by
// hash, and no network at all.
func newShell() (*shell, error) {
	parts := map[string]string{}
	for _, name := range []string{"index.html", "style.css", "app.js"} {
		file, err := fs.ReadFile(FS(), name)
		if err != nil {
			return nil, err
		}
		parts[name] = string(file)
	}
	style, script, page := parts["style.css"], parts["app.js"], parts["index.html"]
	policy := fmt.Sprintf("default-src 'none'; script-src '%s' 'wasm-unsafe-eval'; style-src '%s'; img-src data:; "+
		"connect-src data:; worker-src blob:; base-uri 'none'; form-action 'none'", hash(script), hash(style))
	for _, change := range [][2]string{
		{between(page, policyFrom, policyTo), policy},
		{styleLink, "<style>" + style + "</style>"},
		{scriptLink, ""},
	} {
		if strings.Count(page, change[0]) != 1 {
			return nil, fmt.Errorf("page: index.html has %q %d times", change[0], strings.Count(page, change[0]))
		}
		page = strings.Replace(page, change[0], change[1], 1)
	}
	before, after, ok := strings.Cut(page, bodyEnd)
	if !ok {
		return nil, fmt.Errorf("page: index.html has no %s", bodyEnd)
	}
	return &shell{before: before, after: bodyEnd + after, script: script}, nil
}

// head is what stands before the recording.
func (s *shell) head(name string) string {
	return strings.Replace(s.before, titleTag, "<title>"+html.EscapeString(name)+"</title>", 1)
}

// tail is what stands behind it: the script, which finds it there.
func (s *shell) tail() string {
	return `<script type="module">` + s.script + "</script>\n" + s.after
}

// hash names a text in a policy.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// between returns what stands between two texts, or the first if it isn't there.
func between(text, from, to string) string {
	_, rest, found := strings.Cut(text, from)
	if !found {
		return from
	}
	inside, _, _ := strings.Cut(rest, to)
	return inside
}
