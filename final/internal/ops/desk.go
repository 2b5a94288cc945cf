package ops

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"os/user"
	"strings"

	"example.com/authbook/final/internal/config"
)

// desk is where an operator gives a command. Of the environment only
// DATABASE_URL and LOG_FORMAT matter here: a command must not need the secret,
// but for account-id.
type desk struct {
	command string // its name in the audit log
	getenv  func(string) string
	stdout  io.Writer
	stderr  io.Writer
}

// audit records what an operator did to a user, and whether it worked. A command
// about every user names none. There is no request, so instead of its id and
// address the record has the operator's name on this machine.
func (d desk) audit(ctx context.Context, userID string, worked bool) {
	event := "admin_" + d.command
	if !worked { // the message itself has the name in it
		event += "_failed"
	}
	config.NewLogger(d.stderr, config.LogsJSON(d.getenv)).LogAttrs(ctx, slog.LevelInfo, "audit",
		slog.String("user_id", userID), slog.String("by", d.operator()), slog.String("event", event))
}

// operator is who runs this command, and with sudo who asked for it.
func (d desk) operator() string {
	current, err := user.Current()
	if err != nil {
		return "unknown"
	}
	return cmp.Or(d.getenv("SUDO_USER"), current.Username)
}

// isFlag says that an argument asks for something and names no file: nobody
// who types backup --help wants a file of that name.
func isFlag(arg string) bool { return strings.HasPrefix(arg, "-") }
