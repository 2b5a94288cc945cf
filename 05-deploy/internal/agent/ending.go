package agent

import (
	"cmp"
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"
)

// What systemd writes into the journal when the process of a unit ends in
// trouble, and when the kernel had no memory left for it.
const (
	exitMessage = "98e322203f7a4ed290d09fe03c09fe15"
	oomMessage  = "fe6faa94e7774663a0da52717891d8ef"
)

// ending is how the process of a slot ended, where that was no clean stop.
type ending struct {
	when   time.Time // zero: it did not, as far as the journal knows
	code   string    // exited, killed or dumped
	status string    // the exit status, or the number of the signal
	memory bool      // there was none left
}

// String is such as "exit status 3" or "killed by SIGKILL".
func (e ending) String() string {
	number, _ := strconv.Atoi(e.status)
	switch {
	case e.memory:
		return "killed, because the machine had no memory left"
	case e.code == "exited":
		return "exit status " + e.status
	}
	signals := map[int]string{2: "SIGINT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
		11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS"}
	return "killed by " + cmp.Or(signals[number], "signal "+e.status)
}

// lastEnding asks the journal for the last ending that matches, such as
// "INVOCATION_ID=…". Every match beside the first is another choice for the same
// field.
func lastEnding(ctx context.Context, matches ...string) ending {
	text, _ := journal(ctx, "json", 10, append(matches, "MESSAGE_ID="+exitMessage, "MESSAGE_ID="+oomMessage)...)
	return parseEnding(text)
}

// parseEnding returns the last of the journal's records of endings.
func parseEnding(records string) (last ending) {
	withoutMemory := map[string]bool{} // by invocation
	invocation := ""
	for line := range strings.Lines(records) {
		var record struct {
			Invocation string `json:"INVOCATION_ID"`
			Message    string `json:"MESSAGE_ID"`
			Time       string `json:"__REALTIME_TIMESTAMP"` // in microseconds
			Code       string `json:"EXIT_CODE"`
			Status     string `json:"EXIT_STATUS"`
		}
		_ = json.Unmarshal([]byte(line), &record) // what is no record has no message
		micros, _ := strconv.ParseInt(record.Time, 10, 64)
		switch record.Message {
		case oomMessage:
			withoutMemory[record.Invocation] = true
		case exitMessage:
			invocation = record.Invocation
			last = ending{when: time.UnixMicro(micros), code: record.Code, status: record.Status}
		}
	}
	last.memory = withoutMemory[invocation]
	return last
}

// journal returns the last lines of the journal that match, in a format of
// journalctl. What was written before the call is among them.
func journal(ctx context.Context, format string, lines int, matches ...string) (string, error) {
	_, _ = command(ctx, "journalctl", "--sync") // where it fails, what follows fails too
	args := []string{"--output", format, "--lines", strconv.Itoa(lines), "--no-pager", "--quiet"}
	return command(ctx, "journalctl", append(args, matches...)...)
}

// keepLines is how many of its last lines an operator sees of a release that
// failed.
const keepLines = 10

// lastWords shows the operator what the start of a slot with this invocation said
// last, and returns how it ended, in one line.
func (m *machine) lastWords(ctx context.Context, invocation string) string {
	end := lastEnding(ctx, "INVOCATION_ID="+invocation)
	text, _ := journal(ctx, "cat", 1000, "_SYSTEMD_INVOCATION_ID="+invocation)
	own := strings.Split(text, "\n")
	if text == "" { // it said nothing; systemd may have
		text, _ = journal(ctx, "cat", keepLines, "INVOCATION_ID="+invocation)
	}
	lines := strings.Split(text, "\n")
	for _, line := range lines[max(0, len(lines)-keepLines):] {
		m.say("  | %s", line)
	}
	if end.when.IsZero() {
		return telling(own)
	}
	return strings.TrimSuffix(end.String()+": "+telling(own), ": ")
}

// telling is the line that says best why a process ended, "" for none: a panic is
// followed by the stack, other reasons come last. That somebody was answered is no
// reason.
func telling(lines []string) string {
	for _, line := range lines {
		if strings.HasPrefix(line, "panic: ") || strings.HasPrefix(line, "fatal error: ") {
			return line
		}
	}
	last := lines[len(lines)-1]
	if strings.HasPrefix(last, "{") && !strings.Contains(last, `"level":"ERROR"`) {
		return ""
	}
	return last
}
