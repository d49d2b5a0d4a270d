package main

import "math"

// reach and ceiling bound where a body can be dragged to, in metres.
const reach, ceiling = 14.0, 9.0

// vector is a position in metres: x, y (up), z.
type vector [3]float64

var up = vector{0, 1, 0}

// aroundUp returns v turned by an angle in radians about the vertical axis.
func (v vector) aroundUp(angle float64) vector {
	sin, cos := math.Sincos(angle)
	return vector{v[0]*cos - v[2]*sin, v[1], v[0]*sin + v[2]*cos}
}

// finite reports whether v is a place at all.
func (v vector) finite() bool {
	sum := v[0] + v[1] + v[2]
	return !math.IsNaN(sum) && !math.IsInf(sum, 0)
}

// withinReach returns the place nearest to v that a body may have.
func (v vector) withinReach() vector {
	shrink := min(1, reach/max(math.Hypot(v[0], v[2]), reach))
	return vector{v[0] * shrink, min(max(v[1], 0), ceiling), v[2] * shrink}
}

// rounded returns v to about a millimetre. In binary the rest of each number is
// then zeros, which compress away: a third of the bytes on the wire.
func (v vector) rounded() vector {
	for i := range v {
		v[i] = math.Round(v[i]*1024) / 1024
	}
	return v
}

// quaternion is a rotation: w, x, y, z.
type quaternion [4]float64

// rotation turns by an angle in radians about a unit axis.
func rotation(axis vector, angle float64) quaternion {
	sin, cos := math.Sincos(angle / 2)
	return quaternion{cos, axis[0] * sin, axis[1] * sin, axis[2] * sin}
}

// times returns the rotation that is first p, then q.
func (q quaternion) times(p quaternion) quaternion {
	return quaternion{
		q[0]*p[0] - q[1]*p[1] - q[2]*p[2] - q[3]*p[3],
		q[0]*p[1] + q[1]*p[0] + q[2]*p[3] - q[3]*p[2],
		q[0]*p[2] - q[1]*p[3] + q[2]*p[0] + q[3]*p[1],
		q[0]*p[3] + q[1]*p[2] - q[2]*p[1] + q[3]*p[0],
	}
}

// unit returns q with length 1, or false if it has none.
func (q quaternion) unit() (quaternion, bool) {
	length := math.Sqrt(q[0]*q[0] + q[1]*q[1] + q[2]*q[2] + q[3]*q[3])
	if !(length > 1e-9) || math.IsInf(length, 0) {
		return quaternion{}, false
	}
	for i := range q {
		q[i] /= length
	}
	return q, true
}

// rounded returns q to about a hundredth of a degree, as [vector.rounded] does.
func (q quaternion) rounded() quaternion {
	for i := range q {
		q[i] = math.Round(q[i]*8192) / 8192
	}
	return q
}
