package store

import (
	"errors"
	"strconv"
	"strings"

	tokens "example.com/authbook/03-token-scenarios"
)

// A snapshot is read at each request, and each column of a row costs the driver
// three allocations. So its session and its user come as one text each. What users
// choose is last: whatever it holds, it moves no field before it.
const (
	fieldEnd = "\x1f" // U+001F, the unit separator of ASCII

	sessionText = `concat_ws('` + fieldEnd + `', sessions.id, sessions.user_id, sessions.generation,
		sessions.created, sessions.rotated, sessions.expires, sessions.revoked IS NOT NULL, {now})`
	sessionFields = 8

	userText = `concat_ws('` + fieldEnd + `', users.roles, users.disabled,
		users.password_version, users.username, users.nickname)`
	userFields = 5
)

var errBadSnapshot = errors.New("the row of a session or of its user can't be read")

// scanSnapshot scans sessionText and userText.
func scanSnapshot(row scanner) (tokens.Snapshot, error) {
	var session, user string
	if err := row.Scan(&session, &user); err != nil {
		return tokens.Snapshot{}, err
	}
	s, u := fields{texts: strings.Split(session, fieldEnd)}, fields{texts: strings.SplitN(user, fieldEnd, userFields)}
	if len(s.texts) != sessionFields || len(u.texts) != userFields {
		return tokens.Snapshot{}, errBadSnapshot
	}
	snapshot := tokens.Snapshot{
		Session: tokens.Session{
			ID: s.text(), UserID: s.text(), Generation: s.number(),
			Created: at(s.number()), Rotated: at(s.number()), Expires: at(s.number()), Revoked: s.flag(),
		},
		Now:  at(s.number()),
		User: tokens.User{Roles: strings.Fields(u.text()), Disabled: u.flag(), PasswordVersion: u.number()},
	}
	snapshot.User.ID, snapshot.User.Username, snapshot.User.Nickname = snapshot.Session.UserID, u.text(), u.text()
	return snapshot, errors.Join(s.err, u.err)
}

// fields are read one after the other.
type fields struct {
	texts []string
	err   error // of the fields so far
}

func (f *fields) text() (text string) {
	text, f.texts = f.texts[0], f.texts[1:]
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
