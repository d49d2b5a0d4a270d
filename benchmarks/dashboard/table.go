package dashboard

import (
	"cmp"
	"slices"
	"strings"

	"github.com/scenewire/scenewire"
)

// askClients takes what a page shows of the table.
func (d *Dashboard) askClients(c *scenewire.Client, m AskClients) {
	if sortValues[m.Sort] == nil && sortTexts[m.Sort] == nil {
		m.Sort = byID
	}
	m.Search = cut(m.Search, 200)
	m.Offset, m.Limit = max(m.Offset, 0), min(max(m.Limit, 0), maxRows)
	d.change(c, func(v *viewer) { v.ask = m })
	if m.Limit > 0 {
		d.lookSoon()
	}
}

// sendRows sends each page the part of the table that it shows, and returns the clients
// that any of them does.
func (w *watch) sendRows() (visible []*scenewire.Client) {
	for _, v := range w.d.viewersNow() {
		if v.ask.Limit == 0 {
			continue
		}
		ask, part, matching := w.clients.part(v.ask)
		m := Rows{Ask: ask, Total: len(w.clients.rows), Matching: matching, Rows: make([]ClientRow, len(part))}
		for i, r := range part {
			m.Rows[i] = r.message()
			visible = append(visible, r.Client)
		}
		w.d.send(v.client.Send(m))
	}
	return visible
}

// part returns the rows that are asked for, and how many the search leaves.
func (c *crowd) part(ask AskClients) (AskClients, []row, int) {
	rows := make([]row, 0, len(c.rows))
	words := strings.Fields(strings.ToLower(ask.Search))
	for _, r := range c.rows {
		if r.matches(words) {
			rows = append(rows, r)
		}
	}
	matching := len(rows)
	if ask.Offset >= matching {
		ask.Offset = max((matching-1)/ask.Limit, 0) * ask.Limit
	}
	end := min(ask.Offset+ask.Limit, matching)
	if order := rowOrder(ask.Sort, ask.Descending); end <= maxRows {
		rows = top(rows, end, order) // one page of many: sorting all takes five times as long
	} else {
		slices.SortFunc(rows, order)
	}
	return ask, rows[ask.Offset:end], matching
}

// sortValues are the columns of numbers, sortTexts those of texts.
var (
	sortValues = map[ClientColumn]func(row) float64{
		byID:           func(r row) float64 { return float64(r.Client.ID()) },
		byConnected:    func(r row) float64 { return float64(r.Connected) },
		byPendingKeys:  func(r row) float64 { return float64(r.PendingMessages) },
		byPendingBytes: func(r row) float64 { return float64(r.PendingBytes) },
		byOldest:       func(r row) float64 { return float64(r.OldestPending) },
		bySkipped:      func(r row) float64 { return float64(r.Skipped) },
		byLag:          func(r row) float64 { return float64(r.Lag.Sequences) },
		byRTT:          func(r row) float64 { return float64(r.RTT) },
		byRate:         func(r row) float64 { return r.WindowRate },
		byDeliveries:   func(r row) float64 { return float64(r.Deliveries) },
		byBytesSent:    func(r row) float64 { return float64(r.BytesSent) },
	}
	sortTexts = map[ClientColumn]func(row) string{
		byAddress:     func(r row) string { return r.address },
		bySubprotocol: func(r row) string { return r.subprotocol },
		byState:       func(r row) string { return string(r.state()) },
	}
)

// rowOrder orders by a column, and rows that are alike there by their ids.
func rowOrder(by ClientColumn, descending bool) func(a, b row) int {
	compare := comparing(func(r row) scenewire.ClientID { return r.Client.ID() })
	if value := sortValues[by]; value != nil && by != byID {
		compare = comparing(value)
	} else if text := sortTexts[by]; text != nil {
		compare = comparing(text)
	}
	return func(a, b row) int {
		order := compare(a, b)
		if descending {
			order = -order
		}
		return cmp.Or(order, cmp.Compare(a.Client.ID(), b.Client.ID()))
	}
}

func comparing[T cmp.Ordered](value func(row) T) func(a, b row) int {
	return func(a, b row) int { return cmp.Compare(value(a), value(b)) }
}
