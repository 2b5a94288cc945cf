package accounts

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"example.com/authbook/internal/problem"
	"golang.org/x/text/unicode/norm"
)

// bearer returns the caller and the token.
func (m *model) bearer(r *http.Request) (*modelUser, string, error) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		return nil, "", problem.New(problem.TokenNotFound, "")
	}
	if u := m.tokens[token]; u != nil {
		return u, token, nil
	}
	return nil, "", problem.New(problem.InvalidToken, "")
}

func (m *model) me(r *http.Request) (int, any, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	u, _, err := m.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	return 200, m.view(u), nil
}

func (m *model) changePassword(r *http.Request) (int, any, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	u, token, err := m.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	in, err := readModelRequest(r, "currentPassword", "newPassword")
	if err != nil {
		return 0, nil, err
	}
	if err := m.invalidPassword(in.text["newPassword"]); err != nil {
		return 0, nil, err
	}
	if norm.NFC.String(in.text["newPassword"]) == norm.NFC.String(in.text["currentPassword"]) {
		return 0, nil, problem.Invalid(problem.Field{})
	}
	if !m.has("changes-the-password-without-the-old-one") {
		if _, err := m.prove(r, u.Username, in.text["currentPassword"]); err != nil {
			return 0, nil, err
		}
	}
	if m.has("changes-the-password-of-a-copy") {
		u = new(*u)
	}
	u.hash = m.hash(in.text["newPassword"])
	if !m.has("leaves-the-other-sessions-open") {
		m.end(u, token)
	}
	return 204, nil, nil
}

// end closes the user's sessions but one.
func (m *model) end(u *modelUser, except string) {
	maps.DeleteFunc(m.tokens, func(token string, owner *modelUser) bool { return owner.key == u.key && token != except })
}

func (m *model) deleteMe(r *http.Request) (int, any, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	u, _, err := m.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	in, err := readModelRequest(r, "currentPassword")
	if err != nil {
		return 0, nil, err
	}
	if !m.has("deletes-without-the-password") {
		if _, err := m.prove(r, u.Username, in.text["currentPassword"]); err != nil {
			return 0, nil, err
		}
	}
	if m.lastAdmin(u) {
		return 0, nil, problem.New(problem.LastAdmin, "")
	}
	if !m.has("deletes-nothing") {
		delete(m.users, u.key)
	}
	if !m.has("lets-a-deleted-token-work") {
		m.end(u, "")
	}
	return 204, nil, nil
}

func (m *model) setRoles(r *http.Request) (int, any, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	caller, _, err := m.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	if !slices.Contains(caller.roles, RoleAdmin) && !m.has("lets-anybody-set-roles") {
		return 0, nil, problem.New(problem.AccessDenied, "")
	}
	in, err := readModelRequest(r, "roles")
	if err != nil {
		return 0, nil, err
	}
	slices.Sort(in.roles)
	unknown := func(role string) bool { return role != RoleUser && role != RoleAdmin }
	if len(slices.Compact(slices.Clone(in.roles))) != len(in.roles) ||
		(slices.ContainsFunc(in.roles, unknown) && !m.has("takes-any-role")) {
		return 0, nil, problem.Invalid(problem.Field{})
	}
	_, key := m.names(r.PathValue("username"))
	u := m.users[key]
	if u == nil {
		return 0, nil, problem.New(problem.NotFound, "")
	}
	if m.lastAdmin(u) && !slices.Contains(in.roles, RoleAdmin) {
		return 0, nil, problem.New(problem.LastAdmin, "")
	}
	if m.has("changes-the-roles-of-a-copy") {
		u = new(*u)
	}
	u.roles = in.roles
	return 200, m.view(u), nil
}

func (m *model) lastAdmin(u *modelUser) bool {
	if m.has("lets-the-last-administrator-go") || !slices.Contains(u.roles, RoleAdmin) {
		return false
	}
	for _, other := range m.users {
		if other.key != u.key && slices.Contains(other.roles, RoleAdmin) {
			return false
		}
	}
	return true
}
