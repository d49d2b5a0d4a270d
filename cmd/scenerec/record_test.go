package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
)

// recordScene records a server until two batches are in the file, and stops as Ctrl-C
// does.
func recordScene(t *testing.T, path string, args ...string) result {
	t.Helper()
	s, address := serve(t)
	broadcast(t, s, setPose{"a", 1}, said{"hello"})
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	written := path
	if filepath.Ext(path) == ".viser" {
		written += ".mcap"
	}
	s.OnConnect(func(*scenewire.Client) {
		go func() {
			defer stop()
			wstest.Eventually(func() bool { return s.Stats().Windows > 0 })
			_ = s.Broadcast(setPose{"a", 2})
			wstest.Eventually(func() bool { return pushes(written) == 2 })
		}()
	})
	return scenerecUntil(ctx, t, append([]string{"record", address, path, "--json"}, args...)...)
}

// pushes counts the batches that are in a file so far.
func pushes(path string) (n int) {
	f, err := record.Open(path, nil)
	if err != nil {
		return 0
	}
	defer f.Close()
	for {
		step, err := f.Next()
		if err != nil {
			return n
		}
		if step.Kind == record.KindPush {
			n++
		}
	}
}

// typesIn lists the messages of a file as "0 setPose pose a".
func typesIn(t *testing.T, path string) (list []string) {
	t.Helper()
	f, err := record.Open(path, nil)
	must(t, err)
	defer f.Close()
	if damage := f.Info().Damage; damage != nil {
		t.Error(damage)
	}
	n := -1
	for {
		step, err := f.Next()
		if err != nil {
			return list
		}
		if len(step.Entries) > 0 && step.Kind == record.KindPush {
			n++
		}
		for _, e := range step.Entries {
			raw, err := messages.NewRaw("", e.Payload)
			must(t, err)
			if step.Kind == record.KindPush {
				list = append(list, strings.TrimSpace(string(rune('0'+n))+" "+raw.Name+" "+e.Key))
			}
		}
	}
}

func TestRecordUntilCtrlC(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "scene.mcap")
	got := recordScene(t, path, "--key", "setPose=pose {name}", "--name", "a scene")
	if got.code != commandline.ExitDone || got.stderr != "" {
		t.Fatalf("%+v", got)
	}
	r := fromJSON[recordedReport](t, got.stdout)
	info, err := os.Stat(path)
	must(t, err)
	if r.Messages != 3 || r.Batches != 2 || r.End != "interrupted" || r.Subprotocol != scenewire.Subprotocol || r.Bytes != info.Size() {
		t.Errorf("reported %+v", r)
	}
	want := "0 setPose pose a, 0 said, 1 setPose pose a"
	if list := strings.Join(typesIn(t, path), ", "); list != want {
		t.Errorf("the file has %s, want %s", list, want)
	}
	f, err := record.Open(path, nil)
	must(t, err)
	defer f.Close()
	if i := f.Info(); i.Name != "a scene" || i.Duration() <= 0 {
		t.Errorf("the file says %+v", i)
	}
}

func TestRecordAsViserFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "scene.viser")
	got := recordScene(t, path, "--skip", "said", "--subprotocol", "viser-v1.0.21")
	if got.code != commandline.ExitDone {
		t.Fatalf("%+v", got)
	}
	file, err := os.Open(path)
	must(t, err)
	defer file.Close()
	rec, err := record.Read(file, nil)
	must(t, err)
	if len(rec.Messages) != 2 || rec.ViserVersion != "1.0.21" || rec.Generation != record.GenerationZstd || rec.Duration < rec.Messages[1].Time {
		t.Errorf("got %+v with %d messages", rec.Header, len(rec.Messages))
	}
	left, err := os.ReadDir(filepath.Dir(path))
	must(t, err)
	if len(left) != 1 {
		t.Errorf("beside it lie %v", left)
	}
}

func TestRecordForAWhile(t *testing.T) {
	t.Parallel()
	_, address := serve(t)
	path := filepath.Join(t.TempDir(), "scene.mcap")
	got := scenerec(t, "record", address, path, "--duration", "1ms")
	if got.code != commandline.ExitDone || !strings.Contains(got.stdout, "0 messages in 0 batches") || !strings.HasSuffix(got.stdout, "It ended because: the time is over.\n") {
		t.Errorf("%+v", got)
	}
	typesIn(t, path)
}

// A server that ends is no error, one that throws us out is; both leave a whole file.
func TestRecordUntilTheServerEnds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		end  func(s *scenewire.Server)
		code int
	}{
		"shutdown": {func(s *scenewire.Server) { _ = s.Shutdown(context.Background()) }, commandline.ExitDone},
		"policy":   {func(s *scenewire.Server) { s.Clients()[0].Close(1008, "no recorders") }, commandline.ExitFailed},
	} {
		t.Run(name, func(t *testing.T) {
			s, address := serve(t)
			broadcast(t, s, said{"hello"})
			path := filepath.Join(t.TempDir(), "scene.mcap")
			s.OnConnect(func(*scenewire.Client) {
				go func() {
					wstest.Eventually(func() bool { return s.Stats().Windows > 0 })
					c.end(s)
				}()
			})
			if got := scenerec(t, "record", address, path); got.code != c.code {
				t.Errorf("%+v", got)
			}
			if list := typesIn(t, path); len(list) != 1 {
				t.Errorf("the file has %s", list)
			}
		})
	}
}

func TestRecordReplacesWithForce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "scene.viser")
	for _, name := range []string{path, path + ".mcap"} {
		must(t, os.WriteFile(name, make([]byte, 1<<20), 0o666))
	}
	if got := recordScene(t, path); got.code != commandline.ExitFailed || !strings.Contains(got.stderr, "exists") {
		t.Errorf("%+v", got)
	}
	got := recordScene(t, path, "--force")
	if got.code != commandline.ExitDone {
		t.Errorf("%+v", got)
	}
	if info, err := os.Stat(path); err != nil || info.Size() > 10_000 {
		t.Errorf("it isn't replaced: %v, %v", info, err)
	}
}

func TestNothingIsRecordedWithoutAServer(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scene.mcap")
	got := scenerec(t, "record", "127.0.0.1:1", path)
	if got.code != commandline.ExitFailed || !strings.Contains(got.stderr, "Is the server running?") {
		t.Errorf("%+v", got)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if got := scenerecUntil(ctx, t, "record", "127.0.0.1:1", path, "--reconnect"); got.code != commandline.ExitDone || !strings.HasSuffix(got.stderr, "Nothing was recorded.\n") {
		t.Errorf("%+v", got)
	}
	if _, err := os.Stat(path); err == nil {
		t.Error("there is a file")
	}
}
