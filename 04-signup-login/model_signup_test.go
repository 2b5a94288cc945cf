package accounts

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"example.com/authbook/internal/problem"
	"golang.org/x/text/secure/precis"
	"golang.org/x/text/unicode/norm"
)

// readSignUp returns the user that a sign-up asks for, and what is wrong.
func (m *model) readSignUp(r *http.Request) (*modelUser, error) {
	in, err := readModelRequest(r, "username", "password", "nickname")
	u := &modelUser{hash: m.hash(in.text["password"]), roles: []string{RoleUser}}
	u.Username, u.key = m.names(in.text["username"])
	nickname, bad := precis.Nickname.String(in.text["nickname"])
	u.Nickname = nickname
	switch {
	case err != nil:
	case u.key == "" || bad != nil || utf8.RuneCountInString(nickname) > 32:
		err = problem.Invalid(problem.Field{})
	case strings.Contains(u.Username, " ") && m.has("refuses-the-course-sample"):
		err = problem.Invalid(problem.Field{})
	case !m.has("takes-any-password"):
		err = m.invalidPassword(in.text["password"])
	}
	return u, err
}

func (m *model) invalidPassword(password string) error {
	length := utf8.RuneCountInString(norm.NFC.String(password))
	if m.has("counts-bytes-for-characters") {
		length = len(password)
	}
	if m.has("takes-seven-characters") {
		length++
	}
	if length < 8 || length > 128 {
		return problem.Invalid(problem.Field{})
	}
	return nil
}

func (m *model) signUp(r *http.Request) (int, any, error) {
	asked := m.takeRole(r)
	u, err := m.readSignUp(r)
	if err != nil {
		if u.key != "" && u.Nickname == "" && m.has("saves-before-it-validates") {
			m.save(u)
		}
		if m.has("calls-every-bad-request-a-taken-name") {
			err = problem.New(problem.UserAlreadyExists, "")
		}
		return 0, nil, err
	}
	u.roles = append(u.roles, asked...)
	if !m.taken(u.key) && m.has("looks-first-inserts-later") {
		time.Sleep(time.Millisecond) // the fake clock: all others look now too
		m.save(u)
		return 201, m.view(u), nil
	}
	if !m.saveIfFree(u) {
		if m.has("answers-500-to-a-taken-name") {
			return 0, nil, problem.New(problem.Internal, "")
		}
		return 0, nil, problem.New(problem.UserAlreadyExists, "")
	}
	return 201, m.view(u), nil
}

// takeRole takes the role that a client asks for out of the body, if that is
// the flaw.
func (m *model) takeRole(r *http.Request) (roles []string) {
	if !m.has("takes-the-role-from-the-client") {
		return nil
	}
	members, err := modelMembers(r)
	if err != nil {
		members = map[string]json.RawMessage{}
	}
	var role string
	if json.Unmarshal(members["role"], &role) == nil {
		roles = append(roles, role)
	}
	var list []string
	_ = json.Unmarshal(members["roles"], &list)
	delete(members, "role")
	delete(members, "roles")
	text, _ := json.Marshal(members)
	r.Body = io.NopCloser(bytes.NewReader(text))
	return append(roles, list...)
}

func (m *model) taken(key string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.users[key] != nil
}

func (m *model) saveIfFree(u *modelUser) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.users[u.key] != nil {
		return false
	}
	m.put(*u)
	return true
}

func (m *model) save(u *modelUser) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.put(*u)
}

// put stores the user. What a caller holds is not what is stored.
func (m *model) put(u modelUser) {
	if m.has("swaps-username-and-nickname") {
		u.Username, u.Nickname = u.Nickname, u.Username
		_, u.key = m.names(u.Username)
	}
	m.users[u.key] = &u
}
