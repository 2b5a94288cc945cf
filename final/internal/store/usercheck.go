package store

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	accounts "example.com/authbook/04-signup-login"
)

// A BadUser is a user in a file from outside that no release could have stored.
type BadUser struct {
	name   string
	reason error
}

// Error names the user and the reason. A name can hold anything, and is quoted.
func (e *BadUser) Error() string { return fmt.Sprintf("user %.64q: %v", e.name, e.reason) }

func (e *BadUser) Unwrap() error { return e.reason }

func isBadUser(err error) bool {
	_, ok := errors.AsType[*BadUser](err)
	return ok
}

// CheckUser is the one check of a user that comes from a file: from an export
// or from a copy of the database. It returns the user as this release stores
// it, with the key that comes from the name, or else a [BadUser]. Whatever a
// server has stored, in any release, passes.
func CheckUser(u accounts.User) (accounts.User, error) {
	name, key, err := storedName(u.Username)
	if err != nil {
		return accounts.User{}, &BadUser{u.Username, err}
	}
	roles, err := accounts.Roles(u.Roles...)
	if err != nil {
		return accounts.User{}, &BadUser{u.Username, err}
	}
	if fault := faultOf(u); fault != "" {
		return accounts.User{}, &BadUser{u.Username, errors.New(fault)}
	}
	u.Username, u.UsernameKey, u.Roles = name, key, roles
	return u, nil
}

// storedName is what sign-up makes of a name. Once it took names with
// zero-width joiners too. Nobody can log in with such a name any more, but an
// operator still sees the user: the name stays, and its key differs from those
// of all other names.
func storedName(name string) (display, key string, err error) {
	if !strings.ContainsAny(name, joiners) {
		return accounts.NormalizeUsername(name)
	}
	if _, _, err := accounts.NormalizeUsername(withoutJoiners(name)); err != nil {
		return "", "", err
	}
	if utf8.RuneCountInString(name) > maxNameLength {
		return "", "", errors.New("the name is too long")
	}
	return name, strings.ToLower(name), nil
}

// joiners are the zero-width non-joiner and joiner.
const joiners = "\u200c\u200d"

func withoutJoiners(name string) string {
	return strings.NewReplacer("\u200c", "", "\u200d", "").Replace(name)
}

const (
	// maxNameLength is in code points, as at sign-up.
	maxNameLength = 32
	// maxNickname is in bytes: as much as sign-up reads.
	maxNickname = 1024
	// maxPasswordVersion is more than anybody changes a password. One that the
	// database can't add 1 to would make the user's row unreadable.
	maxPasswordVersion = 1 << 31
)

// isID reports whether a text has the form of every user's id, 26 characters of
// rand.Text. A token can't carry just any text.
var isID = regexp.MustCompile(`^[A-Z2-7]{26}$`).MatchString

// faultOf returns what is wrong with the parts of a user that nobody types, and
// "" where nothing is. A nickname is for show: one that sign-up refuses today
// may stay.
func faultOf(u accounts.User) string {
	switch {
	case !isID(u.ID):
		return "the id is not 26 letters and digits"
	case accounts.CheckHash(u.PasswordHash) != nil:
		return "the hash of the password is not an Argon2id hash within bounds"
	case u.PasswordVersion < 0 || u.PasswordVersion > maxPasswordVersion:
		return "the number of the password, its version, is out of range"
	case len(u.Nickname) > maxNickname:
		return "the nickname is too long"
	case !utf8.ValidString(u.Nickname):
		return "the nickname is not UTF-8"
	case strings.ContainsRune(u.Nickname, 0): // PostgreSQL has no such text
		return "the nickname has a NUL in it"
	case u.Created.Year() < 0 || u.Created.Year() > 9999: // JSON has no such time
		return "the time of sign-up is out of range"
	}
	return ""
}
