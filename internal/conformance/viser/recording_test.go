package viser

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap/zaptest"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/messages"
	"github.com/scenewire/scenewire/record"
)

// SetSceneNodeVisibilityMessage shows or hides a scene node.
type SetSceneNodeVisibilityMessage struct {
	Name    string `msgpack:"name"`
	Visible bool   `msgpack:"visible"`
}

// RedundancyKey makes the last word on a node's visibility the one that counts.
func (m SetSceneNodeVisibilityMessage) RedundancyKey() string { return "visibility " + m.Name }

// newRecorder returns a server that nobody connects to.
func newRecorder(t *testing.T) *scenewire.Server {
	t.Helper()
	types := registry(t).MustRegister(SetSceneNodeVisibilityMessage{})
	srv, err := scenewire.New(&scenewire.Options{
		Registry: types,
		Protocol: scenewire.Protocol{ViserVersion: "1.0.21"},
		Logger:   zaptest.NewLogger(t),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { srv.Close() })
	return srv
}

// sleep lets the recording's time pass.
func sleep(t *testing.T, h *record.Handle, d time.Duration) {
	t.Helper()
	if err := h.InsertSleep(d); err != nil {
		t.Fatal(err)
	}
}

func serialize(t *testing.T, h *record.Handle) []byte {
	t.Helper()
	file, err := h.EndAndSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

func show(name string) SetSceneNodeVisibilityMessage {
	return SetSceneNodeVisibilityMessage{name, true}
}

// openPlayer serves viser's page with a recording beside it, and opens it as a player.
func openPlayer(t *testing.T, file []byte) *page {
	t.Helper()
	handler := http.NewServeMux()
	handler.Handle("/", http.FileServer(http.Dir(clientDir(t))))
	handler.HandleFunc("/scene.viser", func(w http.ResponseWriter, r *http.Request) {
		http.ServeContent(w, r, "scene.viser", time.Time{}, bytes.NewReader(file))
	})
	files := httptest.NewServer(handler)
	t.Cleanup(files.Close)
	return openPage(t, files.URL+"/?playbackPath=/scene.viser")
}

func TestPagePlaysARecording(t *testing.T) {
	srv := newRecorder(t)
	h := srv.StartRecording(nil)
	broadcast(t, srv, SetOrientationMessage{WXYZ: upright}, box("/box", red), show("/box"))
	sleep(t, h, 2*time.Second)
	broadcast(t, srv, box("/box", green), show("/box"))
	sleep(t, h, time.Hour)
	broadcast(t, srv, box("/box", red), show("/box")) // which nobody waits for

	p := openPlayer(t, serialize(t, h))
	p.waitFor("the box turned green", isGreen, many)
	p.waitFor("no red left", isRed, none)
}

func TestPageShowsARecordingThatStandsStill(t *testing.T) {
	srv := newRecorder(t)
	h := srv.StartRecording(func(m scenewire.Message) bool { return m.RedundancyKey() != "node /hidden" })
	broadcast(t, srv, SetOrientationMessage{WXYZ: upright}, box("/hidden", red), box("/box", green), show("/box"))
	p := openPlayer(t, serialize(t, h))
	p.waitFor("a green box", isGreen, many)
	p.waitFor("no red one, which the filter left out", isRed, none)
}

// decode is what Python makes of a file: viser's own libraries, and nothing of ours.
const decode = `
import base64, gzip, json, sys, msgspec, zstandard
data = sys.stdin.buffer.read()
if data[:2] == b"\x1f\x8b":
    content = gzip.decompress(data)
else:
    size = int.from_bytes(data[:8], "little")
    content = zstandard.ZstdDecompressor().decompress(data[8:], max_output_size=size)
    assert len(content) == size, (len(content), size)
def hook(v):
    if isinstance(v, bytes): return {"bin": base64.b64encode(v).decode()}
    if isinstance(v, dict): return {k: hook(x) for k, x in v.items()}
    if isinstance(v, list): return [hook(x) for x in v]
    return v
json.dump(hook(msgspec.msgpack.decode(content)), sys.stdout)
`

// encode is what viser's serializer does, and its predecessors did, with what it is given.
const encode = `
import gzip, json, sys, msgspec, zstandard
generation, recording = json.load(sys.stdin)
packed = msgspec.msgpack.encode(recording)
if generation == "zstd":
    out = len(packed).to_bytes(8, "little") + zstandard.ZstdCompressor(level=12).compress(packed)
else:
    out = gzip.compress(packed)
sys.stdout.buffer.write(out)
`

func python(t *testing.T, program string, input []byte) []byte {
	t.Helper()
	path := os.Getenv("SCENEWIRE_PYTHON")
	if path == "" {
		missing(t, "SCENEWIRE_PYTHON does not name a Python with msgspec and zstandard: run .ci/run viser")
	}
	cmd := exec.Command(path, "-c", program)
	cmd.Stdin = bytes.NewReader(input)
	var complaints strings.Builder
	cmd.Stderr = &complaints
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, complaints.String())
	}
	return out
}

// asJSON makes a value what decode makes of it.
func asJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	var plain any
	if err := json.Unmarshal(data, &plain); err != nil {
		t.Fatal(err)
	}
	data, _ = json.Marshal(plain)
	return string(data)
}

