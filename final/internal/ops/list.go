package ops

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode"
	"unicode/utf8"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/store"
)

// list shows every user. It changes nothing, and leaves no record.
func list(ctx context.Context, d desk, _ string) error {
	db, err := config.OpenExisting(ctx, config.DatabaseURL(d.getenv))
	if err != nil {
		return err
	}
	defer db.Close()
	users, err := store.NewUsers(db).All(ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(d.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "USERNAME\tNICKNAME\tROLES\tSTATE\tCREATED")
	for _, u := range users {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", visible(u.Username), visible(u.Nickname),
			visible(strings.Join(u.Roles, ",")), state(u), u.Created.UTC().Format(time.DateTime))
	}
	return table.Flush()
}

func state(u accounts.User) string {
	if u.Disabled {
		return "disabled"
	}
	return "enabled"
}

// visible quotes a text that a terminal would not show as it is, but take for a
// command. An older release, or another program, may have stored such a name.
func visible(text string) string {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return text
}
