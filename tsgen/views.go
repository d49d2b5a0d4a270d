package tsgen

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// view is the function that makes numbers of a binary.
type view struct {
	function string
	array    string // class of what it returns
	size     int    // bytes of a number
}

// views has the elements of binaries that are not bytes already.
var views = map[element]view{
	"int8":    {"viewInt8", "Int8Array", 1},
	"int16":   {"viewInt16", "Int16Array", 2},
	"uint16":  {"viewUint16", "Uint16Array", 2},
	"int32":   {"viewInt32", "Int32Array", 4},
	"uint32":  {"viewUint32", "Uint32Array", 4},
	"int64":   {"viewInt64", "BigInt64Array", 8},
	"uint64":  {"viewUint64", "BigUint64Array", 8},
	"float32": {"viewFloat32", "Float32Array", 4},
	"float64": {"viewFloat64", "Float64Array", 8},
	"float16": {"readFloat16", "Float32Array", 2},
}

// viewSource returns the functions for the elements that are used.
func viewSource(used map[element]bool) string {
	var out strings.Builder
	aligned := false
	for _, e := range slices.Sorted(maps.Keys(used)) {
		v, ok := views[e]
		if !ok {
			continue
		}
		if e == "float16" {
			out.WriteString(float16Source)
			continue
		}
		aligned = aligned || v.size > 1
		out.WriteString(v.source(e))
	}
	if aligned {
		out.WriteString(alignedSource)
	}
	return out.String()
}

func (v view) source(e element) string {
	if v.size == 1 {
		return fmt.Sprintf(`
/** Returns the %[1]s numbers in bytes, without copying them. */
export function %[2]s(bytes: Uint8Array<ArrayBuffer>): %[3]s<ArrayBuffer> {
  return new %[3]s(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
`, e, v.function, v.array)
	}
	return fmt.Sprintf(`
/** Returns the %[1]s numbers in bytes. They are copied only if they are not aligned in memory. */
export function %[2]s(bytes: Uint8Array<ArrayBuffer>): %[3]s<ArrayBuffer> {
  const { buffer, byteOffset, byteLength } = aligned(bytes, %[4]d);
  return new %[3]s(buffer, byteOffset, Math.floor(byteLength / %[4]d));
}
`, e, v.function, v.array, v.size)
}

const alignedSource = `
function aligned(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  return bytes.byteOffset % size === 0 ? bytes : bytes.slice();
}
`

// float16Source makes floats of them, as few browsers have a Float16Array.
const float16Source = `
/** Returns the float16 numbers in bytes, as float32. */
export function readFloat16(bytes: Uint8Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: Math.floor(bytes.byteLength / 2) }, (_, i) => {
    const bits = view.getUint16(2 * i, true);
    const exponent = (bits >> 10) & 0x1f;
    const fraction = (bits & 0x3ff) / 1024;
    const sign = bits & 0x8000 ? -1 : 1;
    if (exponent === 0) return sign * fraction * 2 ** -14;
    if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1 + fraction) * 2 ** (exponent - 15);
  });
}
`
