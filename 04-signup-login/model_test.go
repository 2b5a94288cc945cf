package accounts

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"example.com/authbook/internal/problem"
	"golang.org/x/text/secure/precis"
	"golang.org/x/text/unicode/norm"
)

// model is a second implementation of the handlers. It is small, and it calls
// nothing of the chapter. Without a flaw it is correct. With one it is an
// impostor. TestModel_agreesWithTheService tells both the same stories.
type model struct {
	flaw string

	mu       sync.Mutex
	users    map[string]*modelUser // by key
	tokens   map[string]*modelUser
	failures map[string]*modelFailures // by key, and by key and address

	met *atomic.Int64 // how often its flaw came into play
}

type modelUser struct {
	Username, Nickname, key string
	hash                    [32]byte // no salt, no cost: it lives for one scenario
	roles                   []string
}

// modelFailures is what is known of failed guesses.
type modelFailures struct {
	count        int
	opened, last time.Time
}

func newModel(flaw string) http.Handler { return newObserved(flaw, new(atomic.Int64)) }

// newObserved is newModel for somebody who wants to know when the flaw comes into
// play.
func newObserved(flaw string, met *atomic.Int64) http.Handler {
	m := &model{
		met: met, flaw: flaw, users: map[string]*modelUser{}, tokens: map[string]*modelUser{}, failures: map[string]*modelFailures{},
	}
	m.users["root"] = &modelUser{
		Username: "root", Nickname: "nick", key: "root", hash: m.hash("root-password"), roles: []string{RoleAdmin, RoleUser},
	}
	mux := http.NewServeMux()
	for pattern, handler := range map[string]func(*http.Request) (int, any, error){
		"POST /signup": m.signUp, "POST /login": m.logIn, "GET /me": m.me,
		"PUT /me/password": m.changePassword, "DELETE /me": m.deleteMe,
		"PATCH /admin/users/{username}/roles": m.setRoles,
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

// has reports whether the model has the flaw.
func (m *model) has(flaw string) bool {
	if m.flaw == flaw {
		m.met.Add(1)
	}
	return m.flaw == flaw
}

// modelRequest is the body: strings by their member's name, and the roles.
type modelRequest struct {
	text  map[string]string
	roles []string
}

// readModelRequest reads a body that must have these members and no others.
// What it could read it returns with the error too.
func readModelRequest(r *http.Request, names ...string) (modelRequest, error) {
	in := modelRequest{text: map[string]string{}}
	members, err := modelMembers(r)
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

// modelMembers is the object of the body. It finds a name that comes twice by
// writing the object again: what comes out is then shorter than what came in.
func modelMembers(r *http.Request) (members map[string]json.RawMessage, err error) {
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

func (m *model) hash(password string) [32]byte {
	password = norm.NFC.String(password)
	if len(password) > 72 && m.has("cuts-the-password-at-72-bytes") {
		password = password[:72]
	}
	if m.has("trims-the-password") {
		password = strings.TrimSpace(password)
	}
	return sha256.Sum256([]byte(password))
}

// names returns a username as it is shown and its key, which is none if nobody
// can have the name.
func (m *model) names(username string) (shown, key string) {
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
	if m.has("takes-case-for-another-person") {
		key = shown
	}
	return shown, key
}

// view is the answer about a user.
func (m *model) view(u *modelUser) map[string]any {
	roles := []map[string]string{}
	for _, role := range u.roles {
		roles = append(roles, map[string]string{"role": role})
	}
	out := map[string]any{"username": u.Username, "nickname": u.Nickname, "roles": roles}
	if m.has("shows-the-hash") {
		out["passwordHash"] = u.hash
	}
	return out
}
