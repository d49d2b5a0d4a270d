package loop

import (
	"fmt"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/scenewire/scenewire/internal/wstest"
	"github.com/scenewire/scenewire/wsproto"
)

// The kernel goes on offering a closed socket's bytes to a peer that takes none.
func TestKernelForgetsWhatANeverReadingPeerIsOwed(t *testing.T) {
	f := newFixture(t, &Options{WriteTimeout: 200 * time.Millisecond, SendBufferBytes: 16 << 10}, nil)
	c := f.dialWith(t, wstest.Options{ReceiveBufferBytes: 4 << 10})
	local, ok := c.Conn.LocalAddr().(*net.TCPAddr)
	if !ok || testMode.wrapped {
		t.Skip("only TCP sockets have this, if they can be seen")
	}
	server := c.Conn.RemoteAddr().(*net.TCPAddr)
	e := f.endpoint(t, 0)
	e.send(&f.pool, wsproto.OpBinary, make([]byte, 8<<20))
	e.awaitClosed(t)
	if !wstest.Eventually(func() bool { return !hasSocket(t, server.Port, local.Port) }) {
		t.Error("the kernel still has the server's socket")
	}
}

// hasSocket looks for a TCP socket with these ports in the kernel's table.
func hasSocket(t *testing.T, local, remote int) bool {
	table, err := os.ReadFile("/proc/self/net/tcp")
	if err != nil {
		t.Skip("no table of sockets:", err)
	}
	for _, line := range strings.Split(string(table), "\n")[1:] {
		fields := strings.Fields(line)
		if len(fields) > 2 && strings.HasSuffix(fields[1], fmt.Sprintf(":%04X", local)) &&
			strings.HasSuffix(fields[2], fmt.Sprintf(":%04X", remote)) {
			return true
		}
	}
	return false
}
