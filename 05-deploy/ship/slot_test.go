package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// slot is a server that was started.
type slot struct {
	unit       string
	command    *exec.Cmd
	ended      chan struct{}
	when       time.Time // it ended
	invocation string
	journal    journal // what it wrote
	timeout    bool    // it did not become ready
}

// properties are what systemd knows of it.
func (s *slot) properties() map[string]string {
	known := map[string]string{"InvocationID": s.invocation, "ActiveState": "active", "Result": "success",
		"NRestarts": "3", "ActiveEnterTimestamp": "@1764381600"}
	select {
	case <-s.ended:
		known["ActiveState"], known["Result"] = "activating", "exit-code"
	default:
	}
	if s.timeout {
		known["Result"] = "timeout"
	}
	return known
}

// ending is the journal's record of its end, "" where there is none.
func (s *slot) ending() string {
	select {
	case <-s.ended:
	default:
		return ""
	}
	if s.command.ProcessState.Success() {
		return ""
	}
	code, status := "exited", s.command.ProcessState.ExitCode()
	if state := s.command.ProcessState.Sys().(syscall.WaitStatus); state.Signaled() {
		code, status = "killed", int(state.Signal())
	}
	return fmt.Sprintf(`{"MESSAGE_ID":"98e322203f7a4ed290d09fe03c09fe15","__REALTIME_TIMESTAMP":"%d","UNIT":%q,`+
		`"INVOCATION_ID":%q,"EXIT_CODE":%q,"EXIT_STATUS":"%d"}`+"\n", s.when.UnixMicro(), s.unit, s.invocation, code, status)
}

// journal is what a server wrote.
type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.String()
}

// journalctl knows the matches that the agent asks for, and the records of
// everything for `ship logs`.
func (i *instance) journalctl(args []string) (text string) {
	wants := func(s *slot, name string) bool {
		return !strings.Contains(strings.Join(args, " "), "INVOCATION_ID=") || slices.Contains(args, name+s.invocation)
	}
	for _, s := range i.started {
		switch {
		case slices.Contains(args, "--unit=authbook*"):
			text += s.records()
		case slices.Contains(args, "json") && wants(s, "INVOCATION_ID="):
			text += s.ending()
		case !slices.Contains(args, "json") && wants(s, "_SYSTEMD_INVOCATION_ID="):
			text += s.journal.String()
		}
	}
	for _, arg := range args {
		if pattern, ok := strings.CutPrefix(arg, "--grep="); ok {
			lines := slices.Collect(strings.Lines(text))
			wanted := regexp.MustCompile(pattern)
			text = strings.Join(slices.DeleteFunc(lines, func(line string) bool { return !wanted.MatchString(line) }), "")
		}
	}
	return text
}

// records are what the server wrote, and what systemd wrote of it.
func (s *slot) records() (text string) {
	record := func(name, message string) {
		line, _ := json.Marshal(map[string]string{"SYSLOG_IDENTIFIER": name, "MESSAGE": strings.TrimSpace(message)})
		text += string(line) + "\n"
	}
	for line := range strings.Lines(s.journal.String()) {
		record("authbook", line)
	}
	if s.ending() != "" {
		record("systemd", s.unit+": Main process exited")
	}
	return text
}

func properties(known map[string]string) (text string) {
	for name, value := range known {
		text += name + "=" + value + "\n"
	}
	return text
}

// writeProgram writes what will be run. No test may start a process meanwhile: it
// would have the open file for a moment, and who is first to run it is told "text
// file busy".
func writeProgram(t *testing.T, path, text string) {
	t.Helper()
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	require.NoError(t, os.WriteFile(path, []byte(text), 0o755))
}
