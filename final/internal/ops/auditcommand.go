package ops

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"os/user"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/config"
)

// auditCommand records what an operator did to a user, and whether it worked.
// There is no request, so instead of its id and address the record has the
// operator's name on this machine.
func auditCommand(ctx context.Context, getenv func(string) string, stderr io.Writer, command string, u accounts.User, err error) {
	event := "admin_" + command
	if err != nil { // the message itself has the name in it
		event += "_failed"
	}
	log := config.NewLogger(stderr, config.LogsJSON(getenv))
	log.LogAttrs(ctx, slog.LevelInfo, "audit",
		slog.String("user_id", u.ID), slog.String("by", operator(getenv)), slog.String("event", event))
}

// operator is who runs this command, and with sudo who asked for it.
func operator(getenv func(string) string) string {
	current, err := user.Current()
	if err != nil {
		return "unknown"
	}
	return cmp.Or(getenv("SUDO_USER"), current.Username)
}
