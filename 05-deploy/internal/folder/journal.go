package folder

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// record is one of the journal, by the names that journald gives to its fields.
type record map[string]string

// timeField is when it was written, in microseconds.
const timeField = "__REALTIME_TIMESTAMP"

// journal keeps what the machine's processes wrote, and what systemd would have written
// of them, until the machine ends.
type journal struct {
	mu      sync.Mutex
	records []record
	dropped int // older ones
}

// keepRecords bounds the memory for it.
const keepRecords = 20_000

func (j *journal) add(r record) {
	j.mu.Lock()
	defer j.mu.Unlock()
	r[timeField] = strconv.FormatInt(time.Now().UnixMicro(), 10)
	j.records = append(j.records, r)
	if excess := len(j.records) - 2*keepRecords; excess >= 0 {
		j.records, j.dropped = slices.Clone(j.records[keepRecords:]), j.dropped+keepRecords
	}
}

// after returns the records from a number on, and the number of the next one.
func (j *journal) after(number int) (records []record, next int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	next = j.dropped + len(j.records)
	return slices.Clone(j.records[min(max(0, number-j.dropped), len(j.records)):]), next
}

// What systemd calls its records of an end in trouble, and of the result for the unit.
const (
	exitMessage    = "98e322203f7a4ed290d09fe03c09fe15"
	failureMessage = "d9b373ed55a64feb8242e02dbe79a49c"
)

// end keeps how a process ended, unless all was well.
func (j *journal) end(unit string, p *process, result string) {
	code, status, ok := ending(p.command.ProcessState)
	if ok {
		return
	}
	j.add(record{
		"SYSLOG_IDENTIFIER": "systemd", "MESSAGE_ID": exitMessage, "UNIT": unit, "INVOCATION_ID": p.invocation,
		"EXIT_CODE": code, "EXIT_STATUS": strconv.Itoa(status),
		"MESSAGE": fmt.Sprintf("%s: Main process exited, code=%s, status=%d", unit, code, status),
	})
	j.add(record{
		"SYSLOG_IDENTIFIER": "systemd", "MESSAGE_ID": failureMessage, "UNIT": unit, "INVOCATION_ID": p.invocation,
		"UNIT_RESULT": result, "MESSAGE": fmt.Sprintf("%s: Failed with result '%s'.", unit, result),
	})
}

// ending is how a process ended, as waitid(2) calls it, and whether that was clean.
func ending(state *os.ProcessState) (code string, status int, ok bool) {
	wait, isWait := state.Sys().(syscall.WaitStatus)
	if isWait && wait.Signaled() {
		return "killed", int(wait.Signal()), wait.Signal() == syscall.SIGTERM
	}
	return "exited", state.ExitCode(), state.Success()
}

// answer does what journalctl would.
func (j *journal) answer(args []string) reply {
	q, err := parseQuery(args)
	if err != nil {
		return failed("journalctl: %v", err)
	}
	records, next := j.after(q.after)
	records = slices.DeleteFunc(records, func(r record) bool { return !q.wants(r) })
	if q.lines >= 0 && q.after == 0 {
		records = records[max(0, len(records)-q.lines):]
	}
	if q.match != nil && !q.follow { // as the real one does
		slices.Reverse(records)
	}
	r := reply{Next: next}
	for _, record := range records {
		r.Stdout += record.text(q.format) + "\n"
	}
	return r
}

// text is the record in a format of journalctl.
func (r record) text(format string) string {
	switch format {
	case "json":
		text, _ := json.Marshal(r) // never fails
		return string(text)
	case "cat":
		return r["MESSAGE"]
	}
	micros, _ := strconv.ParseInt(r[timeField], 10, 64)
	return time.UnixMicro(micros).UTC().Format(time.DateTime) + " " + r["SYSLOG_IDENTIFIER"] + ": " + r["MESSAGE"]
}

// wants reports whether a record matches.
func (q query) wants(r record) bool {
	micros, _ := strconv.ParseInt(r[timeField], 10, 64)
	if micros < q.since.UnixMicro() || (q.match != nil && !q.match.MatchString(r["MESSAGE"])) {
		return false
	}
	for field, values := range q.fields {
		if !slices.Contains(values, r[field]) {
			return false
		}
	}
	return true
}
