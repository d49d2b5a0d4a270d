package probe

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// Peers of a flood live in a child, because a process has descriptors for one side only.
const (
	floodEnv      = "SCENEWIRE_PROBE_FLOOD"       // the address to connect to
	floodCountEnv = "SCENEWIRE_PROBE_FLOOD_COUNT" // how many connections
	wantedPeers   = 10_000
)

// openings are what half-open peers have sent before they fell silent.
var openings = []string{
	"",
	"GET / HT",
	"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ",
	"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n",
}

// floodMain is the child: it connects, says how often it could, and stays until its
// standard input ends.
func floodMain(addr string) {
	count, _ := strconv.Atoi(os.Getenv(floodCountEnv))
	held := make([]net.Conn, 0, count)
	for i := range count {
		conn, err := net.Dial("tcp", addr)
		if err != nil {
			break
		}
		_, _ = io.WriteString(conn, openings[i%len(openings)])
		held = append(held, conn)
	}
	fmt.Println(len(held))
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// flood starts a child with so many half-open connections, and returns how many it has
// and what ends it.
func flood(t *testing.T, addr string, count int) (made int, stop func()) {
	t.Helper()
	self, err := os.Executable()
	must(t, err)
	child := exec.Command(self)
	child.Env = append(os.Environ(), floodEnv+"="+addr, floodCountEnv+"="+strconv.Itoa(count))
	child.Stderr = os.Stderr
	stdin, err := child.StdinPipe()
	must(t, err)
	stdout, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	line, _ := bufio.NewReader(stdout).ReadString('\n')
	_, err = fmt.Sscan(line, &made)
	must(t, err)
	return made, func() {
		_ = stdin.Close()
		if err := child.Wait(); err != nil {
			t.Errorf("the child: %v", err)
		}
	}
}

// peersAllowed is how many of the wanted peers this process has descriptors for.
func peersAllowed(t *testing.T) int {
	t.Helper()
	const spare = 500
	return min(wantedPeers, max(0, openFileLimit(t)-spare))
}
