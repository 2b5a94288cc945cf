package agent

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

const (
	// historyFile keeps who has changed what on the machine. It is root's.
	historyFile = "var/log/authbook-ship.log"
	// keepHistory is how many lines of it stay.
	keepHistory = 1000
	// ByVariable is where ship says who uses it. That is a name that somebody has
	// given to a computer, and no proof: the account that logged in stands beside it.
	ByVariable = "SHIP_BY"
)

// kept are the changes that history tells of.
func kept(command string) bool {
	return slices.Contains([]string{"deploy", "rollback", "set", "unset", "restore", "import"}, command)
}

// note adds a change to the history, with its end. A full disk is no reason to say
// that the change has failed.
func (m *machine) note(command, argument string, failure error) {
	how := "done"
	if failure != nil {
		how = "FAILED: " + oneLine(failure).Error()
	}
	line := fmt.Sprintf("%s  %s %s  by %s, as %s  %s\n", time.Now().UTC().Format(time.DateTime), command,
		cmp.Or(argument, m.version), cmp.Or(os.Getenv(ByVariable), unknown), cmp.Or(os.Getenv("SUDO_USER"), "root"), how)
	old, _ := os.ReadFile(m.path(historyFile)) // not there: this is the first
	lines := slices.Collect(strings.Lines(string(old) + line))
	lines = lines[max(0, len(lines)-keepHistory):]
	if err := (files{m.path(historyFile): []byte(strings.Join(lines, ""))}).write(); err != nil {
		fmt.Fprintf(m.remarks, "the history lacks this: %v\n", err)
	}
}

// history prints who has changed what, the oldest first.
func (l looker) history(context.Context) error {
	text, err := os.ReadFile(l.path(historyFile))
	if errors.Is(err, fs.ErrNotExist) {
		return errors.New("this machine keeps no history yet; the next ship begins it")
	}
	l.say("%s", strings.TrimSpace(string(text)))
	return err
}
