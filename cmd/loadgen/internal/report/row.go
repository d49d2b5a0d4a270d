package report

import (
	"encoding/json"
	"strings"

	"github.com/scenewire/scenewire/internal/bench/result"
)

// settingPrefix begins the names of a row's fields that are settings.
const settingPrefix = "setting "

// curvePrefix begins the names of a row's fields that have a value for each second.
const curvePrefix = "second_"

// Row makes a flat row of the report: its figures by their names, what it was of, and a
// curve over the seconds for each field of a sample.
func (r *Report) Row() (result.Row, error) {
	row := result.Row{
		"scenario": r.Scenario, "target": r.Target, "subprotocol": r.Subprotocol, "interrupted": r.Interrupted,
		"clients": r.Clients, "connected": r.Connected, "seconds": r.Seconds, "deliveries": r.Deliveries,
	}
	for i := range figures {
		if v := figures[i].value(r); v.Known() {
			row[figures[i].name] = v
		}
	}
	if r.Server.CPUSeconds.Known() {
		row["server_cpu_s"] = r.Server.CPUSeconds
	}
	for key, value := range r.Settings {
		row[settingPrefix+key] = value
	}
	if err := addCurves(row, r.Samples); err != nil {
		return nil, err
	}
	return result.RowOf(row)
}

// addCurves turns samples into a list for each of their fields.
func addCurves(row result.Row, samples []Sample) error {
	for _, s := range samples {
		flat, err := result.RowOf(s)
		if err != nil {
			return err
		}
		for name, value := range flat {
			list, _ := row[curvePrefix+name].([]any)
			row[curvePrefix+name] = append(list, value)
		}
	}
	return nil
}

// spreadFields are the fields of a row that belong to a report's distributions.
var spreadFields = []struct {
	prefix string
	spread func(*Report) **Spread
}{
	{"", func(r *Report) **Spread { return &r.Latency }},
	{"update_gap_", func(r *Report) **Spread { return &r.UpdateGap }},
	{"echo_", func(r *Report) **Spread { return &r.Echo }},
	{"connect_", func(r *Report) **Spread { return &r.Connect }},
	{"catch_up_", func(r *Report) **Spread { return &r.CatchUp }},
}

// fromRow makes a report again, of all that comparisons need.
func fromRow(row result.Row) (*Report, error) {
	r := &Report{
		Form: Form, Settings: map[string]string{},
		DeliveriesPerS: Unknown, WindowHz: Unknown, BytesPerS: Unknown, BytesPerMessage: Unknown, CompressRatio: Unknown,
	}
	text, err := json.Marshal(row)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(text, r); err != nil {
		return nil, err
	}
	for name := range row {
		if key, ok := strings.CutPrefix(name, settingPrefix); ok {
			r.Settings[key] = row.Text(name)
		}
	}
	for _, f := range spreadFields {
		*f.spread(r) = spreadOf(row, f.prefix)
	}
	r.Server = Server{
		CPUSeconds: number(row, "server_cpu_s"), ResidentBytes: number(row, "rss_bytes"),
		CPUMicros: number(row, "cpu_us_per_delivery"), Cores: number(row, "server_cores"),
		HandledPerS: number(row, "handled_per_s"),
	}
	diverged, _ := row.Number("diverged")
	r.Converged.Diverged = int(diverged)
	r.Samples, err = samplesOf(row)
	return r, err
}

func number(row result.Row, name string) Number {
	if v, ok := row.Number(name); ok {
		return Number(v)
	}
	return Unknown
}

// spreadOf returns what a row has of a distribution, nil for nothing.
func spreadOf(row result.Row, prefix string) *Spread {
	get := func(name string) Number { return number(row, prefix+name+"_ms") }
	s := Spread{P50: get("p50"), P90: get("p90"), P99: get("p99"), P999: get("p999"), Max: get("max"), Mean: Unknown, Count: 1}
	for _, n := range []Number{s.P50, s.P90, s.P99, s.P999, s.Max} {
		if n.Known() {
			return &s
		}
	}
	return nil
}

// samplesOf turns a row's curves into samples again.
func samplesOf(row result.Row) ([]Sample, error) {
	seconds, _ := row[curvePrefix+"t"].([]any)
	flat := make([]result.Row, len(seconds))
	for i := range flat {
		flat[i] = result.Row{}
		for name, value := range row {
			field, isCurve := strings.CutPrefix(name, curvePrefix)
			if list, ok := value.([]any); isCurve && ok && i < len(list) {
				flat[i][field] = list[i]
			}
		}
	}
	text, err := json.Marshal(flat)
	if err != nil {
		return nil, err
	}
	var samples []Sample
	err = json.Unmarshal(text, &samples)
	return samples, err
}
