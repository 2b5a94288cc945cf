package accounts

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/require"
)

// testCost is the least that argon2 takes: a test may hash hundreds of times.
func testCost() Argon2id { return Argon2id{MemoryKiB: 64, Passes: 1, Threads: 1} }

// testWorkers is how many hashes the tests' pool runs at once.
const testWorkers = 2

// sample is the course's own example.
const (
	samplePassword = "12341234"
	sampleSignUp   = `{"username":"JIN HO","password":"12341234","nickname":"Mentos"}`
	sampleLogIn    = `{"username":"JIN HO","password":"12341234"}`
	sampleUser     = `{"username":"JIN HO","nickname":"Mentos","roles":[{"role":"USER"}]}`
)

// server is the service with everything around it in memory.
type server struct {
	store    *MemoryStore
	down     *downStore
	sessions *fakeSessions
	hasher   *countingHasher
	service  *Service
	routes   http.Handler
	log      *eventLog
}

func newServer() *server {
	exercise.Secret(samplePassword)
	s := &server{
		sessions: &fakeSessions{open: map[string]fakeSession{}},
		hasher:   &countingHasher{Argon2id: testCost()},
		log:      &eventLog{},
	}
	s.store = NewMemoryStore(s.sessions.end)
	s.down = &downStore{MemoryStore: s.store, err: errDown}
	s.sessions.users = s.store
	s.service = New(Config{
		Users:    s.down,
		Failures: s.down,
		Hasher:   s.hasher,
		Pool:     NewPool(testWorkers, 100),
		Sessions: s.sessions,
		Address:  func(r *http.Request) string { return r.RemoteAddr },
		Caller:   callerFrom,
		Audit:    s.log.add,

		AccountID: accountID,
	})
	mux := http.NewServeMux()
	for pattern, handler := range map[string]func(http.ResponseWriter, *http.Request) error{
		"POST /signup":                        s.service.SignUp,
		"POST /login":                         s.service.LogIn,
		"GET /me":                             s.service.Me,
		"PUT /me/password":                    s.service.ChangePassword,
		"DELETE /me":                          s.service.DeleteMe,
		"PATCH /admin/users/{username}/roles": s.service.SetRoles,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			if err := calm(handler)(w, r); err != nil {
				s.log.cause(err)
				problem.Write(w, err)
			}
		})
	}
	s.routes = s.sessions.check(mux)
	return s
}

// accountID hides an account from who only reads.
func accountID(account string) string { return hex.EncodeToString([]byte(account)) }

// calm turns a panic of a handler into an error, as a server does: it must not
// end the other tests.
func calm(h func(http.ResponseWriter, *http.Request) error) func(http.ResponseWriter, *http.Request) error {
	return func(w http.ResponseWriter, r *http.Request) (err error) {
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("panic: %v", v)
			}
		}()
		return h(w, r)
	}
}

// add puts a user into the store, past the handlers.
func (s *server) add(username, password string, roles ...string) User {
	display, key, err := NormalizeUsername(username)
	if err != nil {
		panic(err)
	}
	u := User{ID: rand.Text(), Username: display, UsernameKey: key, Nickname: "nick",
		PasswordHash: s.hasher.Argon2id.Hash(password), Roles: roles}
	if err := s.store.Create(context.Background(), u); err != nil {
		panic(err)
	}
	return u
}

// answer is what a client sees.
type answer struct {
	status int
	code   problem.Code // of a problem
	fields []problem.Field
	body   string
	header http.Header
}

// request is what a client sends.
type request struct {
	do     string // method and path
	body   string
	token  string
	cookie string // of a session, as fakeSessions has them
	device string // as fakeDevices have them
	from   string // the address; empty is one of its own
}

func (s *server) do(r request) answer { return send(s.routes, r) }

// send gives the request to the handler.
func send(h http.Handler, r request) answer {
	method, path, _ := strings.Cut(r.do, " ")
	req := httptest.NewRequest(method, path, strings.NewReader(r.body))
	if r.body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
	}
	if r.cookie != "" {
		req.AddCookie(&http.Cookie{Name: "session", Value: r.cookie})
	}
	if r.device != "" {
		req.AddCookie(&http.Cookie{Name: "device", Value: r.device})
	}
	if r.from != "" {
		req.RemoteAddr = r.from
	}
	rec := httptest.NewRecorder()
	h.ServeHTTP(rec, req)
	a := answer{status: rec.Code, body: rec.Body.String(), header: rec.Header()}
	var p struct {
		Code   problem.Code
		Errors []problem.Field
	}
	if rec.Header().Get("Content-Type") == problem.ContentType && json.Unmarshal(rec.Body.Bytes(), &p) == nil {
		a.code, a.fields = p.Code, p.Errors
	}
	return a
}

