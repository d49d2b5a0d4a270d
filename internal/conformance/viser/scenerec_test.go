package viser

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/record"
)

// viserServer is a server of viser's, which moves a box, recolours it and ends when its
// standard input does.
const viserServer = `
import sys, threading, time, viser
server = viser.ViserServer(host="127.0.0.1", port=int(sys.argv[1]), verbose=False)
scene = server.scene
scene.set_up_direction("+z")
box = scene.add_box("/box", dimensions=(1, 1, 1), color=(230, 40, 40), wxyz=(1, 0, 0, 0), position=(0, 0, 0))
gone = scene.add_frame("/gone", axes_length=0.1)
scene.add_box("/gone/child", dimensions=(0.1, 0.1, 0.1), color=(1, 2, 3))
slider = server.gui.add_slider("Speed", min=0, max=10, step=1, initial_value=3)
print("port", server.get_port(), flush=True)
def animate():
    time.sleep(0.5)
    gone.remove()
    for i in range(20):
        with server.atomic():
            box.position = (0, 0, i / 100)
            slider.value = i % 10
        time.sleep(0.05)
    box.color = (40, 200, 60)
    time.sleep(0.3)
    print("done", flush=True)
threading.Thread(target=animate, daemon=True).start()
sys.stdin.read()
`

// viserPython returns a Python that has viser.
func viserPython(t *testing.T) string {
	t.Helper()
	path := os.Getenv("SCENEWIRE_VISER_PYTHON")
	if path == "" {
		missing(t, "SCENEWIRE_VISER_PYTHON does not name a Python with viser: run .ci/run viser")
	}
	return path
}

// scenerec builds the command and returns its path.
func scenerec(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "scenerec")
	build := exec.Command("go", "build", "-o", path, "./cmd/scenerec")
	build.Dir = filepath.Join("..", "..", "..")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return path
}

// process is a program that runs and ends with the test.
type process struct {
	t      *testing.T
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout *bufio.Reader
	stderr bytes.Buffer
}

func run(t *testing.T, name string, args ...string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(name, args...)}
	p.cmd.Stderr = &p.stderr
	var err error
	if p.stdin, err = p.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	p.stdout = bufio.NewReader(out)
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = p.stdin.Close()
		_ = p.cmd.Process.Kill()
		_ = p.cmd.Wait()
	})
	return p
}

// line reads a line that begins so, past what comes before it, and returns its rest.
func (p *process) line(prefix string) string {
	p.t.Helper()
	lines := make(chan string, 1)
	go func() {
		for {
			text, err := p.stdout.ReadString('\n')
			if rest, is := strings.CutPrefix(strings.TrimSpace(text), prefix); is || err != nil {
				lines <- rest
				return
			}
		}
	}()
	return receive(p.t, "a line that begins with "+prefix, lines)
}

// interrupt is Ctrl-C.
func (p *process) interrupt() {
	p.t.Helper()
	if err := p.cmd.Process.Signal(os.Interrupt); err != nil {
		p.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		_, _ = io.Copy(io.Discard, p.stdout)
		ended <- p.cmd.Wait()
	}()
	if err := receive(p.t, "the process to end", ended); err != nil {
		p.t.Fatalf("%v\n%s", err, p.stderr.String())
	}
}

func TestScenerecRecordsViserAndPlaysIt(t *testing.T) {
	client, command := clientDir(t), scenerec(t)
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(free.Addr().String())
	free.Close()
	server := run(t, viserPython(t), "-c", viserServer, port)
	port = server.line("port ") // or a later one
	file := filepath.Join(t.TempDir(), "scene.mcap")
	recorder := run(t, command, "record", "ws://127.0.0.1:"+port, file)
	server.line("done")
	recorder.interrupt()

	checkRecorded(t, file)
	player := run(t, command, "play", file, "--client", client, "--addr", "127.0.0.1:0", "--json")
	p := openPage(t, strings.Trim(player.line(`"url": `), `",`))
	p.waitFor("the box turned green", isGreen, many)
	player.interrupt()
}

