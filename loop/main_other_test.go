//go:build !linux

package loop

func (m mode) tellsOfPausedPeers() bool { return false }

func epollModes() []mode { return nil }
