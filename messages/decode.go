package messages

// Decode returns the message in data, which must be exactly one MessagePack map
// with the wire name under "type", at whatever place. The message's dynamic
// type is the one that was registered: a struct, or a pointer to a new one. It
// shares nothing with data, which is borrowed until return.
//
// Fields that the type doesn't have are ignored. Those that don't arrive keep
// their zero value, unless they are required.
//
// Nothing in data makes it panic, or allocate for elements that are not there.
// The error is *UnknownTypeError, *FieldError, or for errors.Is ErrTooLarge,
// ErrTooDeep, ErrTooMany, ErrMalformed, ErrNotMap, ErrNoType, ErrTrailing or
// ErrDuplicate. FaultOf tells its kind.
func (r *Registry) Decode(data []byte) (Message, error) {
	t := r.tables.Load()
	name, err := findType(data, t.limits)
	if err != nil {
		return nil, err
	}
	p, ok := t.byName[string(name)]
	if !ok {
		return nil, &UnknownTypeError{Name: clip(string(name[:min(len(name), 2*maxClip)]))}
	}
	return p.decode(data)
}
