// Package wsclient is a WebSocket client for programs, on the client half of wsproto:
// ws and wss addresses, contexts, and an ear for servers that have gone silent.
package wsclient
