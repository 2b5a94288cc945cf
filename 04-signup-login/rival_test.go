package accounts

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"example.com/authbook/internal/problem"
)

// rival is a second implementation of the handlers, small and on its own feet:
// it calls nothing of the chapter. Without a flaw it is correct. With one it is
// an impostor.
type rival struct {
	flaw string

	mu     sync.Mutex
	users  map[string]*rivalUser // by lower-case name
	tokens map[string]*rivalUser
	misses map[string]*rivalMisses // by name and address
}

type rivalUser struct {
	Username, Nickname string
	hash               [32]byte // no salt, no cost: it lives for one scenario
	roles              []string
}

type rivalMisses struct {
	count int
	until time.Time
}

// rivalRequest is the union of all request bodies.
type rivalRequest struct {
	Username, Password, Nickname *string
	CurrentPassword, NewPassword *string
	Role                         *string
	Roles                        []string
}

func newRival(flaw string) http.Handler {
	v := &rival{flaw: flaw, users: map[string]*rivalUser{}, tokens: map[string]*rivalUser{}, misses: map[string]*rivalMisses{}}
	v.users["root"] = &rivalUser{Username: "root", Nickname: "nick", hash: v.hash("root-password"), roles: []string{RoleAdmin, RoleUser}}
	mux := http.NewServeMux()
	for pattern, handler := range map[string]func(*http.Request, rivalRequest) (int, any, error){
		"POST /signup": v.signUp, "POST /login": v.logIn, "GET /me": v.me,
		"PUT /me/password": v.changePassword, "DELETE /me": v.deleteMe,
		"PATCH /admin/users/{username}/roles": v.setRoles,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			var in rivalRequest
			if r.Method != http.MethodGet && json.NewDecoder(r.Body).Decode(&in) != nil {
				problem.Write(w, problem.New(problem.MalformedRequest, ""))
				return
			}
			status, out, err := handler(r, in)
			if err != nil {
				problem.Write(w, err)
				return
			}
			w.WriteHeader(status)
			if out != nil {
				_ = json.NewEncoder(w).Encode(out)
			}
		})
	}
	return mux
}

// is reports whether the rival has the flaw.
func (v *rival) is(flaw string) bool { return v.flaw == flaw }

func (v *rival) hash(password string) [32]byte {
	if v.is("cuts-the-password-at-72-bytes") && len(password) > 72 {
		password = password[:72]
	}
	if v.is("trims-the-password") {
		password = strings.TrimSpace(password)
	}
	return sha256.Sum256([]byte(password))
}

func (v *rival) key(username string) string {
	if v.is("takes-case-for-another-person") {
		return username
	}
	return strings.ToLower(username)
}

// view is the answer about a user.
func (v *rival) view(u *rivalUser) map[string]any {
	roles := []map[string]string{}
	for _, role := range u.roles {
		roles = append(roles, map[string]string{"role": role})
	}
	out := map[string]any{"username": u.Username, "nickname": u.Nickname, "roles": roles}
	if v.is("shows-the-hash") {
		out["passwordHash"] = u.hash
	}
	return out
}

// invalid says whether a sign-up breaks a rule.
func (v *rival) invalid(in rivalRequest) error {
	wrong := problem.Invalid(problem.Field{})
	if v.is("calls-every-bad-request-a-taken-name") {
		wrong = problem.New(problem.UserAlreadyExists, "")
	}
	if in.Username == nil || in.Password == nil || in.Nickname == nil {
		return wrong
	}
	if (in.Role != nil || in.Roles != nil) && !v.is("takes-the-role-from-the-client") {
		return wrong
	}
	if v.is("refuses-the-course-sample") && strings.Contains(*in.Username, " ") {
		return wrong
	}
	if strings.Contains(*in.Username, "/") || badLength(*in.Username, 1, 32) || badLength(*in.Nickname, 1, 32) {
		return wrong
	}
	if v.is("takes-any-password") {
		return nil
	}
	return v.invalidPassword(*in.Password)
}

