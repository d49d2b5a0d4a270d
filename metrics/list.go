package metrics

import (
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/scenewire/scenewire"
	"github.com/scenewire/scenewire/loop"
)

// folding says how the values of servers with one name become one.
type folding uint8

const (
	sum     folding = iota
	highest         // of gauges only
)

// metric is one row of the list: what is made of S, the figures of a server or a loop.
type metric[S any] struct {
	name  string // without the prefix
	kind  prometheus.ValueType
	of    folding
	label string // a further label; "": none
	help  string
	read  func(s *S, emit func(label string, value float64))
}

const (
	gauge   = prometheus.GaugeValue
	counter = prometheus.CounterValue
)

type number interface {
	~int | ~int64 | ~uint64 | ~float64
}

// one reads a figure without a further label.
func one[S any, N number](get func(*S) N) func(*S, func(string, float64)) {
	return func(s *S, emit func(string, float64)) { emit("", float64(get(s))) }
}

// seconds reads a duration without a further label.
func seconds[S any](get func(*S) time.Duration) func(*S, func(string, float64)) {
	return func(s *S, emit func(string, float64)) { emit("", get(s).Seconds()) }
}

// serverMetrics have the label server.
var serverMetrics = []metric[scenewire.Stats]{
	{
		"clients", gauge, sum, "", "Clients that are connected.",
		one(func(s *scenewire.Stats) int { return s.Clients }),
	},
	{
		"clients_connected_total", counter, sum, "", "Clients that have connected.",
		one(func(s *scenewire.Stats) uint64 { return s.ClientsTotal }),
	},
	{
		"clients_suspended", gauge, sum, "", "Clients without a connection that may come back.",
		one(func(s *scenewire.Stats) int { return s.Suspended }),
	},
	{
		"resumes_total", counter, sum, "got", "Clients that came back, by what they got: the same client's place, what has changed of the scene, or all of it (reset); in_band got all of it without coming back.",
		func(s *scenewire.Stats, emit func(string, float64)) {
			for got, n := range s.Resumes {
				emit(got, float64(n))
			}
		},
	},
	{
		"handshakes_refused_total", counter, sum, "reason", "Handshakes that didn't become clients, by what stood against them.",
		func(s *scenewire.Stats, emit func(string, float64)) {
			for reason, n := range s.Refused {
				emit(reason, float64(n))
			}
		},
	},
	{
		"clients_closed_total", counter, sum, "code", "Clients whose connection ended, by the close code; 1006 is an end without a close frame.",
		func(s *scenewire.Stats, emit func(string, float64)) {
			for code, n := range s.Closed {
				emit(strconv.Itoa(int(code)), float64(n))
			}
		},
	},
	{
		"http_connections", gauge, sum, "", "Open connections that aren't clients.",
		one(func(s *scenewire.Stats) int { return s.HTTPConns }),
	},
	{
		"http_connections_evicted_total", counter, sum, "", "Waiting connections that were closed to make room for others.",
		one(func(s *scenewire.Stats) uint64 { return s.HTTPConnsEvicted }),
	},
	{
		"accept_failures_total", counter, sum, "", "Tries to accept a connection that failed for want of file descriptors or memory.",
		one(func(s *scenewire.Stats) uint64 { return s.AcceptFailures }),
	},
	{
		"deliveries_total", counter, sum, "", "Messages that clients were sent: one that goes to a thousand clients counts a thousand times.",
		one(func(s *scenewire.Stats) uint64 { return s.Deliveries }),
	},
	{
		"windows_total", counter, sum, "", "Windows that clients were sent.",
		one(func(s *scenewire.Stats) uint64 { return s.Windows }),
	},
	{
		"sent_bytes_total", counter, sum, "", "Bytes that clients' sockets took.",
		one(func(s *scenewire.Stats) uint64 { return s.BytesSent }),
	},
	{
		"payload_bytes_total", counter, sum, "", "Bytes of the deliveries before compression.",
		one(func(s *scenewire.Stats) uint64 { return s.PayloadBytes }),
	},
	{
		"write_stalls_total", counter, sum, "", "Times that a client's socket took no more.",
		one(func(s *scenewire.Stats) uint64 { return s.WriteStalls }),
	},
	{
		"received_messages_total", counter, sum, "", "Messages that clients sent.",
		one(func(s *scenewire.Stats) uint64 { return s.Inbound.Messages }),
	},
	{
		"waiting_messages", gauge, sum, "", "Messages of clients that wait for a handler, or are in one.",
		one(func(s *scenewire.Stats) int64 { return s.Inbound.Waiting }),
	},
	{
		"handled_messages_total", counter, sum, "", "Messages of clients that were handled.",
		one(func(s *scenewire.Stats) uint64 { return s.Inbound.Handled }),
	},
	{
		"handler_seconds_total", counter, sum, "", "Time that decoding and handlers took for them, added up.",
		seconds(func(s *scenewire.Stats) time.Duration { return s.Inbound.HandlerTime }),
	},
	{
		"read_pauses_total", counter, sum, "reason", "Times that a client was held back: its inbox was full, or it sent faster than its rate.",
		func(s *scenewire.Stats, emit func(string, float64)) {
			emit("inbox", float64(s.Inbound.Pauses))
			emit("rate", float64(s.Inbound.Throttles))
		},
	},
	{
		"bad_messages_total", counter, sum, "kind", "Messages of clients that were ignored, by what was wrong with them.",
		func(s *scenewire.Stats, emit func(string, float64)) {
			for kind, n := range s.BadMessages {
				emit(kind, float64(n))
			}
		},
	},
	{
		"protocol_errors_total", counter, sum, "", "Clients that were closed because they broke RFC 6455 or sent too large a message.",
		one(func(s *scenewire.Stats) uint64 { return s.Inbound.ProtocolErrors }),
	},
	{
		"callback_panics_total", counter, sum, "", "Panics of callbacks.",
		one(func(s *scenewire.Stats) uint64 { return s.Panics }),
	},
	{
		"windows_per_second", gauge, highest, "", "Effective window rate of late; below 60 under continuous broadcasts, passes take longer than the window interval.",
		one(func(s *scenewire.Stats) float64 { return s.WindowRate }),
	},
	{
		"pass_seconds", gauge, highest, "", "How long the last pass over all clients took.",
		seconds(func(s *scenewire.Stats) time.Duration { return s.PassTime }),
	},
	{
		"frames_built_total", counter, sum, "", "Frames that were encoded and compressed; clients share them.",
		one(func(s *scenewire.Stats) uint64 { return s.FramesBuilt }),
	},
	{
		"frames_held", gauge, sum, "", "Frames in memory: in the cache, and for sockets that haven't taken them.",
		one(func(s *scenewire.Stats) int64 { return s.FramesLive }),
	},
	{
		"client_lag_max_seconds", gauge, highest, "", "For how long the client has been behind that has been so for longest.",
		seconds(func(s *scenewire.Stats) time.Duration { return s.MaxLag.Since }),
	},
	{
		"client_lag_max_sequences", gauge, highest, "", "Broadcasts that the client is behind that is behind most.",
		one(func(s *scenewire.Stats) uint64 { return s.MaxLag.Sequences }),
	},
	{
		"client_pending_max_bytes", gauge, highest, "", "Bytes that wait for the client that most waits for alone.",
		one(func(s *scenewire.Stats) int64 { return s.MaxLag.Pending }),
	},
	{
		"pending_bytes", gauge, sum, "", "Bytes that wait for single clients: private queues, and what sockets haven't taken.",
		one(func(s *scenewire.Stats) int64 { return s.Pending }),
	},
	{
		"transients_lost_total", counter, sum, "", "Transient broadcasts that a bound took before they reached a client, once for each client.",
		one(func(s *scenewire.Stats) uint64 { return s.TransientsLost }),
	},
	{
		"log_messages", gauge, sum, "", "Messages of the live state.",
		one(func(s *scenewire.Stats) int { return s.LogMessages }),
	},
	{
		"log_bytes", gauge, sum, "", "Bytes of the live state and of kept removals.",
		one(func(s *scenewire.Stats) int64 { return s.LogBytes }),
	},
	{
		"log_culled_total", counter, sum, "", "Broadcasts that newer ones superseded.",
		one(func(s *scenewire.Stats) uint64 { return s.Culled }),
	},
	{
		"log_removals", gauge, sum, "", "Removals that are kept for clients that were away.",
		one(func(s *scenewire.Stats) int { return s.LogRemovals }),
	},
	{
		"log_transients", gauge, sum, "", "Transient broadcasts that wait for clients.",
		one(func(s *scenewire.Stats) int { return s.LogTransients }),
	},
	{
		"captures", gauge, sum, "", "Captures that run.",
		one(func(s *scenewire.Stats) int { return s.Captures }),
	},
	{
		"captured_messages_total", counter, sum, "", "Messages that captures have written.",
		one(func(s *scenewire.Stats) uint64 { return s.Captured.Messages }),
	},
	{
		"capture_written_bytes_total", counter, sum, "", "Bytes that captures have written.",
		one(func(s *scenewire.Stats) uint64 { return s.Captured.Bytes }),
	},
	{
		"capture_lost_messages_total", counter, sum, "", "Messages that captures have lost: the disk was too slow, or failed.",
		one(func(s *scenewire.Stats) uint64 { return s.Captured.Lost.Entries }),
	},
	{
		"capture_gaps_total", counter, sum, "", "Times that captures have begun to lose messages.",
		one(func(s *scenewire.Stats) uint64 { return s.Captured.Gaps }),
	},
	{
		"capture_errors_total", counter, sum, "", "Times that a capture couldn't write.",
		one(func(s *scenewire.Stats) uint64 { return s.Captured.Errors }),
	},
	{
		"capture_queue_bytes", gauge, sum, "", "Bytes that wait for captures to write them.",
		one(func(s *scenewire.Stats) int64 { return s.Captured.QueueBytes }),
	},
	{
		"capture_files", gauge, sum, "", "Files of the captures that run, or their parts in memory.",
		one(func(s *scenewire.Stats) int { return s.Captured.Files }),
	},
	{
		"capture_file_bytes", gauge, sum, "", "Bytes of these files.",
		one(func(s *scenewire.Stats) int64 { return s.Captured.FileBytes }),
	},
}

