package ops

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/logs"
)

// desk is where an operator gives a command. Of the environment only
// DATABASE_URL, AUDIT_DIR and AUDIT_DAYS matter here: a command must not need the secret,
// but for account-id.
type desk struct {
	command string // its name in the audit log
	getenv  func(string) string
	stdout  io.Writer
	stderr  io.Writer
	trail   io.Writer // the audit log, once [desk.withTrail] has opened it
}

// withTrail opens the audit log of the database's server. A command does so
// before it changes anything: what can't be recorded is not done.
func (d desk) withTrail(database string) (desk, error) {
	dir, days, err := config.MakeAuditDir(d.getenv, database)
	d.trail = logs.NewFolder(dir, days)
	return d, err
}

// audit records what an operator did to a user, and whether it worked. A command
// about every user names none. There is no request, so instead of its id and
// address the record has the operator's name on this machine.
func (d desk) audit(ctx context.Context, userID string, worked bool) {
	event := "admin_" + d.command
	if !worked { // the message itself has the name in it
		event += "_failed"
	}
	err := logs.Record(ctx, d.trail, event, slog.String("user_id", userID), slog.String("by", d.operator()))
	if err != nil {
		fmt.Fprintf(d.stderr, "WARNING: the audit log has no record of this: %v\n", err)
	}
}

// isFlag says that an argument asks for something and names no file: nobody
// who types backup --help wants a file of that name.
func isFlag(arg string) bool { return strings.HasPrefix(arg, "-") }
