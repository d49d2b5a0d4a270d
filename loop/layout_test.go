package loop

import (
	"testing"
	"unsafe"
)

// A field that is put between the hot ones would make every pass dearer, unseen.
func TestHotFieldsOfAConnectionAreTwoCacheLines(t *testing.T) {
	const line = 64
	if end := unsafe.Offsetof(Conn{}.group) + unsafe.Sizeof(Conn{}.group); end > 2*line {
		t.Errorf("the fields that a pass touches take %d bytes, more than %d", end, 2*line)
	}
}
