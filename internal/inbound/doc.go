// Package inbound sends again what clients sent while a recording was made: each recorded
// client is a client once more, over a connection of its own, with its messages in their
// order and at their times.
package inbound
