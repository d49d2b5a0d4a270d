package record

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/scenewire/scenewire/buffers"
	"github.com/scenewire/scenewire/internal/msgpscan"
)

// KeyRule says what messages of a type claim in a log: their redundancy key, and what
// goes with it. See [buffers.Entry] for what claims do.
//
// Key, Follows, Supersedes and Prefix are templates: text with names of top-level
// fields in braces, such as "node {name}". A field is a string, a number or a boolean;
// {updates:keys} stands for the keys of a map, joined by commas. A claim whose fields
// the message doesn't have, or has of another kind, isn't made.
type KeyRule struct {
	// Type is the wire name that the rule is for; "*" is for the types that no other
	// rule names.
	Type string
	// Key is the redundancy key; "": messages are never superseded.
	Key string
	// Removes says that the message removes what has its key.
	Removes bool
	// Follows is the key that the message only makes sense after.
	Follows string
	// Supersedes are further keys that the message supersedes.
	Supersedes []string
	// Prefix: so are all keys that begin with it.
	Prefix string
}

// KeyRules finds out what messages claim by looking into them. The wire and .viser files
// don't carry claims, so what records a foreign server, or makes a capture of a .viser
// file, needs rules. Without any, no message is ever superseded: the state is everything
// that came. Immutable; nil has no rules.
type KeyRules struct {
	byType map[string]*claim
	viser  bool
}

// claim is a rule that has been read.
type claim struct {
	key, follows, prefix template
	supersedes           []template
	removes              bool
}

// NewKeyRules returns rules, of which a later one replaces an earlier one of the same
// type. The error names a template that can't be read.
func NewKeyRules(rules ...KeyRule) (*KeyRules, error) {
	return (&KeyRules{}).With(rules...)
}

// With returns the rules and further ones, which come first.
func (r *KeyRules) With(rules ...KeyRule) (*KeyRules, error) {
	all := &KeyRules{byType: map[string]*claim{}}
	if r != nil {
		all.viser = r.viser
		maps.Copy(all.byType, r.byType)
	}
	for _, rule := range rules {
		c, err := newClaim(rule)
		if err != nil {
			return nil, fmt.Errorf("record: the rule for %q: %w", rule.Type, err)
		}
		all.byType[rule.Type] = c
	}
	return all, nil
}

func newClaim(rule KeyRule) (*claim, error) {
	if rule.Type == "" {
		return nil, errors.New("it names no type")
	}
	if rule.Key == "" && rule.Removes {
		return nil, errors.New("what removes needs a key")
	}
	c := &claim{removes: rule.Removes}
	var errs [3]error
	c.key, errs[0] = parseTemplate(rule.Key)
	c.follows, errs[1] = parseTemplate(rule.Follows)
	c.prefix, errs[2] = parseTemplate(rule.Prefix)
	if err := errors.Join(errs[:]...); err != nil {
		return nil, err
	}
	for _, text := range rule.Supersedes {
		t, err := parseTemplate(text)
		if err != nil {
			return nil, err
		}
		c.supersedes = append(c.supersedes, t)
	}
	return c, nil
}

// ParseKeyRule reads a rule's short form, as commands take it:
//
//	SetPose=name          messages of a type supersede one another if their fields
//	Cell=row,column       are equal; the key is "SetPose {name}", "Cell {row} {column}"
//	Theme=                all messages of the type have one key
//	SetBody=node {name}   a template
//	*=name                for the types that no other rule names
//
// The error says what is wrong.
func ParseKeyRule(text string) (KeyRule, error) {
	name, fields, found := strings.Cut(text, "=")
	if !found || name == "" {
		return KeyRule{}, fmt.Errorf("%q is no rule like Type=field,field", text)
	}
	rule := KeyRule{Type: name, Key: fields}
	if !strings.Contains(fields, "{") {
		rule.Key = "{type}"
		for field := range strings.SplitSeq(fields, ",") {
			if field = strings.TrimSpace(field); field != "" {
				rule.Key += " {" + field + "}"
			}
		}
	}
	_, err := newClaim(rule)
	return rule, err
}

// Claim gives an entry what the rules say that its payload claims, in place of what it
// had. A payload that isn't a map claims nothing.
func (r *KeyRules) Claim(e *buffers.Entry) {
	e.Key, e.Follows, e.Removal, e.Supersedes = "", "", false, nil
	if r == nil {
		return
	}
	fields, ok := readFields(e.Payload)
	if !ok {
		return
	}
	if c := r.find(fields); c != nil {
		c.apply(e, fields)
	}
}

// find returns what a message of these fields claims, nil if nothing.
func (r *KeyRules) find(fields messageFields) *claim {
	name, _, _ := msgpscan.ReadString(fields.find("type"))
	switch c, ok := r.byType[string(name)]; {
	case ok:
		return c
	case r.viser:
		return viserClaim(string(name), fields)
	}
	return r.byType["*"]
}

func (c *claim) apply(e *buffers.Entry, fields messageFields) {
	key, ok := c.key.expand(fields)
	if !ok {
		return
	}
	e.Key = key
	e.Removal = c.removes && key != ""
	if !e.Removal {
		e.Follows, _ = c.follows.expand(fields)
		if e.Follows == e.Key { // nothing follows itself
			e.Follows = ""
		}
	}
	var set buffers.KeySet
	set.Prefix, _ = c.prefix.expand(fields)
	for _, t := range c.supersedes {
		if further, ok := t.expand(fields); ok {
			set.Keys = append(set.Keys, further)
		}
	}
	if set.Prefix != "" || len(set.Keys) > 0 {
		e.Supersedes = &set
	}
}

// Types are the wire names that have a rule of their own, sorted.
func (r *KeyRules) Types() []string {
	if r == nil {
		return nil
	}
	names := slices.Collect(maps.Keys(r.byType))
	if r.viser {
		names = slices.AppendSeq(names, maps.Keys(viserClaims()))
	}
	slices.Sort(names)
	return slices.Compact(names)
}
