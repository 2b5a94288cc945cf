package store

import (
	"errors"
	"strconv"
	"strings"

	tokens "example.com/authbook/03-token-scenarios"
)

// A snapshot is read at each request, and each column of a row costs the driver
// five allocations. So its session and its user come as one text. What users
// choose is last: whatever it holds, it moves no field before it.
const (
	fieldEnd = "\x1f" // U+001F, the unit separator of ASCII
	join     = `concat_ws('` + fieldEnd + `', `

	sessionFields = `sessions.id, sessions.user_id, sessions.generation,
		sessions.created, sessions.rotated, sessions.expires, sessions.revoked IS NOT NULL, {now}`

	userFields = `users.roles, users.disabled, users.password_version, users.username, users.nickname`
)

var errBadSnapshot = errors.New("the row of a session or of its user can't be read")

// scanSnapshot scans a join of sessionFields and userFields.
func scanSnapshot(row scanner) (tokens.Snapshot, error) {
	text, err := scanText(row)
	if err != nil {
		return tokens.Snapshot{}, err
	}
	f := fields{rest: text}
	snapshot := tokens.Snapshot{
		Session: tokens.Session{
			ID: f.text(), UserID: f.text(), Generation: f.number(),
			Created: at(f.number()), Rotated: at(f.number()), Expires: at(f.number()), Revoked: f.flag(),
		},
		Now: at(f.number()),
		User: tokens.User{
			Roles: strings.Fields(f.text()), Disabled: f.flag(), PasswordVersion: f.number(), Username: f.text(),
		},
	}
	snapshot.User.ID, snapshot.User.Nickname = snapshot.Session.UserID, f.rest
	return snapshot, f.err
}

// fields are read one after the other.
type fields struct {
	rest string
	err  error // of the fields so far
}

// text reads a field that is not the last one.
func (f *fields) text() string {
	text, rest, found := strings.Cut(f.rest, fieldEnd)
	if !found {
		f.err = errBadSnapshot
	}
	f.rest = rest
	return text
}

func (f *fields) number() int64 {
	n, err := strconv.ParseInt(f.text(), 10, 64)
	if err != nil {
		f.err = errBadSnapshot
	}
	return n
}

// flag reads what SQLite writes for a BOOLEAN (0, 1) and what PostgreSQL does (f, t).
func (f *fields) flag() bool {
	set, err := strconv.ParseBool(f.text())
	if err != nil {
		f.err = errBadSnapshot
	}
	return set
}