// fieldCodes is "field CODE" for each wrong field of the answer.
func (a answer) fieldCodes() []string {
	var all []string
	for _, f := range a.fields {
		all = append(all, f.Field+" "+f.Code)
	}
	return all
}

// token returns the token of a log-in's answer, empty if there is none.
func (a answer) token() string {
	var in struct{ Token string }
	_ = json.Unmarshal([]byte(a.body), &in)
	return in.Token
}

// logIn opens a session past the handlers.
func (s *server) logIn(t *testing.T, u User) string {
	t.Helper()
	token, err := s.sessions.OpenSession(httptest.NewRecorder(), nil, u.ID, u.PasswordVersion)
	require.NoError(t, err)
	return token
}

// fakeSessions takes the place of chapter 03: a token is a session's ID.
type fakeSessions struct {
	users Store

	mu   sync.Mutex
	open map[string]fakeSession
	err  error // what its methods return, if not nil
}

type fakeSession struct {
	userID  string
	renewed bool
}

func (f *fakeSessions) OpenSession(
	_ http.ResponseWriter, _ *http.Request, userID string, version int64,
) (string, error) {
	u, err := f.users.ByID(context.Background(), userID)
	if err != nil || u.PasswordVersion != version {
		return "", ErrUserChanged
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.err != nil {
		return "", f.err
	}
	token := rand.Text()
	f.open[token] = fakeSession{userID: userID}
	return token, nil
}

// Renewable takes the session of the cookie named session.
func (f *fakeSessions) Renewable(r *http.Request, sessionID string) bool {
	cookie, err := r.Cookie("session")
	return err == nil && cookie.Value == sessionID
}

func (f *fakeSessions) SetRenewed(w http.ResponseWriter, _ *http.Request, sessionID string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.open[sessionID].renewed {
		return errors.New("the store has renewed nothing")
	}
	http.SetCookie(w, &http.Cookie{Name: "session", Value: "renewed"})
	return f.err
}

func (f *fakeSessions) end(userID string, kept Kept) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for token, session := range f.open {
		if session.userID == userID && token != kept.SessionID {
			delete(f.open, token)
		}
	}
	if kept.Renew {
		f.open[kept.SessionID] = fakeSession{userID: userID, renewed: true}
	}
}

type callerKey struct{}

func callerFrom(ctx context.Context) (Caller, bool) {
	c, ok := ctx.Value(callerKey{}).(Caller)
	return c, ok
}

// check takes the place of the bearer check of chapter 01.
func (f *fakeSessions) check(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		f.mu.Lock()
		session, ok := f.open[token]
		f.mu.Unlock()
		if token != "" && !ok {
			problem.Write(w, problem.New(problem.InvalidToken, ""))
			return
		}
		if u, err := f.users.ByID(r.Context(), session.userID); ok && err == nil {
			c := Caller{ID: u.ID, Username: u.Username, Nickname: u.Nickname, Roles: u.Roles, SessionID: token}
			r = r.WithContext(context.WithValue(r.Context(), callerKey{}, c))
		}
		next.ServeHTTP(w, r)
	})
}

// countingHasher counts the work.
type countingHasher struct {
	Argon2id
	takes            time.Duration // of the fake clock, for each hash
	meanwhile        func() error  // what happens while one is verified; nil: nothing
	hashed, verified atomic.Int64
}

func (c *countingHasher) Hash(password string) string {
	c.hashed.Add(1)
	time.Sleep(c.takes)
	return c.Argon2id.Hash(password)
}

func (c *countingHasher) Verify(hash, password string) (bool, error) {
	c.verified.Add(1)
	time.Sleep(c.takes)
	if c.meanwhile != nil {
		if err := c.meanwhile(); err != nil {
			return false, err
		}
	}
	return c.Argon2id.Verify(hash, password)
}

// eventLog keeps what the audit hook was told.
type eventLog struct {
	mu     sync.Mutex
	events []string // names
	text   string   // everything, for what must not be in it
	causes []string // what the handlers returned
}

func (l *eventLog) add(_ context.Context, event string, attrs ...slog.Attr) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.events = append(l.events, event)
	l.text += fmt.Sprintln(event, attrs)
}

func (l *eventLog) cause(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.causes = append(l.causes, err.Error())
}
