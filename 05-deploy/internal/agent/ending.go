package agent

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"
	"time"

	deploy "example.com/authbook/05-deploy"
)

// What systemd writes into the journal when the process of a unit ends in
// trouble, when the kernel had no memory left for it, and when the unit has failed.
const (
	exitMessage    = "98e322203f7a4ed290d09fe03c09fe15"
	oomMessage     = "fe6faa94e7774663a0da52717891d8ef"
	failureMessage = "d9b373ed55a64feb8242e02dbe79a49c"
)

// ending is how the process of a slot ended, where that was no clean stop.
type ending struct {
	deploy.Ending
	when       time.Time // zero: it did not, as far as the journal knows
	invocation string    // what systemd calls its start
	unit       string    // of which slot it was
}

// lastEnding asks the journal for the last ending that matches, such as
// "INVOCATION_ID=…". Every match beside the first is another choice for the same
// field.
func lastEnding(ctx context.Context, matches ...string) ending {
	text, _ := journal(ctx, "json", 10, append(matches, "MESSAGE_ID="+exitMessage, "MESSAGE_ID="+oomMessage)...)
	return parseEnding(text)
}

// endRecord is what the journal keeps of an ending.
type endRecord struct {
	Invocation string `json:"INVOCATION_ID"`
	Unit       string `json:"UNIT"`
	Message    string `json:"MESSAGE_ID"`
	Time       string `json:"__REALTIME_TIMESTAMP"` // in microseconds
	Code       string `json:"EXIT_CODE"`
	Status     string `json:"EXIT_STATUS"`
	Result     string `json:"UNIT_RESULT"` // of a failure, such as timeout
}

// readRecords reads the journal's records of endings, the oldest first.
func readRecords(text string) (records []endRecord) {
	for line := range strings.Lines(text) {
		var record endRecord
		_ = json.Unmarshal([]byte(line), &record) // what is no record has no message
		records = append(records, record)
	}
	return records
}

func (r endRecord) when() time.Time {
	micros, _ := strconv.ParseInt(r.Time, 10, 64)
	return time.UnixMicro(micros)
}

// firstFailure is how a unit failed first after a moment, since it is started again and
// again.
func firstFailure(ctx context.Context, unit string, after time.Time) endRecord {
	text, _ := journal(ctx, "json", 100, "UNIT="+unit, "MESSAGE_ID="+failureMessage)
	for _, record := range readRecords(text) {
		if record.when().After(after) {
			return record
		}
	}
	return endRecord{} // the journal knows of none
}

// parseEnding returns the last of the journal's records of endings.
func parseEnding(records string) (last ending) {
	withoutMemory := map[string]bool{} // by invocation
	for _, record := range readRecords(records) {
		switch record.Message {
		case oomMessage:
			withoutMemory[record.Invocation] = true
		case exitMessage:
			how := deploy.Ending{Code: record.Code, Status: record.Status}
			last = ending{how, record.when(), record.Invocation, record.Unit}
		}
	}
	last.NoMemory = withoutMemory[last.invocation]
	return last
}

// journal returns the last lines of the journal that match, in a format of
// journalctl. What was written before the call is among them.
func journal(ctx context.Context, format string, lines int, matches ...string) (string, error) {
	_, _ = command(ctx, "journalctl", "--sync") // where it fails, what follows fails too
	args := []string{"--output", format, "--lines", strconv.Itoa(lines), "--no-pager", "--quiet"}
	return command(ctx, "journalctl", append(args, matches...)...)
}

// saidIn is what a process wrote that was started with this invocation: its last
// thousand lines, since the reason of a crash stands above a long stack.
func saidIn(ctx context.Context, invocation string) []string {
	text, _ := journal(ctx, "cat", 1000, "_SYSTEMD_INVOCATION_ID="+invocation)
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

// keepLines is how many of its last lines an operator sees of a release that
// failed.
const keepLines = 10

// lastWords shows the operator what the start of a slot with this invocation said
// last, and returns how it ended.
func (m *machine) lastWords(ctx context.Context, invocation string) deploy.Ending {
	end := lastEnding(ctx, "INVOCATION_ID="+invocation).Ending
	end.Lines = saidIn(ctx, invocation)
	lines := end.Lines
	if len(lines) == 0 { // systemd may have said something
		text, _ := journal(ctx, "cat", keepLines, "INVOCATION_ID="+invocation)
		lines = strings.Split(text, "\n")
	}
	for _, line := range lines[max(0, len(lines)-keepLines):] {
		m.say("  | %s", line)
	}
	return end
}
