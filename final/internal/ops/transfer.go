package ops

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"regexp"
	"strings"
	"time"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/store"
)

// transfers move all users from one database to another, such as from SQLite
// to PostgreSQL. Sessions stay behind: everybody logs in again.
var transfers = map[string]func(ctx context.Context, db *store.Store, path string, stdout io.Writer) error{
	"export": exportUsers,
	"import": importUsers,
}

// transfer runs `final admin export FILE` or `final admin import FILE`.
func transfer(ctx context.Context, name string, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	if len(args) != 1 || isFlag(args[0]) {
		return fmt.Errorf("admin %s takes one file: final admin %s FILE", name, name)
	}
	open := config.OpenExisting
	if name == "import" { // into a new one
		open = config.OpenDatabase
	}
	db, err := open(ctx, config.DatabaseURL(getenv))
	if err != nil {
		return err
	}
	defer db.Close()
	err = transfers[name](ctx, db, args[0], stdout)
	auditCommand(ctx, getenv, stderr, name, accounts.User{}, err) // it is about every user
	return err
}

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

// exportUsers writes every user to a new file of mode 0600, since it holds
// password hashes. It leaves no file behind when it fails.
func exportUsers(ctx context.Context, db *store.Store, path string, stdout io.Writer) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	users, err := writeUsers(ctx, db, file)
	if err == nil && users == 0 { // most likely a mistake in DATABASE_URL
		err = errors.New("the database has no users; does DATABASE_URL name the right one?")
	}
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	fmt.Fprintf(stdout, "%s: %d users with their password hashes; delete it when it is imported\n", path, users)
	return nil
}

func writeUsers(ctx context.Context, db *store.Store, w io.Writer) (users int, err error) {
	buffer := bufio.NewWriter(w)
	lines := json.NewEncoder(buffer)
	if err := lines.Encode(exportLine{Format: exportFormat}); err != nil {
		return 0, err
	}
	err = db.EachUser(ctx, func(u accounts.User) error {
		users++
		return lines.Encode(exportLine{User: &exportedUser{
			u.ID, u.Username, u.Nickname, u.PasswordHash, u.PasswordVersion, u.Roles, u.Disabled, u.Created,
		}})
	})
	return users, errors.Join(err, lines.Encode(exportLine{Users: &users}), buffer.Flush())
}

// importUsers adds every user of an export to a database that has none. It
// adds all of them or nobody, each as it is, and says whose nickname sign-up
// would not take today.
func importUsers(ctx context.Context, db *store.Store, path string, stdout io.Writer) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	var odd []string
	users, err := db.AddUsers(ctx, readUsers(file, func(remark string) { odd = append(odd, remark) }))
	if errors.Is(err, store.ErrNotEmpty) {
		return errors.New("the database has users already; import into an empty one, so that nobody is lost or mixed up")
	}
	if err != nil {
		return fmt.Errorf("nothing is imported from %s: %w", path, err)
	}
	fmt.Fprintf(stdout, "users imported: %d; everybody has to log in again\n", users)
	for _, remark := range odd {
		fmt.Fprintln(stdout, remark)
	}
	return nil
}

// readUsers yields the users of an export, and remarks on what is odd but no
// reason to leave anybody behind. It ends with an error unless the export is
// whole.
func readUsers(r io.Reader, remark func(string)) iter.Seq2[accounts.User, error] {
	return func(yield func(accounts.User, error) bool) {
		lines := json.NewDecoder(r)
		lines.DisallowUnknownFields()
		var first exportLine
		if err := lines.Decode(&first); err != nil || first.Format != exportFormat {
			yield(accounts.User{}, errors.New("it is no export of this release"))
			return
		}
		for n := 0; ; n++ {
			u, last, err := readUser(lines, n)
			if last {
				return
			}
			if err != nil {
				err = fmt.Errorf("line %d: %w", n+2, err)
			}
			if !yield(u, err) || err != nil {
				return
			}
			if _, odd := accounts.NormalizeNickname(u.Nickname); odd != nil {
				remark(fmt.Sprintf("user %q: the nickname stays as it is, though sign-up would refuse it today: %v", u.Username, odd))
			}
		}
	}
}

// readUser reads the line after that of the nth user. last says that it is the
// last one, and that it is right.
func readUser(lines *json.Decoder, n int) (u accounts.User, last bool, err error) {
	var line exportLine
	switch err := lines.Decode(&line); {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return accounts.User{}, false, errors.New("the file is cut off here")
	case err != nil:
		return accounts.User{}, false, err
	case line.User != nil:
		u, err := line.User.check()
		return u, false, err
	case line.Users == nil || *line.Users != n:
		return accounts.User{}, false, fmt.Errorf("the file has %d users, and says otherwise here", n)
	case lines.More():
		return accounts.User{}, false, errors.New("the file goes on after its last line")
	}
	return accounts.User{}, true, nil
}

// idForm is that of every user's id, 26 characters of rand.Text. A token can't
// carry just any text.
var idForm = regexp.MustCompile(`^[A-Z2-7]{26}$`)

// maxPasswordVersion is more than anybody changes a password. One that the
// database can't add 1 to would make the user's row unreadable.
const maxPasswordVersion = 1 << 31

// check returns the user unless no release could have made it, or nobody could
// log in as it. The key comes from the name, as at sign-up. A nickname is for
// show: what an older release took may stay.
func (e *exportedUser) check() (accounts.User, error) {
	_, key, badName := accounts.NormalizeUsername(e.Username)
	roles, badRole := accounts.Roles(e.Roles...)
	if err := cmp.Or(badName, badRole); err != nil {
		return accounts.User{}, fmt.Errorf("user %q: %w", e.Username, err)
	}
	if strings.ContainsRune(e.Nickname, 0) { // PostgreSQL has no such text
		return accounts.User{}, fmt.Errorf("user %q: the nickname has a NUL in it", e.Username)
	}
	if !idForm.MatchString(e.ID) || e.PasswordVersion < 0 || e.PasswordVersion > maxPasswordVersion || accounts.CheckHash(e.PasswordHash) != nil {
		return accounts.User{}, fmt.Errorf("user %q: the id, the password's hash or its version cannot be right", e.Username)
	}
	return accounts.User{
		ID: e.ID, Username: e.Username, UsernameKey: key, Nickname: e.Nickname, PasswordHash: e.PasswordHash,
		PasswordVersion: e.PasswordVersion, Roles: roles, Disabled: e.Disabled, Created: e.Created,
	}, nil
}
