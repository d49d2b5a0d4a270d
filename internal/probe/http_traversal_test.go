package probe

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/scenewire/scenewire"
)

// spellings of a way out of the root, each with the status that it is answered with.
// "{dir}" is the directory that has the secret and the root.
var spellings = []struct{ target, want string }{
	{"/../secret.txt", "404"},
	{"/../../../../../../../../etc/passwd", "404"},
	{"/lib/../../secret.txt", "404"},
	{"/./../secret.txt", "404"},
	{"//../secret.txt", "404"},
	{"/..//secret.txt", "404"},
	{"/%2e%2e/secret.txt", "404"},
	{"/%2E./secret.txt", "404"},
	{"/..%2fsecret.txt", "404"},
	{"/%2e%2e%2fsecret.txt", "404"},
	{"/%252e%252e/secret.txt", "404"},
	{"/%252e%252e%252fsecret.txt", "404"},
	{"/..%5csecret.txt", "404"},
	{"/..\\secret.txt", "404"},
	{"/..%c0%afsecret.txt", "404"},      // overlong "/"
	{"/%c0%ae%c0%ae/secret.txt", "404"}, // overlong "."
	{"/%e0%80%ae%e0%80%ae/secret.txt", "404"},
	{"/%u002e%u002e/secret.txt", "400"},             // no escape of HTTP
	{"/\xef\xbc\x8e\xef\xbc\x8e/secret.txt", "404"}, // full-width dots
	{"/..%00/secret.txt", "404"},
	{"/data.bin%00/../../secret.txt", "404"},
	{"/\x00/../secret.txt", "400"},
	{"/data.bin/../../secret.txt", "404"},
	{"/..;/secret.txt", "404"},
	{"/....//secret.txt", "404"},
	{"/.../secret.txt", "404"},
	{"/..%20/secret.txt", "404"},
	{"/~root/secret.txt", "404"},
	{"{dir}/secret.txt", "404"},
	{"/{dir}/secret.txt", "404"},
	{"file://{dir}/secret.txt", "404"},
	{"http://{host}/../secret.txt", "404"},
	{"?file=../secret.txt", "400"},
	{"/?file=../secret.txt", "200 (4)"}, // the index page
	{"/../", "200 (4)"},                 // above the root is the root
	{"/../index.html", "200 (4)"},
	{"/lib/..%2fdata.bin", "200 (1000)"}, // inside
	{"/lib", "404"},                      // no listing
	{"/lib/", "404"},
	{"/out/secret.txt", "404"}, // a link to the directory above
	{"/out.txt", "404"},        // a link to the secret
}

// TestTraversal asks for what lies beside the root, of a directory that os.Root
// confines, of one by os.DirFS, and of a file system in memory. Links out of the root
// are there for the first one only: os.DirFS follows them, and says so.
func TestTraversal(t *testing.T) {
	dir := t.TempDir()
	root := filepath.Join(dir, "site")
	layOut(t, dir, root)
	confined, err := os.OpenRoot(root)
	must(t, err)
	defer confined.Close()
	linked := confined.FS()
	plain := filepath.Join(dir, "plain")
	layOut(t, dir, plain)
	must(t, os.Remove(filepath.Join(plain, "out")))
	must(t, os.Remove(filepath.Join(plain, "out.txt")))
	for name, files := range map[string]fs.FS{"Root": linked, "DirFS": os.DirFS(plain), "MapFS": site()} {
		t.Run(name, func(t *testing.T) {
			s := attack(t, usualBudget, func(o *scenewire.Options) { o.Root, o.Handler = files, nil })
			var cases []exchange
			for _, sp := range spellings {
				target := strings.ReplaceAll(sp.target, "{dir}", dir)
				c := exchange{name: target, send: "GET " + target + " HTTP/1.1\r\nHost: {host}\r\n\r\n", want: sp.want}
				if sp.want != "400" {
					c.want += "; 404" // for /after: there is no handler
				}
				cases = append(cases, c)
			}
			s.run(t, cases)
		})
	}
}

// layOut makes root with a few files and ways out, and the secret beside it.
func layOut(t *testing.T, dir, root string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Join(root, "lib"), 0o700))
	for name, content := range map[string]string{
		filepath.Join(dir, "secret.txt"):     secret,
		filepath.Join(root, "index.html"):    "home",
		filepath.Join(root, "data.bin"):      strings.Repeat("0123456789", 100),
		filepath.Join(root, "lib", "app.js"): "app",
	} {
		must(t, os.WriteFile(name, []byte(content), 0o600))
	}
	must(t, os.Symlink(dir, filepath.Join(root, "out")))
	must(t, os.Symlink(filepath.Join(dir, "secret.txt"), filepath.Join(root, "out.txt")))
}
