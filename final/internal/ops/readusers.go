package ops

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/store"
)

// maxLine is in bytes, and more than any user's line takes.
const maxLine = 64 * 1024

// readUsers yields the users of an export, and remarks on what is odd but no
// reason to leave anybody behind. It ends with an error unless the export is
// whole. The file comes from outside: each user passes store.CheckUser.
func readUsers(r io.Reader, remark func(string)) iter.Seq2[accounts.User, error] {
	return func(yield func(accounts.User, error) bool) {
		lines := &exportLines{scanner: bufio.NewScanner(r)}
		lines.scanner.Buffer(nil, maxLine)
		if first, err := lines.next(); err != nil || first.Format != exportFormat {
			yield(accounts.User{}, errors.New("it is no export of this release"))
			return
		}
		for n := 0; ; n++ {
			u, last, err := lines.user(n)
			if last {
				return
			}
			if err != nil {
				err = fmt.Errorf("line %d: %w", lines.number, err)
			}
			if !yield(u, err) || err != nil {
				return
			}
			if odd := oddity(u); odd != "" {
				remark(odd)
			}
		}
	}
}

// oddity says so if sign-up would refuse the user's nickname today.
func oddity(u accounts.User) string {
	_, err := accounts.NormalizeNickname(u.Nickname)
	if err == nil {
		return ""
	}
	return fmt.Sprintf("user %q: the nickname stays as it is, though sign-up would refuse it today: %v", u.Username, err)
}

// exportLines reads an export line by line.
type exportLines struct {
	scanner *bufio.Scanner
	number  int // of the line that was read last
}

// next returns the next line that is not blank, and io.EOF after the last one.
func (l *exportLines) next() (line exportLine, err error) {
	for l.scanner.Scan() {
		l.number++
		if text := bytes.TrimSpace(l.scanner.Bytes()); len(text) > 0 {
			return parseLine(text)
		}
	}
	l.number++
	if errors.Is(l.scanner.Err(), bufio.ErrTooLong) {
		return exportLine{}, fmt.Errorf("it is longer than %d bytes", maxLine)
	}
	if l.scanner.Err() != nil {
		return exportLine{}, l.scanner.Err()
	}
	return exportLine{}, io.EOF
}

// parseLine reads one line. Its errors quote what they repeat of the file.
func parseLine(text []byte) (line exportLine, err error) {
	if !utf8.Valid(text) { // the decoder would replace what is not
		return exportLine{}, errors.New("it is not UTF-8")
	}
	members := json.NewDecoder(bytes.NewReader(text))
	members.DisallowUnknownFields()
	err = members.Decode(&line)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return exportLine{}, io.EOF // the text stops inside an object
	}
	if err != nil {
		return exportLine{}, fmt.Errorf("%.200s", err.Error())
	}
	if _, err := members.Token(); !errors.Is(err, io.EOF) {
		return exportLine{}, errors.New("it holds more than one object")
	}
	return line, nil
}

// user reads the line after that of the nth user. last says that it is the
// last one, and that it is right.
func (l *exportLines) user(n int) (u accounts.User, last bool, err error) {
	line, err := l.next()
	switch {
	case errors.Is(err, io.EOF):
		return accounts.User{}, false, errors.New("the file is cut off here")
	case err != nil:
		return accounts.User{}, false, err
	case line.User != nil:
		u, err := line.User.check()
		return u, false, err
	case line.Users == nil || *line.Users != n:
		return accounts.User{}, false, fmt.Errorf("the file has %d users, and says otherwise here", n)
	}
	if _, err := l.next(); !errors.Is(err, io.EOF) {
		return accounts.User{}, false, errors.New("the file goes on after its last line")
	}
	return accounts.User{}, true, nil
}

// check returns the user as the store takes it. A name that an older release
// took, and with which nobody can log in today, is refused: here the operator
// can give the user another one.
func (e *exportedUser) check() (accounts.User, error) {
	if _, _, err := accounts.NormalizeUsername(e.Username); err != nil {
		return accounts.User{}, fmt.Errorf("user %.64q: %w", e.Username, err)
	}
	return store.CheckUser(accounts.User{
		ID: e.ID, Username: e.Username, Nickname: e.Nickname, PasswordHash: e.PasswordHash,
		PasswordVersion: e.PasswordVersion, Roles: e.Roles, Disabled: e.Disabled, Created: e.Created,
	})
}
