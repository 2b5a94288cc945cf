package agent

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// logOptions say which lines of a log an operator wants.
type logOptions struct {
	follow bool // and all that come
	audit  bool // of the audit log, and not of the journal
	lines  int  // at most so many that are there
	since  time.Time
	match  *regexp.Regexp // nil: any line
}

// parseLogOptions reads [-f] [-n N] [--since T] [--grep RE] [--audit].
func parseLogOptions(args []string, now time.Time) (o logOptions, err error) {
	flags := flag.NewFlagSet("logs", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.BoolVar(&o.follow, "f", false, "")
	flags.BoolVar(&o.audit, "audit", false, "")
	flags.IntVar(&o.lines, "n", 100, "")
	flags.Func("since", "", func(text string) (err error) {
		o.since, err = parseSince(text, now)
		return err
	})
	flags.Func("grep", "", func(text string) (err error) {
		o.match, err = regexp.Compile(text)
		return err
	})
	err = flags.Parse(args)
	if err == nil && (flags.NArg() > 0 || o.lines < 0) {
		err = errors.New("-n takes a number, and no other words follow")
	}
	if err != nil {
		return o, fmt.Errorf("logs HOST [-f] [-n N] [--since T] [--grep RE] [--audit]: %w", err)
	}
	return o, nil
}

// parseSince reads a time of UTC, or how long ago it was.
func parseSince(text string, now time.Time) (time.Time, error) {
	if ago, err := time.ParseDuration(text); err == nil {
		return now.Add(-ago), nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, nil
		}
	}
	return time.Time{}, errors.New(`say how long ago, such as 90m, or when, such as "2026-11-29 03:00" (UTC)`)
}

// logs prints what the server wrote, or the audit log.
func (l looker) logs(ctx context.Context, args []string) error {
	o, err := parseLogOptions(args, time.Now())
	if err != nil {
		return err
	}
	if o.follow {
		var stop context.CancelFunc
		ctx, stop = context.WithCancel(ctx)
		defer stop()
		go func() { // the end of stdin is that of the operator's patience
			_, _ = io.Copy(io.Discard, l.in)
			stop()
		}()
	}
	show := l.journalLogs
	if o.audit {
		show = l.auditLogs
	}
	if err := show(ctx, o); err != nil && ctx.Err() == nil {
		return err
	}
	return nil
}

// journalLogs prints the lines of all our units, and what systemd wrote of them:
// a server that was killed can't write that itself.
func (l looker) journalLogs(ctx context.Context, o logOptions) error {
	c := exec.CommandContext(ctx, "journalctl", o.journalArgs()...)
	var complaint strings.Builder
	c.Stderr = &complaint
	records, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	l.printRecords(records, o.match != nil && !o.follow)
	if err := c.Wait(); err != nil {
		return fmt.Errorf("journalctl: %s", cmp.Or(LastLine(complaint.String()), err.Error()))
	}
	return nil
}

// printRecords prints the records of journalctl; those of --grep come the newest
// first, and are turned round.
func (l looker) printRecords(records io.Reader, reversed bool) {
	var held []string
	lines := bufio.NewReader(records)
	for {
		line, err := lines.ReadString('\n')
		text := journalLine(line)
		switch {
		case text == "":
		case reversed:
			held = append(held, text)
		default:
			l.say("%s", text)
		}
		if err != nil {
			break
		}
	}
	for _, text := range slices.Backward(held) {
		l.say("%s", text)
	}
}

func (o logOptions) journalArgs() []string {
	args := []string{"--unit=authbook*", "--output=json", "--output-fields=MESSAGE,SYSLOG_IDENTIFIER",
		"--no-pager", "--quiet", "--lines=" + strconv.Itoa(o.lines)}
	if o.follow {
		args = append(args, "--follow")
	}
	if !o.since.IsZero() {
		args = append(args, "--since=@"+strconv.FormatInt(o.since.Unix(), 10))
	}
	if o.match != nil {
		args = append(args, "--case-sensitive=yes", "--grep="+o.match.String())
	}
	return args
}

// journalLine is a record of the journal for people: the server's own lines as it
// wrote them, and those of others with their time and name.
func journalLine(record string) string {
	var r struct {
		Time    string `json:"__REALTIME_TIMESTAMP"`
		Name    string `json:"SYSLOG_IDENTIFIER"`
		Message string `json:"MESSAGE"`
	}
	if json.Unmarshal([]byte(record), &r) != nil || r.Name == "authbook" {
		return r.Message // "": there is no record, or no text
	}
	micros, _ := strconv.ParseInt(r.Time, 10, 64)
	return fmt.Sprintf("%s %s: %s", time.UnixMicro(micros).UTC().Format(time.RFC3339), r.Name, r.Message)
}
