package dashboard

import "math"

const (
	byServer  = "Counted by the server. "
	byLoadgen = "Measured by the load generator's clients; without one there is none. "
	byPings   = "Round trips of the server's pings to some of its clients, a kernel and a browser included. "
	byAges    = "How long the oldest message that a client still has to get has been waiting, over all clients that aren't paused. "
)

// seriesInfo are the curves, in the order of Sample.Values.
var seriesInfo = []SeriesInfo{
	{seriesDeliveries, "Deliveries", unitPerSecond, byServer + "A message to a thousand clients is a thousand deliveries."},
	{seriesWindows, "Windows", unitPerSecond, byServer + "WebSocket messages with at least one delivery."},
	{seriesBytesSent, "Sent", unitBytesRate, byServer + "What the clients' sockets took."},
	{seriesCPU, "CPU", unitShare, "Processor time of the server's process, all threads: 1 is one core."},
	{seriesCPUPerDelivery, "CPU per delivery", unitUs, "Processor time of the process divided by the deliveries of the same time."},
	{seriesWindowRate, "Window rate", unitHz, byServer + "Windows that each client is offered: 60 under continuous broadcasts, less when a pass over all clients takes longer."},
	{seriesPassTime, "Pass", unitMs, "How long the last pass over all clients took."},
	{seriesCompression, "Compression", unitRatio, byServer + "Bytes of the messages divided by the bytes that were sent."},

	{seriesLatencyP50, "Latency p50", unitMs, byLoadgen + "From when a message was due until a client had it."},
	{seriesLatencyP99, "Latency p99", unitMs, byLoadgen},
	{seriesLatencyP999, "Latency p99.9", unitMs, byLoadgen},
	{seriesGapP50, "Update gap p50", unitMs, byLoadgen + "Between two versions of one object at one client."},
	{seriesGapP99, "Update gap p99", unitMs, byLoadgen},
	{seriesGapP999, "Update gap p99.9", unitMs, byLoadgen},
	{seriesRTTP50, "Round trip p50", unitMs, byPings},
	{seriesRTTP99, "Round trip p99", unitMs, byPings},
	{seriesRTTP999, "Round trip p99.9", unitMs, byPings},
	{seriesAgeP50, "Oldest pending p50", unitMs, byAges},
	{seriesAgeP99, "Oldest pending p99", unitMs, byAges},
	{seriesAgeP999, "Oldest pending p99.9", unitMs, byAges},

	{seriesLagMax, "Largest lag", unitNumber, byServer + "Sequences that the slowest client is behind; superseded ones count."},
	{seriesPendingBytes, "Pending", unitBytes, "Bytes that wait for single clients: private queues, and what sockets haven't taken. The log isn't in it."},
	{seriesWriteStalls, "Write stalls", unitPerSecond, byServer + "How often a socket took no more."},
	{seriesTransientsLost, "Transients lost", unitPerSecond, byServer + "Transient broadcasts that were dropped before a client got them."},

	{seriesClients, "Clients", unitNumber, "Connected clients."},
	{seriesSuspended, "Suspended", unitNumber, "Clients without a connection that may come back."},
	{seriesPaused, "Paused", unitNumber, "Clients that are kept without messages."},
	{seriesConnects, "Connects", unitPerSecond, byServer},
	{seriesCloses, "Closes", unitPerSecond, byServer + "Connections that ended."},
	{seriesRefused, "Refused", unitPerSecond, byServer + "Handshakes that didn't become clients."},

	{seriesHandlerQueue, "Handler queue", unitNumber, "Messages of clients that wait for their handlers."},
	{seriesHandlerTime, "Handler time", unitUs, "How long a message's handlers took."},
	{seriesInbound, "Inbound", unitPerSecond, "Messages from clients."},
	{seriesInboundBytes, "Inbound bytes", unitBytesRate, "Bytes read by the loop, for all servers that share it."},

	{seriesLogMessages, "Live messages", unitNumber, "The live state: what a client gets that joins now."},
	{seriesLogBytes, "Live bytes", unitBytes, "The size of the live state."},
	{seriesPushes, "Broadcasts", unitPerSecond, "What was pushed to the log. Followers that a push moves count."},
	{seriesCulled, "Superseded", unitPerSecond, "Broadcasts that newer ones superseded."},
	{seriesFramesBuilt, "Frames built", unitPerSecond, "Windows that were encoded and compressed; they are shared."},

	{seriesHeap, "Heap", unitBytes, "Objects on the Go heap."},
	{seriesRSS, "Resident", unitBytes, "Resident memory of the process."},
	{seriesGCPause, "GC pause", unitMs, "The longest stop of the world by the garbage collector since the sample before."},
	{seriesGCShare, "GC share", unitShare, "Part of the process's processor time that the garbage collector took, of the last cycles."},
	{seriesGoroutines, "Goroutines", unitNumber, "Goroutines of the process."},

	{seriesMeasuredClients, "Clients that measure", unitNumber, byLoadgen},
	{seriesMeasuredDeliveries, "Deliveries that arrived", unitPerSecond, byLoadgen},
}

// columns are the places of curves in Sample.Values.
var columns = func() map[Series]int {
	m := make(map[Series]int, len(seriesInfo))
	for i, s := range seriesInfo {
		m[s.ID] = i
	}
	return m
}()

var (
	lagBins = Bins{
		"Waiting time of the oldest pending message", unitMs,
		[]float64{5, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000},
		byAges,
	}
	pendingBins = Bins{
		"Pending bytes", unitBytes,
		[]float64{1, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20, 64 << 20},
		"What a client still has to get, before compression, of the log and of its private queue, and what its socket hasn't taken.",
	}
	rttBins  = Bins{"Round trip", unitMs, []float64{0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000}, byPings}
	joinBins = Bins{
		"Time to catch up", unitMs,
		[]float64{1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000},
		"From the connect until the last window of what the log held then was handed to the socket.",
	}
)

// bin returns where a value belongs.
func (b *Bins) bin(v float64) int {
	for i, edge := range b.Edges {
		if v < edge {
			return i
		}
	}
	return len(b.Edges)
}

// empty returns counts for the bins.
func (b *Bins) empty() []uint32 { return make([]uint32, len(b.Edges)+1) }

// values are those of one sample: NaN until they are set.
type values []float32

func newValues() values {
	v := make(values, len(seriesInfo))
	for i := range v {
		v[i] = float32(math.NaN())
	}
	return v
}

func (v values) set(s Series, value float64) { v[columns[s]] = float32(value) }
