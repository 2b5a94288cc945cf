package folder

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// query is what journalctl is asked for.
type query struct {
	format string
	lines  int // at most; below 0: all
	since  time.Time
	match  *regexp.Regexp // of the message; nil: any
	follow bool
	after  int                 // the number of the first record
	fields map[string][]string // each one must have one of these values
}

// long are the short options of journalctl that this one knows.
var long = map[string]string{"-n": "--lines", "-g": "--grep", "-o": "--output", "-u": "--unit", "-t": "--identifier",
	"-f": "--follow"}

// parseQuery reads the options that the agent and the runbook use. --cursor is the
// number of a record.
func parseQuery(args []string) (query, error) {
	q := query{lines: -1, fields: map[string][]string{}, since: time.UnixMicro(0)}
	for i := 0; i < len(args); i++ {
		name, value, joined := strings.Cut(args[i], "=")
		if full := long[name]; full != "" {
			name = full
		}
		if takesValue(name) && !joined {
			if i++; i == len(args) {
				return q, fmt.Errorf("%s needs a value", name)
			}
			value = args[i]
		}
		if err := q.set(name, value); err != nil {
			return q, fmt.Errorf("%s: %w", args[i], err)
		}
	}
	return q, nil
}

func takesValue(option string) bool {
	switch option {
	case "--lines", "--grep", "--output", "--unit", "--identifier", "--since", "--cursor":
		return true
	}
	return false
}

// set takes one option, or a field with its value. All records are of our units.
func (q *query) set(name, value string) (err error) {
	switch name {
	case "--output":
		q.format = value
	case "--lines":
		q.lines, err = strconv.Atoi(value)
	case "--cursor":
		q.after, err = strconv.Atoi(value)
	case "--grep":
		q.match, err = regexp.Compile(value)
	case "--follow":
		q.follow = true
	case "--identifier":
		q.fields["SYSLOG_IDENTIFIER"] = []string{value}
	case "--since":
		var seconds int64
		seconds, err = strconv.ParseInt(strings.TrimPrefix(value, "@"), 10, 64)
		q.since = time.Unix(seconds, 0)
	case "--unit", "--sync", "--quiet", "--no-pager", "--case-sensitive", "--output-fields":
	default:
		if strings.HasPrefix(name, "-") {
			return errors.New("a machine in a folder has no such option")
		}
		q.fields[name] = append(q.fields[name], value)
	}
	return err
}
