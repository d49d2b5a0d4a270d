//go:build linux

package main

// rivals are the servers that are compared with this module.
func rivals() []*subject {
	return []*subject{gwsSubject(), gorilla(), coder(), gobwas(), gobwasEpoll(), nbioSubject(), centrifugeSubject(), viserSubject()}
}
