package main

import "math"

// reach and ceiling bound where a body can be dragged to, in metres.
const reach, ceiling = 14.0, 9.0

// Vector is a position in metres: x, y (up), z.
type Vector [3]float64

var up = Vector{0, 1, 0}

// aroundUp returns v turned by an angle in radians about the vertical axis.
func (v Vector) aroundUp(angle float64) Vector {
	sin, cos := math.Sincos(angle)
	return Vector{v[0]*cos - v[2]*sin, v[1], v[0]*sin + v[2]*cos}
}

// finite reports whether v is a place at all.
func (v Vector) finite() bool {
	sum := v[0] + v[1] + v[2]
	return !math.IsNaN(sum) && !math.IsInf(sum, 0)
}

// withinReach returns the place nearest to v that a body may have.
func (v Vector) withinReach() Vector {
	shrink := min(1, reach/max(math.Hypot(v[0], v[2]), reach))
	return Vector{v[0] * shrink, min(max(v[1], 0), ceiling), v[2] * shrink}
}

// rounded returns v to about a millimetre. In binary the rest of each number is
// then zeros, which compress away: a third of the bytes on the wire.
func (v Vector) rounded() Vector {
	for i := range v {
		v[i] = math.Round(v[i]*1024) / 1024
	}
	return v
}

// Quaternion is a rotation: w, x, y, z.
type Quaternion [4]float64

// rotation turns by an angle in radians about a unit axis.
func rotation(axis Vector, angle float64) Quaternion {
	sin, cos := math.Sincos(angle / 2)
	return Quaternion{cos, axis[0] * sin, axis[1] * sin, axis[2] * sin}
}

// times returns the rotation that is first p, then q.
func (q Quaternion) times(p Quaternion) Quaternion {
	return Quaternion{
		q[0]*p[0] - q[1]*p[1] - q[2]*p[2] - q[3]*p[3],
		q[0]*p[1] + q[1]*p[0] + q[2]*p[3] - q[3]*p[2],
		q[0]*p[2] - q[1]*p[3] + q[2]*p[0] + q[3]*p[1],
		q[0]*p[3] + q[1]*p[2] - q[2]*p[1] + q[3]*p[0],
	}
}

// unit returns q with length 1, or false if it has none.
func (q Quaternion) unit() (Quaternion, bool) {
	length := math.Sqrt(q[0]*q[0] + q[1]*q[1] + q[2]*q[2] + q[3]*q[3])
	if !(length > 1e-9) || math.IsInf(length, 0) {
		return Quaternion{}, false
	}
	for i := range q {
		q[i] /= length
	}
	return q, true
}

// rounded returns q to about a hundredth of a degree, as [Vector.rounded] does.
func (q Quaternion) rounded() Quaternion {
	for i := range q {
		q[i] = math.Round(q[i]*8192) / 8192
	}
	return q
}
