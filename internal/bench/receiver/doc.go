//go:build linux

// Package receiver is the other end of the benchmarks' servers: thousands of WebSocket
// clients that cost as little as possible, so that the servers are what is measured,
// and that are the same for every server.
//
// A Receiver has a few threads, each with an epoll instance of its own, one large
// buffer and its share of the connections. A thread reads once from each socket that
// has something, and only counts frames, by their headers. The payloads of a few
// connections, spread evenly, are looked at: their time stamps give the latency, and
// their messages tell how many a frame carries.
//
// A port of one address has some 28,000 others that may connect to it, so clients
// connect from 127.0.0.2, 127.0.0.3 and so on, 8,000 from each.
package receiver
