package ops

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"example.com/authbook/final/internal/config"
)

// adminCommand is one of `final admin …`.
type adminCommand struct {
	name     string
	argument string // "" for none, or [aName] or [aFile]
	meaning  string
	run      func(ctx context.Context, d desk, argument string) error
}

// What a command is about.
const (
	aName = "NAME" // of a user
	aFile = "FILE" // of an export
)

// adminCommands are in the order in which the usage lists them.
var adminCommands = [...]adminCommand{
	{"list", "", "show every user", list},
	{"grant", aName, "make a user an administrator", onUser(grant)},
	{"revoke", aName, "take that away again", onUser(revoke)},
	{"disable", aName, "end a user's sessions and refuse the log-in", onUser(disable)},
	{"enable", aName, "undo disable", onUser(enable)},
	{"delete", aName, "remove a user for good", onUser(deleteUser)},
	{"reset-password", aName, "give a user a new random password, printed once", onUser(resetPassword)},
	{"account-id", aName, "print what the audit log calls an account", accountID},
	{"export", aFile, "write all users to a new file, to move them to another database",
		onFile(config.OpenExisting, exportUsers)},
	{"import", aFile, "add them to a database that has no users", onFile(config.OpenDatabase, importUsers)},
}

// Admin runs `final admin …` on the database that DATABASE_URL names. The
// server may be running; it sees the change with the next request. What was
// done is recorded in the audit log, as the server records it. The first of args is
// the command.
func Admin(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	i := slices.IndexFunc(adminCommands[:], func(c adminCommand) bool { return c.name == args[0] })
	if i < 0 {
		return fmt.Errorf("unknown command %q; final admin lists what there is", "admin "+args[0])
	}
	c := adminCommands[i]
	if err := c.check(args[1:]); err != nil {
		return err
	}
	d := desk{command: c.name, getenv: getenv, stdout: stdout, stderr: stderr}
	return c.run(ctx, d, strings.Join(args[1:], " ")) // one at most
}

// check refuses arguments of another number or kind than the command takes.
func (c adminCommand) check(args []string) error {
	switch {
	case c.argument == "" && len(args) != 0:
		return fmt.Errorf("admin %s takes no name", c.name)
	case c.argument == aName && len(args) != 1:
		return fmt.Errorf(`admin %s takes one name; put a name with spaces in quotes: final admin %s "JIN HO"`,
			c.name, c.name)
	case c.argument == aFile && (len(args) != 1 || isFlag(args[0])):
		return fmt.Errorf("admin %s takes one file: final admin %s FILE", c.name, c.name)
	}
	return nil
}

// PrintAdminUsage lists the commands, each line in two writes: the form and the meaning.
func PrintAdminUsage(w io.Writer) {
	fmt.Fprintln(w, "final admin manages the users in DATABASE_URL:")
	for _, c := range adminCommands {
		form := strings.Join([]string{"final", "admin", c.name, c.argument}, " ")
		fmt.Fprintf(w, "  %-*s  ", len("final admin reset-password NAME"), form)
		fmt.Fprintln(w, c.meaning)
	}
}
