package msgpscan

// Kind is the family of formats to which a value belongs.
type Kind uint8

// The kinds. The zero value stands for no input and for the marker 0xc1.
const (
	Invalid Kind = iota
	Nil
	Bool
	Int
	Float
	String
	Bin
	Array
	Map
	Ext
)

var kindNames = [...]string{"invalid", "nil", "bool", "integer", "float", "string", "binary", "array", "map", "extension"}

// String returns the kind's name as it appears in error messages.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return kindNames[Invalid]
}

// KindOf returns the kind of the value at the start of b. It looks at the
// marker only, so the value may still turn out to be truncated.
func KindOf(b []byte) Kind {
	if len(b) == 0 {
		return Invalid
	}
	return kindOfMarker(b[0])
}

// IsNil reports whether b begins with nil.
func IsNil(b []byte) bool { return len(b) > 0 && b[0] == mNil }

// kindOfMarker returns the kind of the values that begin with c. It is a table, as
// every value that is walked over is looked up in it (BenchmarkSize).
func kindOfMarker(c byte) Kind { return kindTable[c] }

var kindTable = func() (t [256]Kind) {
	for c := range t {
		t[c] = classify(byte(c))
	}
	return t
}()

// classify is a flat switch over the table in doc.go.
func classify(c byte) Kind {
	switch {
	case c <= maxPosFix || c >= minNegFix:
		return Int
	case c <= mFixMap|0x0f:
		return Map
	case c <= mFixArray|0x0f:
		return Array
	case c <= mFixStr|0x1f:
		return String
	}
	switch c {
	case mNil:
		return Nil
	case mFalse, mTrue:
		return Bool
	case mBin8, mBin16, mBin32:
		return Bin
	case mFloat32, mFloat64:
		return Float
	case mStr8, mStr16, mStr32:
		return String
	case mArray16, mArray32:
		return Array
	case mMap16, mMap32:
		return Map
	case mUint8, mUint16, mUint32, mUint64, mInt8, mInt16, mInt32, mInt64:
		return Int
	case mUnused:
		return Invalid
	}
	return Ext
}

// Markers, named as in the specification.
const (
	maxPosFix = 0x7f
	minNegFix = 0xe0
	mFixMap   = 0x80
	mFixArray = 0x90
	mFixStr   = 0xa0
	mNil      = 0xc0
	mUnused   = 0xc1
	mFalse    = 0xc2
	mTrue     = 0xc3
	mBin8     = 0xc4
	mBin16    = 0xc5
	mBin32    = 0xc6
	mExt8     = 0xc7
	mExt16    = 0xc8
	mExt32    = 0xc9
	mFloat32  = 0xca
	mFloat64  = 0xcb
	mUint8    = 0xcc
	mUint16   = 0xcd
	mUint32   = 0xce
	mUint64   = 0xcf
	mInt8     = 0xd0
	mInt16    = 0xd1
	mInt32    = 0xd2
	mInt64    = 0xd3
	mFixExt1  = 0xd4
	mFixExt2  = 0xd5
	mFixExt4  = 0xd6
	mFixExt8  = 0xd7
	mFixExt16 = 0xd8
	mStr8     = 0xd9
	mStr16    = 0xda
	mStr32    = 0xdb
	mArray16  = 0xdc
	mArray32  = 0xdd
	mMap16    = 0xde
	mMap32    = 0xdf
)
