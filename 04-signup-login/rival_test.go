package accounts

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"example.com/authbook/internal/problem"
	"golang.org/x/text/secure/precis"
	"golang.org/x/text/unicode/norm"
)

// rival is a second implementation of the handlers, small and on its own feet:
// it calls nothing of the chapter. Without a flaw it is correct. With one it is
// an impostor. TestRival_agreesWithTheService tells both the same stories.
type rival struct {
	flaw string

	mu     sync.Mutex
	users  map[string]*rivalUser // by key
	tokens map[string]*rivalUser
	misses map[string]*rivalMisses // by key, and by key and address
}

type rivalUser struct {
	Username, Nickname, key string
	hash                    [32]byte // no salt, no cost: it lives for one scenario
	roles                   []string
}

// rivalMisses is what is known of failed guesses.
type rivalMisses struct {
	count        int
	opened, last time.Time
}

func newRival(flaw string) http.Handler {
	v := &rival{flaw: flaw, users: map[string]*rivalUser{}, tokens: map[string]*rivalUser{}, misses: map[string]*rivalMisses{}}
	v.users["root"] = &rivalUser{Username: "root", Nickname: "nick", key: "root", hash: v.hash("root-password"), roles: []string{RoleAdmin, RoleUser}}
	mux := http.NewServeMux()
	for pattern, handler := range map[string]func(*http.Request) (int, any, error){
		"POST /signup": v.signUp, "POST /login": v.logIn, "GET /me": v.me,
		"PUT /me/password": v.changePassword, "DELETE /me": v.deleteMe,
		"PATCH /admin/users/{username}/roles": v.setRoles,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			status, out, err := handler(r)
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

// rivalRequest is the body: strings by their member's name, and the roles.
type rivalRequest struct {
	text  map[string]string
	roles []string
}

// readRival reads a body that must have these members and no others. What it
// could read it returns with the error too.
func readRival(r *http.Request, names ...string) (rivalRequest, error) {
	in := rivalRequest{text: map[string]string{}}
	members, err := rivalMembers(r)
	if err != nil {
		return in, err
	}
	wrong := len(members) != len(names)
	for _, name := range names {
		var s string
		ok := json.Unmarshal(members[name], &s) == nil && s != ""
		if name == "roles" {
			ok = json.Unmarshal(members[name], &in.roles) == nil && len(in.roles) > 0
		}
		in.text[name] = s
		wrong = wrong || !ok
	}
	if wrong {
		return in, problem.Invalid(problem.Field{})
	}
	return in, nil
}

// rivalMembers is the object of the body. It finds a name that comes twice by
// writing the object again: what comes out is then shorter than what came in.
func rivalMembers(r *http.Request) (members map[string]json.RawMessage, err error) {
	text, _ := io.ReadAll(r.Body)
	if r.Header.Get("Content-Type") != "application/json" {
		return nil, problem.New(problem.UnsupportedMediaType, "")
	}
	if len(text) > 16<<10 {
		return nil, problem.New(problem.PayloadTooLarge, "")
	}
	var again, flat bytes.Buffer
	_ = json.Compact(&flat, text)
	err = json.Unmarshal(text, &members)
	e := json.NewEncoder(&again)
	e.SetEscapeHTML(false)
	_ = e.Encode(members)
	if err != nil || members == nil || !utf8.Valid(text) || again.Len() != flat.Len()+1 {
		return nil, problem.New(problem.MalformedRequest, "")
	}
	return members, nil
}

func (v *rival) hash(password string) [32]byte {
	password = norm.NFC.String(password)
	if v.is("cuts-the-password-at-72-bytes") && len(password) > 72 {
		password = password[:72]
	}
	if v.is("trims-the-password") {
		password = strings.TrimSpace(password)
	}
	return sha256.Sum256([]byte(password))
}

// names returns a username as it is shown and its key, which is none if nobody
// can have the name.
func (v *rival) names(username string) (shown, key string) {
	var asWritten, folded []string
	written := precis.NewIdentifier(precis.FoldWidth, precis.Norm(norm.NFC))
	lower := precis.NewIdentifier(precis.FoldWidth, precis.LowerCase(), precis.Norm(norm.NFC))
	for part := range strings.SplitSeq(username, " ") {
		s, err1 := written.String(part)
		k, err2 := lower.String(part)
		if part == "" || err1 != nil || err2 != nil {
			return "", ""
		}
		asWritten, folded = append(asWritten, s), append(folded, k)
	}
	shown, key = strings.Join(asWritten, " "), strings.Join(folded, " ")
	if strings.Contains(key, "/") || key == "." || key == ".." || utf8.RuneCountInString(key) > 32 {
		return "", ""
	}
	if v.is("takes-case-for-another-person") {
		key = shown
	}
	return shown, key
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

// readSignUp returns the user that a sign-up asks for, and what is wrong.
func (v *rival) readSignUp(r *http.Request) (*rivalUser, error) {
	in, err := readRival(r, "username", "password", "nickname")
	u := &rivalUser{hash: v.hash(in.text["password"]), roles: []string{RoleUser}}
	u.Username, u.key = v.names(in.text["username"])
	nickname, bad := precis.Nickname.String(in.text["nickname"])
	u.Nickname = nickname
	switch {
	case err != nil:
	case u.key == "" || bad != nil || utf8.RuneCountInString(nickname) > 32:
		err = problem.Invalid(problem.Field{})
	case v.is("refuses-the-course-sample") && strings.Contains(u.Username, " "):
		err = problem.Invalid(problem.Field{})
	case !v.is("takes-any-password"):
		err = v.invalidPassword(in.text["password"])
	}
	return u, err
}

func (v *rival) invalidPassword(password string) error {
	length := utf8.RuneCountInString(norm.NFC.String(password))
	if v.is("counts-bytes-for-characters") {
		length = len(password)
	}
	if length < 8 || length > 128 {
		return problem.Invalid(problem.Field{})
	}
	return nil
}

func (v *rival) signUp(r *http.Request) (int, any, error) {
	asked := v.takeRole(r)
	u, err := v.readSignUp(r)
	if err != nil {
		if v.is("saves-before-it-validates") && u.key != "" {
			v.save(u)
		}
		if v.is("calls-every-bad-request-a-taken-name") {
			err = problem.New(problem.UserAlreadyExists, "")
		}
		return 0, nil, err
	}
	u.roles = append(u.roles, asked...)
	if v.is("looks-first-inserts-later") && !v.taken(u.key) {
		time.Sleep(time.Millisecond) // the fake clock: whoever else is here looks too
		v.save(u)
		return 201, v.view(u), nil
	}
	if !v.saveIfFree(u) {
		if v.is("answers-500-to-a-taken-name") {
			return 0, nil, problem.New(problem.Internal, "")
		}
		return 0, nil, problem.New(problem.UserAlreadyExists, "")
	}
	return 201, v.view(u), nil
}

// takeRole takes the role that a client asks for out of the body, if that is
// the flaw.
func (v *rival) takeRole(r *http.Request) (roles []string) {
	if !v.is("takes-the-role-from-the-client") {
		return nil
	}
	members, err := rivalMembers(r)
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

func (v *rival) taken(key string) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.users[key] != nil
}

func (v *rival) saveIfFree(u *rivalUser) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.users[u.key] != nil {
		return false
	}
	v.put(*u)
	return true
}

func (v *rival) save(u *rivalUser) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.put(*u)
}

// put stores the user. What a caller holds is not what is stored.
func (v *rival) put(u rivalUser) {
	if v.is("swaps-username-and-nickname") {
		u.Username, u.Nickname = u.Nickname, u.Username
		_, u.key = v.names(u.Username)
	}
	v.users[u.key] = &u
}

func (v *rival) logIn(r *http.Request) (int, any, error) {
	in, err := readRival(r, "username", "password")
	if err != nil {
		return 0, nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	u, err := v.prove(r, in.text["username"], in.text["password"])
	if err != nil {
		return 0, nil, err
	}
	token := rand.Text()
	v.tokens[token] = u
	return 200, map[string]string{"token": token}, nil
}

// prove returns the user whose password this is, and throttles.
func (v *rival) prove(r *http.Request, username, password string) (*rivalUser, error) {
	_, key := v.names(username)
	u := v.users[key]
	if u == nil && v.is("tells-unknown-from-wrong") {
		return nil, problem.New(problem.NotFound, "")
	}
	if u == nil && v.is("throttles-only-names-that-exist") {
		return nil, problem.New(problem.InvalidCredentials, "")
	}
	account, pair := v.missesOf(cmp.Or(key, username), r.RemoteAddr, username)
	if wait := max(account.budget(), pair.backoff()); wait > 0 && !v.is("never-throttles") {
		if v.is("waiting-starts-anew-with-each-attempt") {
			pair.miss(24 * time.Hour)
		}
		return nil, problem.RetryLater(problem.TooManyRequests, wait, nil)
	}
	if u == nil || (u.hash != v.hash(password) && !v.is("never-compares-the-password")) {
		account.miss(time.Hour)
		pair.miss(24 * time.Hour)
		return nil, problem.New(problem.InvalidCredentials, "")
	}
	if !v.is("never-forgets-a-failure") {
		*pair = rivalMisses{}
	}
	return u, nil
}

// missesOf returns the failures on the account, and those from this address.
func (v *rival) missesOf(key, address, typed string) (account, pair *rivalMisses) {
	if v.is("counts-each-spelling-apart") {
		key = typed
	}
	if v.is("locks-the-owner-out-with-the-guesser") {
		address = ""
	}
	for _, k := range []string{key, key + "\x00" + address} {
		if v.misses[k] == nil {
			v.misses[k] = &rivalMisses{}
		}
	}
	return v.misses[key], v.misses[key+"\x00"+address]
}

// miss counts a failure. Those of an earlier window no longer count.
func (m *rivalMisses) miss(window time.Duration) {
	now := time.Now()
	if now.Sub(m.opened) > window {
		*m = rivalMisses{opened: now}
	}
	m.count++
	m.last = now
}

// backoff is how long one address must wait: five failures are free, then 1 s
// doubling, at most 5 min.
func (m *rivalMisses) backoff() time.Duration {
	if m.count <= 5 {
		return 0
	}
	return min(time.Second<<min(m.count-6, 9), 5*time.Minute) - time.Since(m.last)
}

// budget is how long an account with 100 failures must wait.
func (m *rivalMisses) budget() time.Duration {
	if m.count < 100 {
		return 0
	}
	return time.Hour - time.Since(m.opened)
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

func (v *rival) me(r *http.Request) (int, any, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	u, _, err := v.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	return 200, v.view(u), nil
}

func (v *rival) changePassword(r *http.Request) (int, any, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	u, token, err := v.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	in, err := readRival(r, "currentPassword", "newPassword")
	if err != nil {
		return 0, nil, err
	}
	if err := v.invalidPassword(in.text["newPassword"]); err != nil {
		return 0, nil, err
	}
	if !v.is("changes-the-password-without-the-old-one") {
		if _, err := v.prove(r, u.Username, in.text["currentPassword"]); err != nil {
			return 0, nil, err
		}
	}
	if v.is("changes-the-password-of-a-copy") {
		u = new(*u)
	}
	u.hash = v.hash(in.text["newPassword"])
	if !v.is("leaves-the-other-sessions-open") {
		v.end(u, token)
	}
	return 204, nil, nil
}

// end closes the user's sessions but one.
func (v *rival) end(u *rivalUser, except string) {
	maps.DeleteFunc(v.tokens, func(token string, owner *rivalUser) bool { return owner.key == u.key && token != except })
}

func (v *rival) deleteMe(r *http.Request) (int, any, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	u, _, err := v.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	in, err := readRival(r, "currentPassword")
	if err != nil {
		return 0, nil, err
	}
	if !v.is("deletes-without-the-password") {
		if _, err := v.prove(r, u.Username, in.text["currentPassword"]); err != nil {
			return 0, nil, err
		}
	}
	if v.lastAdmin(u) {
		return 0, nil, problem.New(problem.LastAdmin, "")
	}
	if !v.is("deletes-nothing") {
		delete(v.users, u.key)
	}
	if !v.is("lets-a-deleted-token-work") {
		v.end(u, "")
	}
	return 204, nil, nil
}

func (v *rival) setRoles(r *http.Request) (int, any, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	caller, _, err := v.bearer(r)
	if err != nil {
		return 0, nil, err
	}
	if !slices.Contains(caller.roles, RoleAdmin) && !v.is("lets-anybody-set-roles") {
		return 0, nil, problem.New(problem.AccessDenied, "")
	}
	in, err := readRival(r, "roles")
	if err != nil {
		return 0, nil, err
	}
	slices.Sort(in.roles)
	unknown := func(role string) bool { return role != RoleUser && role != RoleAdmin }
	if len(slices.Compact(slices.Clone(in.roles))) != len(in.roles) ||
		(slices.ContainsFunc(in.roles, unknown) && !v.is("takes-any-role")) {
		return 0, nil, problem.Invalid(problem.Field{})
	}
	_, key := v.names(r.PathValue("username"))
	u := v.users[key]
	if u == nil {
		return 0, nil, problem.New(problem.NotFound, "")
	}
	if v.lastAdmin(u) && !slices.Contains(in.roles, RoleAdmin) {
		return 0, nil, problem.New(problem.LastAdmin, "")
	}
	if v.is("changes-the-roles-of-a-copy") {
		u = new(*u)
	}
	u.roles = in.roles
	return 200, v.view(u), nil
}

func (v *rival) lastAdmin(u *rivalUser) bool {
	if v.is("lets-the-last-administrator-go") || !slices.Contains(u.roles, RoleAdmin) {
		return false
	}
	for _, other := range v.users {
		if other.key != u.key && slices.Contains(other.roles, RoleAdmin) {
			return false
		}
	}
	return true
}