func TestPythonReadsWhatIsRecorded(t *testing.T) {
	srv := newRecorder(t)
	h := srv.StartRecording(nil)
	vertices := []float32{0, 0, 0, 1, 2, 3}
	broadcast(t, srv, SetPositionMessage{Name: "/box", Position: [3]float64{1, 0.25, -3}})
	if err := h.SetLoopStart(); err != nil {
		t.Fatal(err)
	}
	sleep(t, h, 1500*time.Millisecond)
	broadcast(t, srv, MeshMessage{Name: "/mesh", Props: MeshProps{Vertices: vertices, Scale: 1}})
	rec, err := h.End()
	if err != nil {
		t.Fatal(err)
	}
	position := map[string]any{"type": "SetPositionMessage", "name": "/box", "position": []float64{1, 0.25, -3}}
	bin := base64.StdEncoding.EncodeToString([]byte("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x80\x3f\x00\x00\x00\x40\x00\x00\x40\x40"))
	mesh := map[string]any{"type": "MeshMessage", "name": "/mesh", "props": map[string]any{
		"vertices": map[string]any{"bin": bin}, "faces": map[string]any{"bin": ""}, "scale": 1.0,
		"color": []int{0, 0, 0}, "wireframe": false, "opacity": nil, "flat_shading": false, "side": "",
		"material": "", "cast_shadow": false, "receive_shadow": false,
	}}
	for _, g := range []record.Generation{record.GenerationLoop, record.GenerationGzip, record.GenerationZstd} {
		want := map[string]any{
			"durationSeconds": 1.5, "loopStartIndex": 1,
			"messages": []any{[]any{0.0, position}, []any{1.5, mesh}},
		}
		if g != record.GenerationLoop {
			want["viserVersion"] = "1.0.21"
		}
		rec.Generation = g
		var file bytes.Buffer
		if _, err := rec.WriteTo(&file); err != nil {
			t.Fatal(err)
		}
		got := asJSON(t, json.RawMessage(python(t, decode, file.Bytes())))
		if want := asJSON(t, want); got != want {
			t.Errorf("%v: Python reads\n%s, want\n%s", g, got, want)
		}
	}
}

func TestWhatPythonWritesIsRead(t *testing.T) {
	types := registry(t)
	moved := SetPositionMessage{Name: "/box", Position: [3]float64{1, 0.25, -3}}
	message := map[string]any{"name": "/box", "position": moved.Position, "type": "SetPositionMessage"}
	for g, recording := range map[record.Generation]map[string]any{
		record.GenerationLoop: {"loopStartIndex": 1, "durationSeconds": 2.5, "messages": []any{[]any{0.5, message}}},
		record.GenerationGzip: {"durationSeconds": 2.5, "messages": []any{[]any{0.5, message}}, "viserVersion": "1.0.16"},
		record.GenerationZstd: {"durationSeconds": 2.5, "messages": []any{[]any{0.5, message}}, "viserVersion": "1.0.21"},
	} {
		input, err := json.Marshal([]any{g.String(), recording})
		if err != nil {
			t.Fatal(err)
		}
		rec, err := record.Read(bytes.NewReader(python(t, encode, input)), nil)
		if err != nil {
			t.Fatal(err)
		}
		version, _ := recording["viserVersion"].(string)
		if rec.Generation != g || rec.ViserVersion != version || rec.Duration != 2500*time.Millisecond || rec.Loops != (version == "") {
			t.Errorf("%v: got %+v", g, rec.Header)
		}
		if len(rec.Messages) != 1 || rec.Messages[0].Time != 500*time.Millisecond {
			t.Fatalf("%v: got %v", g, rec.Messages)
		}
		if got, err := types.Decode(rec.Messages[0].Body); err != nil || got != messages.Message(moved) {
			t.Errorf("%v: got %v, %v", g, got, err)
		}
	}
}

// TestRecordingOfViserIsRead takes recordings that viser wrote, if there are any at hand.
func TestRecordingOfViserIsRead(t *testing.T) {
	dir := os.Getenv("SCENEWIRE_VISER_RECORDINGS")
	if dir == "" {
		t.Skip("NOT TESTED: SCENEWIRE_VISER_RECORDINGS names no directory of .viser files")
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.viser"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no recordings in %s: %v", dir, err)
	}
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := record.Read(bytes.NewReader(data), nil)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		want := asJSON(t, json.RawMessage(python(t, decode, data)))
		var again bytes.Buffer
		if _, err := rec.WriteTo(&again); err != nil {
			t.Fatal(err)
		}
		got := asJSON(t, json.RawMessage(python(t, decode, again.Bytes())))
		if !slices.Equal(splitTimes(t, got), splitTimes(t, want)) {
			t.Errorf("%s: written again it is another one", path)
		}
	}
}

// splitTimes returns a recording's messages, with their times to the nanosecond.
func splitTimes(t *testing.T, recording string) []string {
	t.Helper()
	var r struct {
		Messages [][2]json.RawMessage `json:"messages"`
	}
	if err := json.Unmarshal([]byte(recording), &r); err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, m := range r.Messages {
		var seconds float64
		if err := json.Unmarshal(m[0], &seconds); err != nil {
			t.Fatal(err)
		}
		list = append(list, time.Duration(seconds*1e9+0.5).String(), string(m[1]))
	}
	return list
}
