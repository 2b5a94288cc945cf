package deploy

import (
	"cmp"
	"strconv"
	"strings"
)

// Ending is how the process of a release ended. The service manager knows most of
// it: who is killed can't say so.
type Ending struct {
	TimedOut bool     // it runs, and was not ready in time; so the manager ended it
	NoMemory bool     // the kernel ended it, because the machine had no memory left
	Code     string   // exited, killed or dumped, as waitid(2) calls it; "": nothing is known of an end
	Status   string   // the exit status or, where it did not exit, the number of the signal
	Lines    []string // what it wrote since its start, the oldest first; none may be there
}

// Why says in one line why a release ended: how it ended, and the one of its lines
// that tells most, such as "exit status 1: final: RATE_LIMIT must be a number". Where
// one of the two is not known, the other one is all.
//
// The Go runtime writes a stack below the line that counts: see [isCrash]. Of others
// the last line counts, unless it only says that somebody was answered: see
// [isAnswer].
//
//workbook:exercise 5.11
func (e Ending) Why() string {
	if e.TimedOut {
		return "it runs, and has not said so in time"
	}
	how, said := "", ""
	switch {
	case e.NoMemory:
		how = "killed, because the machine had no memory left"
	case e.Code == "exited":
		how = "exit status " + e.Status
	case e.Code != "":
		how = "killed by " + signalName(e.Status)
	}
	for i, line := range e.Lines {
		if isCrash(line) {
			said = line
			break
		}
		if i == len(e.Lines)-1 && !isAnswer(line) {
			said = line
		}
	}
	if how == "" || said == "" {
		return how + said
	}
	return how + ": " + said
}

// isCrash reports whether the Go runtime begins with this line to say why it gives
// up.
func isCrash(line string) bool {
	for _, start := range []string{"panic: ", "fatal error: ", "SIGSEGV: ", "SIGBUS: ", "SIGABRT: ", "SIGQUIT: "} {
		if strings.HasPrefix(line, start) {
			return true
		}
	}
	return false
}

// isAnswer reports whether a line is a record that something went as it should.
func isAnswer(line string) bool {
	return strings.HasPrefix(line, "{") && !strings.Contains(line, `"level":"ERROR"`)
}

// signalName is such as SIGKILL for the number 9.
func signalName(number string) string {
	signals := map[int]string{2: "SIGINT", 4: "SIGILL", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE", 9: "SIGKILL",
		11: "SIGSEGV", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS"}
	n, _ := strconv.Atoi(number) // what is no number has no name
	return cmp.Or(signals[n], "signal "+number)
}