func (v *rival) invalidPassword(password string) error {
	length := utf8.RuneCountInString(password)
	if v.is("counts-bytes-for-characters") {
		length = len(password)
	}
	if length < 8 || length > 128 {
		return problem.Invalid(problem.Field{})
	}
	return nil
}

func badLength(s string, least, most int) bool {
	n := utf8.RuneCountInString(s)
	return n < least || n > most
}

func (v *rival) signUp(_ *http.Request, in rivalRequest) (int, any, error) {
	if err := v.invalid(in); err != nil {
		if v.is("saves-before-it-validates") && in.Username != nil && in.Password != nil {
			v.save(in)
		}
		return 0, nil, err
	}
	if v.taken(*in.Username) {
		if v.is("answers-500-to-a-taken-name") {
			return 0, nil, problem.New(problem.Internal, "")
		}
		return 0, nil, problem.New(problem.UserAlreadyExists, "")
	}
	if v.is("looks-first-inserts-later") {
		time.Sleep(time.Millisecond) // the fake clock: whoever else is here looks too
		return 201, v.view(v.save(in)), nil
	}
	u := v.saveIfFree(in)
	if u == nil {
		return 0, nil, problem.New(problem.UserAlreadyExists, "")
	}
	return 201, v.view(u), nil
}

func (v *rival) taken(username string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.users[v.key(username)] != nil
}

func (v *rival) saveIfFree(in rivalRequest) *rivalUser {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.users[v.key(*in.Username)] != nil {
		return nil
	}
	return v.put(in)
}

func (v *rival) save(in rivalRequest) *rivalUser {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.put(in)
}

func (v *rival) put(in rivalRequest) *rivalUser {
	u := &rivalUser{Username: *in.Username, Nickname: deref(in.Nickname), hash: v.hash(*in.Password), roles: []string{RoleUser}}
	if in.Role != nil {
		u.roles = []string{*in.Role}
	}
	if in.Roles != nil {
		u.roles = in.Roles
	}
	if v.is("swaps-username-and-nickname") {
		shown := *u
		u.Username, u.Nickname = u.Nickname, u.Username
		v.users[v.key(u.Username)] = u
		return &shown
	}
	v.users[v.key(u.Username)] = u
	return u
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func (v *rival) logIn(r *http.Request, in rivalRequest) (int, any, error) {
	if in.Username == nil || in.Password == nil {
		return 0, nil, problem.Invalid(problem.Field{})
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	u, err := v.prove(r, *in.Username, *in.Password)
	if err != nil {
		return 0, nil, err
	}
	token := rand.Text()
	v.tokens[token] = u
	return 200, map[string]string{"token": token}, nil
}

// prove returns the user whose password this is, and throttles.
func (v *rival) prove(r *http.Request, username, password string) (*rivalUser, error) {
	u := v.users[v.key(username)]
	if u == nil && v.is("tells-unknown-from-wrong") {
		return nil, problem.New(problem.NotFound, "")
	}
	if u == nil && v.is("throttles-only-names-that-exist") {
		return nil, problem.New(problem.InvalidCredentials, "")
	}
	m := v.missesOf(username, r.RemoteAddr)
	if wait := time.Until(m.until); wait > 0 && !v.is("never-throttles") {
		if v.is("waiting-starts-anew-with-each-attempt") {
			m.miss()
		}
		return nil, problem.RetryLater(problem.TooManyRequests, wait, nil)
	}
	if u == nil || (u.hash != v.hash(password) && !v.is("never-compares-the-password")) {
		m.miss()
		return nil, problem.New(problem.InvalidCredentials, "")
	}
	if !v.is("never-forgets-a-failure") {
		m.count = 0
	}
	return u, nil
}

func (v *rival) missesOf(username, address string) *rivalMisses {
	key := v.key(username) + "\x00" + address
	if v.is("locks-the-owner-out-with-the-guesser") {
		key = v.key(username)
	}
	if v.misses[key] == nil {
		v.misses[key] = &rivalMisses{}
	}
	return v.misses[key]
}

// miss counts a failure: five are free, then 1 s doubling, at most 5 min.
func (m *rivalMisses) miss() {
	m.count++
	if m.count > 5 {
		m.until = time.Now().Add(min(time.Second<<min(m.count-6, 9), 5*time.Minute))
	}
}

// bearer returns the caller and the token.
func (v *rival) bearer(r *http.Request) (*rivalUser, string, error) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		return nil, "", problem.New(problem.TokenNotFound, "")
	}
	if u := v.tokens[token]; u != nil {
		return u, token, nil
	}
	return nil, "", problem.New(problem.InvalidToken, "")
}