// checkRecorded looks at what is in the file of viser's scene.
func checkRecorded(t *testing.T, path string) {
	t.Helper()
	f, err := record.Open(path, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info := f.Info()
	if info.ViserVersion != "1.0.21" || info.Damage != nil || info.Messages["SetPositionMessage"] < 15 {
		t.Errorf("the file says %+v", info)
	}
	state, err := f.State(info.End)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, e := range state.Entries {
		keys = append(keys, e.Key)
		if strings.Contains(e.Key, "/gone") {
			t.Errorf("%q is live, of a node that was removed", e.Key)
		}
	}
	for _, want := range []string{"scene /box", "SetPositionMessage /box", "scene /box/\x1fcolor"} {
		if !slices.Contains(keys, want) {
			t.Errorf("%q isn't live; %q are", want, keys)
		}
	}
}

// viserKeys prints what viser queues for a scene that has something of everything: each
// message's bytes and redundancy key.
const viserKeys = `
import base64, json, msgspec, numpy as np, viser
from viser import infra
queue = infra._infra.WebsockMessageHandler.queue_message
def note(self, message):
    body = msgspec.msgpack.encode(message.as_serializable_dict())
    print("message", json.dumps([base64.b64encode(body).decode(), message.redundancy_key()]), flush=True)
    return queue(self, message)
infra._infra.WebsockMessageHandler.queue_message = note
server = viser.ViserServer(host="127.0.0.1", port=0, verbose=False)
scene, gui = server.scene, server.gui
for _ in range(2):
    for name in ("/a", "/a/b", "/c"):
        box = scene.add_box(name, dimensions=(1, 1, 1), color=(1, 2, 3), position=(1, 2, 3), wxyz=(0, 1, 0, 0))
        box.color = (4, 5, 6)
        box.visible = False
        box.dimensions = (2, 2, 2)
    box.on_click(lambda _: None)
    scene.add_point_cloud("/points", np.zeros((3, 3)), np.zeros((3, 3)))
    scene.add_frame("/frame")
    scene.add_grid("/grid")
    scene.add_label("/label", "text")
    scene.add_camera_frustum("/frustum", fov=1.0, aspect=1.0)
    scene.add_light_ambient("/light")
    scene.add_transform_controls("/controls")
    scene.add_spline_catmull_rom("/spline", np.zeros((3, 3)))
    scene.add_mesh_simple("/mesh", np.zeros((3, 3)), np.zeros((1, 3), dtype=np.uint32))
    bones = scene.add_mesh_skinned("/bones", np.zeros((3, 3)), np.zeros((1, 3), dtype=np.uint32),
        bone_wxyzs=np.eye(4), bone_positions=np.zeros((4, 3)), skin_weights=np.ones((3, 4)))
    bones.bones[0].wxyz = (0, 1, 0, 0)
    bones.bones[1].position = (0, 1, 0)
    scene.set_up_direction("+y")
    scene.set_background_image(np.zeros((2, 2, 3), dtype=np.uint8))
    scene.set_global_visibility(True) if hasattr(scene, "set_global_visibility") else None
    scene.configure_environment_map("city")
    gui.configure_theme()
    gui.set_panel_label("label")
    slider = gui.add_slider("slider", min=0, max=1, step=0.1, initial_value=0)
    slider.value = 1
    slider.disabled = True
    with gui.add_folder("folder"):
        gui.add_button("button")
        gui.add_text("text", "")
        gui.add_markdown("text")
    tabs = gui.add_tab_group()
    with tabs.add_tab("tab"):
        gui.add_checkbox("box", True)
    slider.remove()
    with gui.add_modal("modal") as modal:
        gui.add_number("number", 1)
    modal.close()
    scene.remove_by_name("/a")
print("done", flush=True)
`

// Messages supersede one another by our rules exactly if they do by viser's own keys.
func TestKeysAreThoseOfViser(t *testing.T) {
	program := run(t, viserPython(t), "-c", viserKeys)
	type pair struct{ theirs, ours string }
	var pairs []pair
	rules := record.ViserKeyRules()
	for {
		line := program.line("")
		if line == "done" || line == "" {
			break
		}
		rest, is := strings.CutPrefix(line, "message ")
		if !is {
			continue
		}
		var message [2]string
		if err := json.Unmarshal([]byte(rest), &message); err != nil {
			t.Fatal(err)
		}
		body, err := base64.StdEncoding.DecodeString(message[0])
		if err != nil {
			t.Fatal(err)
		}
		e := buffers.Entry{Payload: body}
		rules.Claim(&e)
		pairs = append(pairs, pair{message[1], e.Key})
	}
	if len(pairs) < 100 {
		t.Fatalf("viser has queued %d messages\n%s", len(pairs), program.stderr.String())
	}
	ours, theirs := map[string]string{}, map[string]string{}
	for _, p := range pairs {
		if p.ours == "" {
			continue // never superseded: viser's key is a new one each time
		}
		if was, known := ours[p.theirs]; known && was != p.ours {
			t.Errorf("viser's %q is %q and %q", p.theirs, was, p.ours)
		}
		if was, known := theirs[p.ours]; known && was != p.theirs {
			t.Errorf("our %q is %q and %q", p.ours, was, p.theirs)
		}
		ours[p.theirs], theirs[p.ours] = p.ours, p.theirs
	}
	t.Logf("%d messages with %d keys", len(pairs), len(theirs))
}
