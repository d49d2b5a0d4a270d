// Package commands has tests of the programs as processes: how they end when they are
// asked to.
package commands