func (v *rival) me(r *http.Request, _ rivalRequest) (int, any, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	u, _, err := v.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	return 200, v.view(u), nil
}

func (v *rival) changePassword(r *http.Request, in rivalRequest) (int, any, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	u, token, err := v.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	if in.CurrentPassword == nil || in.NewPassword == nil {
		return 0, nil, problem.Invalid(problem.Field{})
	}
	if err := v.invalidPassword(*in.NewPassword); err != nil {
		return 0, nil, err
	}
	if !v.is("changes-the-password-without-the-old-one") {
		if _, err := v.prove(r, u.Username, *in.CurrentPassword); err != nil {
			return 0, nil, err
		}
	}
	if v.is("changes-the-password-of-a-copy") {
		u = new(*u)
	}
	u.hash = v.hash(*in.NewPassword)
	if !v.is("leaves-the-other-sessions-open") {
		v.end(u, token)
	}
	return 204, nil, nil
}

// end closes the user's sessions but one.
func (v *rival) end(u *rivalUser, except string) {
	maps.DeleteFunc(v.tokens, func(token string, owner *rivalUser) bool { return owner == u && token != except })
}

func (v *rival) deleteMe(r *http.Request, in rivalRequest) (int, any, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	u, _, err := v.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	if in.CurrentPassword == nil {
		return 0, nil, problem.Invalid(problem.Field{})
	}
	if !v.is("deletes-without-the-password") {
		if _, err := v.prove(r, u.Username, *in.CurrentPassword); err != nil {
			return 0, nil, err
		}
	}
	if v.lastAdmin(u) {
		return 0, nil, problem.New(problem.LastAdmin, "")
	}
	if !v.is("deletes-nothing") {
		delete(v.users, v.key(u.Username))
	}
	if !v.is("lets-a-deleted-token-work") {
		v.end(u, "")
	}
	return 204, nil, nil
}

func (v *rival) setRoles(r *http.Request, in rivalRequest) (int, any, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	caller, _, err := v.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	if !slices.Contains(caller.roles, RoleAdmin) && !v.is("lets-anybody-set-roles") {
		return 0, nil, problem.New(problem.AccessDenied, "")
	}
	unknown := func(role string) bool { return role != RoleUser && role != RoleAdmin }
	if len(in.Roles) == 0 || (slices.ContainsFunc(in.Roles, unknown) && !v.is("takes-any-role")) {
		return 0, nil, problem.Invalid(problem.Field{})
	}
	u := v.users[v.key(r.PathValue("username"))]
	if u == nil {
		return 0, nil, problem.New(problem.NotFound, "")
	}
	if v.lastAdmin(u) && !slices.Contains(in.Roles, RoleAdmin) {
		return 0, nil, problem.New(problem.LastAdmin, "")
	}
	if v.is("changes-the-roles-of-a-copy") {
		u = new(*u)
	}
	slices.Sort(in.Roles)
	u.roles = in.Roles
	return 200, v.view(u), nil
}

func (v *rival) lastAdmin(u *rivalUser) bool {
	if v.is("lets-the-last-administrator-go") || !slices.Contains(u.roles, RoleAdmin) {
		return false
	}
	for _, other := range v.users {
		if other != u && slices.Contains(other.roles, RoleAdmin) {
			return false
		}
	}
	return true
}
