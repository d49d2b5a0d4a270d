// Package costs fits a model to what benchmarks/scaling measured: what a message, a
// window, a client and a kilobyte cost a server in processor time and in memory. It is so
// simple that a user can size a machine with it on paper.
package costs
