package scenewire

import (
	"bytes"
	"log"

	"go.uber.org/zap"
)

// httpLog takes what net/http's server logs. Nearly all of it is what peers do, such
// as failed TLS handshakes, and anybody could fill a log with it.
type httpLog struct{ logger *zap.Logger }

func newHTTPLog(logger *zap.Logger) *log.Logger { return log.New(httpLog{logger}, "", 0) }

// Write gets one line, or a panic of the application's handler with its stack.
func (l httpLog) Write(line []byte) (int, error) {
	text := string(bytes.TrimSpace(line))
	if bytes.Contains(line, []byte("panic serving")) {
		l.logger.Error(text)
	} else {
		l.logger.Debug(text)
	}
	return len(line), nil
}
