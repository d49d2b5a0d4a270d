//go:build linux

package child

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// hello is a server's first line.
type hello struct {
	Addr string `json:"addr"`
}

// failure is the answer to a command that failed.
type failure struct {
	Error string `json:"error"`
}

// Command answers a command with its arguments. The answer is a struct or map for
// JSON; nil stands for an empty one.
type Command func(args []string) (any, error)

// Serve is the server's side: it tells the address, and answers commands from in, one
// at a time, until that ends.
func Serve(in io.Reader, out io.Writer, addr string, commands map[string]Command) error {
	answers := json.NewEncoder(out)
	if err := answers.Encode(hello{Addr: addr}); err != nil {
		return err
	}
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if err := answers.Encode(run(lines.Text(), commands)); err != nil {
			return err
		}
	}
	return lines.Err()
}

func run(line string, commands map[string]Command) any {
	words := strings.Fields(line)
	if len(words) == 0 {
		return failure{"an empty command"}
	}
	command, ok := commands[words[0]]
	if !ok {
		return failure{fmt.Sprintf("there is no command %q", words[0])}
	}
	answer, err := command(words[1:])
	switch {
	case err != nil:
		return failure{err.Error()}
	case answer == nil:
		return struct{}{}
	}
	return answer
}
