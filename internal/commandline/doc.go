// Package commandline is what our commands have in common for those who use them: how
// they end and what they say then, progress on a terminal, numbers as people read them,
// and files that are whole or not there.
//
// An [App] belongs to one goroutine; functions are pure, or touch only the files that
// they are told to.
package commandline
