package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/scenewire/scenewire/internal/commandline"
	"github.com/scenewire/scenewire/record"
)

// typesOf lists the types, those that take most first. In brief their bytes aren't known.
func typesOf(s *record.Survey, brief bool) []record.TypeCount {
	if !brief {
		return s.Types
	}
	var list []record.TypeCount
	for _, name := range slices.Sorted(maps.Keys(s.Info.Messages)) {
		list = append(list, record.TypeCount{Type: name, Messages: int(s.Info.Messages[name])})
	}
	slices.SortStableFunc(list, func(a, b record.TypeCount) int { return cmp.Compare(b.Messages, a.Messages) })
	return list
}

// printInfo writes what info says to people.
func printInfo(w io.Writer, name string, s *record.Survey, brief bool) {
	commandline.Writef(w, "%s\n", name)
	facts := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fact := func(what, format string, args ...any) { commandline.Writef(facts, "  "+what+"\t"+format+"\n", args...) }
	fact("format", "%s", formatText(&s.Info))
	if s.Name != "" {
		fact("name", "%s", s.Name)
	}
	if s.Generation == 0 {
		fact("start", "%s", s.Start.Local().Format("2006-01-02 15:04:05.000 MST"))
	}
	fact("duration", "%s", clock(s.Duration()))
	fact("size", "%s, %s before compression", commandline.Size(s.Bytes), commandline.Size(s.ContentBytes))
	fact("messages", "%s", rateText(s, brief))
	if !brief {
		fact("gaps", "%s", gapsText(s))
	}
	if len(s.Damage) > 0 {
		fact("damage", "%s", damageText(s.Damage))
	}
	_ = facts.Flush()
	printTypes(w, s, brief)
	printKeys(w, s.Keys)
}

func formatText(i *record.Info) string {
	text := fmt.Sprintf("MCAP, %s, %s", commandline.Count(i.Chunks, "chunk"), commandline.Count(i.Keyframes, "keyframe"))
	if i.Files > 1 {
		text = fmt.Sprintf("%d files of MCAP, %s, %s", i.Files, commandline.Count(i.Chunks, "chunk"), commandline.Count(i.Keyframes, "keyframe"))
	}
	if i.Generation != 0 {
		text = "viser's, " + map[record.Generation]string{
			record.GenerationLoop: "of up to 0.2.20", record.GenerationGzip: "of 0.2.21 to 1.0.16", record.GenerationZstd: "of 1.0.17 and later",
		}[i.Generation]
	}
	if i.ViserVersion != "" {
		text += ", for viser " + i.ViserVersion
	}
	return text
}

func rateText(s *record.Survey, brief bool) string {
	n := messageCount(s, brief)
	text := commandline.Number(n)
	if rate := perSecond(int(n), s.Duration()); rate > 0 {
		text += ", " + rateNumber(rate) + " a second"
	}
	if s.Peak > 0 {
		text += ", at most " + commandline.Number(int64(s.Peak)) + " in one"
	}
	return text
}

// rateNumber writes a rate with what digits tell something.
func rateNumber(rate float64) string {
	if rate < 10 {
		return strconv.FormatFloat(rate, 'f', 1, 64)
	}
	return commandline.Number(int64(rate + 0.5))
}

func gapsText(s *record.Survey) string {
	if len(s.Gaps) == 0 {
		return "none"
	}
	var list []string
	for i, g := range s.Gaps {
		if i == 5 {
			list = append(list, fmt.Sprintf("and %d more", len(s.Gaps)-i))
			break
		}
		list = append(list, fmt.Sprintf("%s for %s", clock(g.Start.Sub(s.Start)), max(0, g.Until.Sub(g.Start)).Round(time.Millisecond)))
	}
	return strings.Join(list, ", ")
}

func damageText(damage []error) string {
	text := damage[0].Error()
	if more := len(damage) - 1; more > 0 {
		text += fmt.Sprintf(", and in %s more", commandline.Count(more, "place"))
	}
	return text
}

func printTypes(w io.Writer, s *record.Survey, brief bool) {
	types := typesOf(s, brief)
	if len(types) == 0 {
		return
	}
	commandline.Writef(w, "\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	commandline.Writef(table, "  messages\ta second\tsize\t  type\n")
	for _, t := range types {
		bytes, name := commandline.Size(t.Bytes), t.Type
		if brief {
			bytes = ""
		}
		if t.Inbound {
			name += ", from clients"
		}
		commandline.Writef(table, "%s\t%s\t%s\t  %s\n", commandline.Number(int64(t.Messages)), rateNumber(perSecond(t.Messages, s.Duration())), bytes, name)
	}
	_ = table.Flush()
}

func printKeys(w io.Writer, keys []record.KeyCount) {
	if len(keys) == 0 {
		return
	}
	commandline.Writef(w, "\n")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	commandline.Writef(table, "  messages\tsize\t  biggest keys\n")
	for _, k := range keys {
		commandline.Writef(table, "%s\t%s\t  %s\n", commandline.Number(int64(k.Messages)), commandline.Size(k.Bytes), commandline.Printable(k.Key))
	}
	_ = table.Flush()
}
