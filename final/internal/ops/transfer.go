package ops

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/store"
)

// onFile makes a command of what reads or writes the file of an export. Export
// and import move all users from one database to another, such as from SQLite
// to PostgreSQL. Sessions stay behind: everybody logs in again.
func onFile(
	open func(ctx context.Context, databaseURL string) (*store.DB, error),
	move func(ctx context.Context, users *store.Users, path string, stdout io.Writer) error,
) func(ctx context.Context, d desk, path string) error {
	return func(ctx context.Context, d desk, path string) error {
		db, err := open(ctx, config.DatabaseURL(d.getenv))
		if err != nil {
			return err
		}
		defer db.Close()
		d, err = d.withTrail(db.Path())
		if err != nil {
			return err
		}
		err = move(ctx, store.NewUsers(db), path, d.stdout)
		d.audit(ctx, everyUser, err == nil)
		return err
	}
}

// everyUser is the id in the record of a command that is about all of them.
const everyUser = ""

// exportFormat is the first line of an export.
const exportFormat = "authbook users 1"

// exportLine is one line of an export, with one member: the format on the
// first, a user on each of the next, and on the last how many they were. An
// export that was cut off lacks the last line.
type exportLine struct {
	Format string        `json:"format,omitempty"`
	User   *exportedUser `json:"user,omitempty"`
	Users  *int          `json:"users,omitempty"`
}

// exportedUser is an accounts.User. Its names do not change with the code.
type exportedUser struct {
	ID              string    `json:"id"`
	Username        string    `json:"username"`
	Nickname        string    `json:"nickname"`
	PasswordHash    string    `json:"password_hash"`
	PasswordVersion int64     `json:"password_version"`
	Roles           []string  `json:"roles"`
	Disabled        bool      `json:"disabled"`
	Created         time.Time `json:"created"`
}

func exported(u accounts.User) *exportedUser {
	return &exportedUser{u.ID, u.Username, u.Nickname, u.PasswordHash, u.PasswordVersion, u.Roles, u.Disabled, u.Created}
}

// exportUsers writes every user to a new file of mode 0600, since it holds
// password hashes. It leaves no file behind when it fails.
func exportUsers(ctx context.Context, users *store.Users, path string, stdout io.Writer) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	n, err := writeUsers(ctx, users, file)
	if err == nil && n == 0 { // most likely a mistake in DATABASE_URL
		err = errors.New("the database has no users; does DATABASE_URL name the right one?")
	}
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	fmt.Fprintf(stdout, "%s: users exported, with their password hashes: %d; delete it when it is imported\n", path, n)
	return nil
}

func writeUsers(ctx context.Context, users *store.Users, w io.Writer) (n int, err error) {
	buffer := bufio.NewWriter(w)
	lines := json.NewEncoder(buffer)
	if err := lines.Encode(exportLine{Format: exportFormat}); err != nil {
		return 0, err
	}
	err = users.Each(ctx, func(u accounts.User) error {
		n++
		return lines.Encode(exportLine{User: exported(u)})
	})
	return n, errors.Join(err, lines.Encode(exportLine{Users: &n}), buffer.Flush())
}

// importUsers adds every user of an export to a database that has none. It
// adds all of them or nobody, each as it is, and says whose nickname sign-up
// would not take today.
func importUsers(ctx context.Context, users *store.Users, path string, stdout io.Writer) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	var odd []string
	n, err := users.AddAll(ctx, readUsers(file, func(remark string) { odd = append(odd, remark) }))
	if errors.Is(err, store.ErrNotEmpty) {
		return errors.New("the database has users already; import into an empty one, so that nobody is lost or mixed up")
	}
	if err != nil {
		return fmt.Errorf("nothing is imported from %s: %w", path, err)
	}
	fmt.Fprintf(stdout, "users imported: %d; everybody has to log in again\n", n)
	for _, remark := range odd {
		fmt.Fprintln(stdout, remark)
	}
	return nil
}