// loopMetrics have no label server: they are the sums over all loops.
var loopMetrics = []metric[loop.Stats]{
	{
		"loop_connections", gauge, sum, "", "Connections of the event loops.",
		one(func(s *loop.Stats) int64 { return s.Conns }),
	},
	{
		"loop_written_bytes_total", counter, sum, "", "Bytes that sockets took.",
		one(func(s *loop.Stats) uint64 { return s.BytesWritten }),
	},
	{
		"loop_frames_written_total", counter, sum, "", "Frames written whole, control frames too.",
		one(func(s *loop.Stats) uint64 { return s.FramesWritten }),
	},
	{
		"loop_writes_total", counter, sum, "", "System calls that wrote.",
		one(func(s *loop.Stats) uint64 { return s.Writes }),
	},
	{
		"loop_read_bytes_total", counter, sum, "", "Bytes read from sockets.",
		one(func(s *loop.Stats) uint64 { return s.BytesRead }),
	},
	{
		"loop_timeouts_total", counter, sum, "timeout", "Connections dropped because nothing was written, no ping answered, or no message sent for too long.",
		func(s *loop.Stats, emit func(string, float64)) {
			emit("write", float64(s.WriteTimeouts))
			emit("ping", float64(s.PingTimeouts))
			emit("idle", float64(s.IdleTimeouts))
		},
	},
	{
		"loop_control_frames", gauge, sum, "", "Control frames that wait to be written.",
		one(func(s *loop.Stats) int64 { return s.ControlFrames }),
	},
}
