package page

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/scenewire/scenewire/record"
)

// info is what info.json says; what the page doesn't know is passed on to it.
type info map[string]json.RawMessage

// times returns up to when the recording goes, and from when on.
func (i info) times() (duration, from float64, err error) {
	if err := json.Unmarshal(i["duration"], &duration); err != nil {
		return 0, 0, fmt.Errorf("page: info.json has no duration: %w", err)
	}
	if raw, ok := i["from"]; ok {
		err = json.Unmarshal(raw, &from)
	}
	return duration, from, err
}

// name returns what the page is called.
func (i info) name(o Options) string {
	name := o.Name
	if name == "" {
		_ = json.Unmarshal(i["name"], &name) // none, or none that is text
	}
	if name == "" {
		name = "Recording"
	}
	return name
}

// cut is what is known of a piece.
type cut struct {
	until             float64 // seconds up to which it is complete
	bytes, stateBytes int     // of content; of the messages that are the state
	messages          int     // beside the state
}

// look reads a piece and counts what is in it.
func look(file []byte, from float64, into *density) (cut, error) {
	var found cut
	if len(file) >= 8 {
		found.bytes = int(binary.LittleEndian.Uint64(file)) //nolint:gosec // what it declares is checked below
	}
	reader, err := record.NewReader(bytes.NewReader(file), nil)
	if err != nil {
		return cut{}, err
	}
	for {
		m, err := reader.Next()
		if errors.Is(err, io.EOF) {
			found.until = reader.Header().Duration.Seconds()
			return found, nil
		}
		if err != nil {
			return cut{}, err
		}
		if m.Time.Seconds() <= from {
			found.stateBytes += len(m.Body)
			continue
		}
		found.messages++
		into.add(m.Time.Seconds())
	}
}

// density counts messages in equal parts of the time.
type density struct {
	begin, width float64 // seconds
	counts       []int
}

func (d *density) add(at float64) {
	if d.width <= 0 {
		return
	}
	d.counts[min(max(int((at-d.begin)/d.width), 0), len(d.counts)-1)]++
}

// writePiece writes a piece as an element that browsers don't look into.
func (e *export) writePiece(file []byte, from, to float64) {
	e.write(fmt.Sprintf("<script type=\"text/plain\" class=\"piece\" data-from=\"%s\" data-to=\"%s\">", seconds(from), seconds(to)))
	if e.err == nil {
		encoder := base64.NewEncoder(base64.StdEncoding, e.w)
		_, e.err = encoder.Write(file)
		if err := encoder.Close(); e.err == nil {
			e.err = err
		}
	}
	e.write("</script>\n")
}

// writeInfo writes what the page would ask info.json for, with what is known better.
func (e *export) writeInfo() {
	if e.err != nil {
		return
	}
	delete(e.info, "live")
	delete(e.info, "types") // of all the recording, and this may be a part
	known := map[string]any{
		"duration": e.end, "from": e.begin, "name": e.info.name(e.options), "density": e.density.counts,
		"messages": e.messages,
	}
	for key, value := range known {
		raw, err := json.Marshal(value)
		if err != nil {
			e.err = err
			return
		}
		e.info[key] = raw
	}
	text, err := json.Marshal(e.info) // with < as \u003c
	if err != nil {
		e.err = err
		return
	}
	e.write("<script type=\"application/json\" id=\"recording-info\">" + string(text) + "</script>\n")
}

func (e *export) write(text string) {
	if e.err == nil {
		_, e.err = io.WriteString(e.w, text)
	}
}

// seconds writes a time as the page's addresses have it.
func seconds(s float64) string { return strconv.FormatFloat(s, 'f', -1, 64) }
