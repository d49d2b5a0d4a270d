package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// keysHelp is for commands that find out what supersedes what.
const keysHelp = `Redundancy keys. What a message supersedes isn't told by the wire or by .viser files, but
a recording that knows it seeks and plays better: its state at a time is what counts then,
and not all that ever came. --keys viser takes viser's own keys, --keys none takes every
message for news; auto, the default, is viser for servers and files of viser. Rules add to
that, each for one type, or with * for all the others:

  --key SetPose=name              a pose supersedes the pose with the same name
  --key 'SetBody=node {name}'     the key in full, with fields in braces
  --remove 'RemoveBody=node {name}'   removes what has that key
  --follow 'SetPose=node {name}'  only makes sense after what has that key
                                  and goes with it`

// keyFlags say which redundancy keys messages have.
type keyFlags struct {
	preset                string
	keys, removes, follow []string
}

func (k *keyFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&k.preset, "keys", "auto", "redundancy keys: auto, viser or none")
	flags.StringArrayVar(&k.keys, "key", nil, "redundancy key of a type, as `Type=field,field`")
	flags.StringArrayVar(&k.removes, "remove", nil, "a type that removes what has its key, as `Type=field,field`")
	flags.StringArrayVar(&k.follow, "follow", nil, "a type that goes with what has a key, as `'Type=key {field}'`")
	commandline.Complete(cmd, "keys", "auto\tviser's for servers and files of viser", "viser\tviser's own keys", "none\tevery message is news")
	for _, name := range []string{"key", "remove", "follow"} {
		commandline.Complete(cmd, name)
	}
}

// rules returns the rules for what is viser's, or isn't.
func (k *keyFlags) rules(isViser bool) (*record.KeyRules, error) {
	own, err := k.own()
	if err != nil {
		return nil, err
	}
	base := &record.KeyRules{}
	switch k.preset {
	case "auto":
		if isViser {
			base = record.ViserKeyRules()
		}
	case "viser":
		base = record.ViserKeyRules()
	case "none":
	default:
		return nil, fmt.Errorf("--keys is %q, not auto, viser or none", k.preset)
	}
	return base.With(own...)
}

// own returns the rules of the flags, of which those for one type are one.
func (k *keyFlags) own() ([]record.KeyRule, error) {
	var rules []record.KeyRule
	byType := map[string]int{}
	for _, list := range []struct {
		flag  string
		texts []string
		apply func(to *record.KeyRule, rule record.KeyRule)
	}{
		{"key", k.keys, func(to *record.KeyRule, rule record.KeyRule) { to.Key = rule.Key }},
		{"remove", k.removes, func(to *record.KeyRule, rule record.KeyRule) { to.Key, to.Removes = rule.Key, true }},
		{"follow", k.follow, func(to *record.KeyRule, rule record.KeyRule) { to.Follows = rule.Key }},
	} {
		for _, text := range list.texts {
			rule, err := record.ParseKeyRule(text)
			if err != nil {
				return nil, fmt.Errorf("--%s: %w", list.flag, err)
			}
			i, known := byType[rule.Type]
			if !known {
				i = len(rules)
				byType[rule.Type] = i
				rules = append(rules, record.KeyRule{Type: rule.Type})
			}
			list.apply(&rules[i], rule)
		}
	}
	return rules, nil
}

// typeFilter says which types are wanted: all, only some, or all but some.
type typeFilter struct{ only, skip []string }

func (f *typeFilter) add(cmd *cobra.Command, what string) {
	cmd.Flags().StringSliceVar(&f.only, "only", nil, what+" only these `types`")
	cmd.Flags().StringSliceVar(&f.skip, "skip", nil, what+" all but these `types`")
	commandline.Complete(cmd, "only")
	commandline.Complete(cmd, "skip")
}

// validate says what is wrong with the flags.
func (f *typeFilter) validate() error {
	if len(f.only) > 0 && len(f.skip) > 0 {
		return errors.New("--only and --skip can't be used together")
	}
	return nil
}

func (f *typeFilter) wants(name string) bool {
	among := func(list []string) bool {
		for _, pattern := range list {
			prefix, wild := strings.CutSuffix(pattern, "*")
			if pattern == name || wild && strings.HasPrefix(name, prefix) {
				return true
			}
		}
		return false
	}
	return (len(f.only) == 0 || among(f.only)) && !among(f.skip)
}

// any reports whether there is a filter at all.
func (f *typeFilter) any() bool { return len(f.only)+len(f.skip) > 0 }

// given reports whether the flags say more than the defaults.
func (k *keyFlags) given() bool {
	return k.preset != "auto" || len(k.keys)+len(k.removes)+len(k.follow) > 0
}
