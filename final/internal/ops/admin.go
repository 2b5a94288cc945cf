package ops

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"slices"
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

// adminCommand is one thing that an operator does to one user.
type adminCommand struct {
	name    string
	meaning string
	run     func(ctx context.Context, db *store.Store, u accounts.User, stdout io.Writer) error
}

var adminCommands = [...]adminCommand{
	{"grant", "make a user an administrator", grant},
	{"revoke", "take that away again", revoke},
	{"disable", "end a user's sessions and refuse the log-in", disable},
	{"enable", "undo disable", enable},
	{"delete", "remove a user for good", deleteUser},
	{"reset-password", "give a user a new random password, printed once", resetPassword},
}

// Admin runs `final admin …` on the database that DATABASE_URL names. The
// server may be running; it sees the change with the next request. What was
// done is recorded on stderr, as the server records it.
func Admin(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	if len(args) == 0 || args[0] == "--help" || args[0] == "-h" {
		printAdminUsage(stdout)
		return nil
	}
	name, args := args[0], args[1:]
	if transferNamed(name) != nil {
		return transfer(ctx, name, args, getenv, stdout, stderr)
	}
	i := slices.IndexFunc(adminCommands[:], func(c adminCommand) bool { return c.name == name })
	if i < 0 && name != "list" {
		return fmt.Errorf("unknown command %q; final admin lists what there is", "admin "+name)
	}
	if name != "list" && len(args) != 1 {
		return fmt.Errorf(`admin %s takes one name; put a name with spaces in quotes: final admin %s "JIN HO"`, name, name)
	}
	if name == "list" && len(args) != 0 {
		return errors.New("admin list takes no name")
	}
	// Only DATABASE_URL matters here; a command must not need the secret.
	db, err := config.OpenExisting(ctx, config.DatabaseURL(getenv))
	if err != nil {
		return err
	}
	defer db.Close()
	if name == "list" {
		return list(ctx, db, stdout)
	}
	u, err := userNamed(ctx, db, args[0])
	if err != nil {
		return err
	}
	err = adminCommands[i].run(ctx, db, u, stdout)
	auditCommand(ctx, getenv, stderr, name, u, err)
	return err
}

func printAdminUsage(w io.Writer) {
	fmt.Fprintln(w, "final admin manages the users in DATABASE_URL:")
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "  final admin list\tshow every user\n")
	for _, c := range adminCommands {
		fmt.Fprintf(table, "  final admin %s NAME\t%s\n", c.name, c.meaning)
	}
	fmt.Fprintf(table, "  final admin export FILE\twrite all users to a new file, to move them to another database\n")
	fmt.Fprintf(table, "  final admin import FILE\tadd them to a database that has no users\n")
	_ = table.Flush()
}

func userNamed(ctx context.Context, db *store.Store, name string) (accounts.User, error) {
	_, key, err := accounts.NormalizeUsername(name)
	if err != nil {
		return accounts.User{}, fmt.Errorf("%q cannot be a username", name)
	}
	u, err := db.ByKey(ctx, key)
	if errors.Is(err, accounts.ErrNoUser) {
		return accounts.User{}, fmt.Errorf("no user is named %q; final admin list shows all", name)
	}
	return u, err
}

func list(ctx context.Context, db *store.Store, stdout io.Writer) error {
	users, err := db.Users(ctx)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "USERNAME\tNICKNAME\tROLES\tSTATE\tCREATED")
	for _, u := range users {
		state := "enabled"
		if u.Disabled {
			state = "disabled"
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n",
			visible(u.Username), visible(u.Nickname), visible(strings.Join(u.Roles, ",")), state, u.Created.UTC().Format(time.DateTime))
	}
	return table.Flush()
}

// visible quotes a text that a terminal would not show as it is, but take for a
// command. An older release, or another program, may have stored such a name.
func visible(text string) string {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return text
}

func grant(ctx context.Context, db *store.Store, u accounts.User, stdout io.Writer) error {
	roles := u.Roles
	if !slices.Contains(roles, accounts.RoleAdmin) {
		roles = append(slices.Clone(roles), accounts.RoleAdmin)
	}
	return setRoles(ctx, db, u, roles, stdout)
}

func revoke(ctx context.Context, db *store.Store, u accounts.User, stdout io.Writer) error {
	roles := slices.DeleteFunc(slices.Clone(u.Roles), func(role string) bool { return role == accounts.RoleAdmin })
	if len(roles) == 0 {
		roles = []string{accounts.RoleUser}
	}
	return setRoles(ctx, db, u, roles, stdout)
}

func setRoles(ctx context.Context, db *store.Store, u accounts.User, roles []string, stdout io.Writer) error {
	slices.Sort(roles)
	after, err := db.SetRoles(ctx, u.UsernameKey, roles)
	if err != nil {
		return explain(err, visible(u.Username))
	}
	fmt.Fprintf(stdout, "%s has the roles %s\n", visible(after.Username), visible(strings.Join(after.Roles, ", ")))
	return nil
}

func disable(ctx context.Context, db *store.Store, u accounts.User, stdout io.Writer) error {
	if err := db.SetDisabled(ctx, u.UsernameKey, true); err != nil {
		return explain(err, visible(u.Username))
	}
	fmt.Fprintf(stdout, "%s is disabled and logged out everywhere\n", visible(u.Username))
	return nil
}

func enable(ctx context.Context, db *store.Store, u accounts.User, stdout io.Writer) error {
	if err := db.SetDisabled(ctx, u.UsernameKey, false); err != nil {
		return explain(err, visible(u.Username))
	}
	fmt.Fprintf(stdout, "%s is enabled and can log in\n", visible(u.Username))
	return nil
}

func deleteUser(ctx context.Context, db *store.Store, u accounts.User, stdout io.Writer) error {
	if err := db.DeleteByKey(ctx, u.UsernameKey); err != nil {
		return explain(err, visible(u.Username))
	}
	fmt.Fprintf(stdout, "%s is deleted\n", visible(u.Username))
	return nil
}

// resetPassword makes the password itself: one that is typed would stay in the
// shell's history.
func resetPassword(ctx context.Context, db *store.Store, u accounts.User, stdout io.Writer) error {
	password := rand.Text()
	hash, err := accounts.HashPassword(accounts.ProductionCost(), password)
	if err != nil {
		return err
	}
	if err := db.ChangePassword(ctx, u.ID, u.PasswordVersion, hash, ""); err != nil {
		return explain(err, visible(u.Username))
	}
	fmt.Fprintf(stdout, "%s is logged out everywhere; the new password is %s\n", visible(u.Username), password)
	return nil
}

// explain says what an error of the store means to an operator.
func explain(err error, username string) error {
	switch {
	case errors.Is(err, accounts.ErrLastAdmin):
		return fmt.Errorf("%s is the last administrator; grant the role to somebody else first", username)
	case errors.Is(err, accounts.ErrNoUser), errors.Is(err, accounts.ErrPasswordChanged):
		return fmt.Errorf("%s changed meanwhile; try again", username)
	}
	return err
}
