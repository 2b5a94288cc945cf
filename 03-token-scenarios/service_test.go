package tokens

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) { exercise.Main(m) }

// standInJWT is the JWT interface on golang-jwt, as small as it gets; the string
// is the key. The server plugs in chapter 02, which is stricter.
type standInJWT string

type standInClaims struct {
	jwt.RegisteredClaims
	SessionID string `json:"sid"`
}

func (j standInJWT) Sign(c Claims) (string, error) {
	return jwt.NewWithClaims(jwt.SigningMethodHS256, standInClaims{jwt.RegisteredClaims{
		Subject: c.Subject, ID: c.TokenID,
		IssuedAt: jwt.NewNumericDate(c.IssuedAt), ExpiresAt: jwt.NewNumericDate(c.ExpiresAt),
	}, c.SessionID}).SignedString([]byte(j))
}

func (j standInJWT) Verify(token string) (Claims, error) {
	return j.parse(token, jwt.WithExpirationRequired())
}

func (j standInJWT) VerifyIgnoringExpiry(token string) (Claims, error) {
	return j.parse(token, jwt.WithoutClaimsValidation())
}

func (j standInJWT) parse(token string, options ...jwt.ParserOption) (Claims, error) {
	var c standInClaims
	options = append(options, jwt.WithValidMethods([]string{"HS256"}))
	_, err := jwt.ParseWithClaims(token, &c, func(*jwt.Token) (any, error) { return []byte(j), nil }, options...)
	if errors.Is(err, jwt.ErrTokenExpired) {
		return Claims{}, ErrExpired
	}
	if err != nil {
		return Claims{}, ErrInvalid
	}
	return Claims{c.Subject, c.SessionID, c.ID, c.IssuedAt.Time, c.ExpiresAt.Time}, nil
}

// standInMAC is the MAC interface with the current key first and then the
// previous ones, which only verify.
type standInMAC []string

func (m standInMAC) RefreshMAC(message []byte) []byte { return tag(m[0], message) }

func (m standInMAC) VerifyRefreshMAC(message, mac []byte) bool {
	for _, key := range m {
		if hmac.Equal(mac, tag(key, message)) {
			return true
		}
	}
	return false
}

func tag(key string, message []byte) []byte {
	h := hmac.New(sha256.New, []byte(key))
	h.Write(message)
	return h.Sum(nil)
}

// The keys of the tests, one per purpose.
const (
	accessKey  = "the key of access tokens, 32 bytes"
	refreshKey = "the key of refresh tokens, 32 byte"
)

// people are the users that a MemoryStore asks for.
type people struct {
	mu   sync.Mutex
	byID map[string]User
}

// newPeople returns two users whose ids are their names in lower case.
func newPeople() *people {
	return &people{byID: map[string]User{
		"jinho": {ID: "jinho", Username: "JIN HO", Nickname: "Mentos", Roles: []string{"USER"}},
		"minsu": {ID: "minsu", Username: "MIN SU", Nickname: "Polo", Roles: []string{"USER"}},
	}}
}

func (p *people) find(_ context.Context, id string) (User, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	user, ok := p.byID[id]
	if !ok {
		return User{}, ErrNoUser
	}
	return user, nil
}

// change edits one user.
func (p *people) change(id string, edit func(*User)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	user := p.byID[id]
	edit(&user)
	p.byID[id] = user
}

// remove deletes one user.
func (p *people) remove(id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	maps.DeleteFunc(p.byID, func(k string, _ User) bool { return k == id })
}

// fixture is the whole chapter over memory, with handles to what a test turns.
type fixture struct {
	*Sessions
	people *people
	store  *flakyStore
	http   *Handlers
	log    *auditLog
}

func newFixture() *fixture {
	p, log := newPeople(), &auditLog{}
	store := &flakyStore{Store: NewMemoryStore(p.find)}
	sessions := NewSessions(store, standInJWT(accessKey), standInMAC{refreshKey})
	return &fixture{sessions, p, store, NewHandlers(Config{
		Sessions: sessions,
		Cookie:   NewCookie(true),
		Caller:   callerFrom,
		Address:  func(*http.Request) string { return "192.0.2.1" },
		Client:   func(r *http.Request) Client { return Client{r.UserAgent(), "192.0.2.0/24"} },
		Audit:    log.add,
	}), log}
}

// open logs a user in and returns the pair.
func (f *fixture) open(t *testing.T, userID string) Pair {
	t.Helper()
	pair, err := f.Open(t.Context(), userID, 0, Client{})
	require.NoError(t, err, "the log-in that the test starts from")
	exercise.Secret(pair.AccessToken, pair.RefreshToken)
	return pair
}

// refresh exchanges a pair's refresh token, which must work.
func (f *fixture) refresh(t *testing.T, p Pair) Pair {
	t.Helper()
	next, err := f.Refresh(t.Context(), p.RefreshToken)
	require.NoError(t, err, "the refresh that the test needs")
	exercise.Secret(next.AccessToken, next.RefreshToken)
	return next
}

// errDown is what a store says that can't answer.
var errDown = errors.New("connection refused")

// flakyStore is a store that can be made to fail, one method at a time. Like a
// database, it reads and ends no session for a client that has hung up.
type flakyStore struct {
	Store
	down string // name of the method that can't answer, or "all", or "Revoke " and the one id that it can't end
	// beforeRotate is what another request does at the last moment before
	// the next Rotate, however much the caller has read until then.
	beforeRotate func()
	// hangUp is what the client does while the store works, or nil.
	hangUp context.CancelFunc
}

// hangUpAtTheStore returns the context of a request whose client hangs up as
// soon as the store is asked.
func (f *fixture) hangUpAtTheStore(t *testing.T) (ctx context.Context) {
	ctx, f.store.hangUp = context.WithCancel(t.Context())
	t.Cleanup(f.store.hangUp)
	return ctx
}

// works lets the client hang up, if it wants to, and says whether the store
// has heard of it.
func (f *flakyStore) works(ctx context.Context) error {
	if f.hangUp == nil {
		return nil
	}
	f.hangUp()
	return ctx.Err()
}

func (f *flakyStore) fails(method string) bool { return f.down == method || f.down == "all" }

func (f *flakyStore) Open(ctx context.Context, id, userID string, version int64, from Client, l Limits) (
	Session, []string, error,
) {
	if f.fails("Open") {
		return Session{}, nil, errDown
	}
	return f.Store.Open(ctx, id, userID, version, from, l)
}

func (f *flakyStore) Load(ctx context.Context, id string) (Snapshot, error) {
	if f.fails("Load") {
		return Snapshot{}, errDown
	}
	_ = f.works(ctx)
	if err := ctx.Err(); err != nil {
		return Snapshot{}, err
	}
	return f.Store.Load(ctx, id)
}

func (f *flakyStore) Rotate(ctx context.Context, id string, generation int64, l Limits) (Snapshot, bool, error) {
	if first := f.beforeRotate; first != nil {
		f.beforeRotate = nil
		first()
	}
	if f.fails("Rotate") {
		return Snapshot{}, false, errDown
	}
	if err := f.works(ctx); err != nil {
		return Snapshot{}, false, err
	}
	return f.Store.Rotate(ctx, id, generation, l)
}

func (f *flakyStore) Revoke(ctx context.Context, id string) error {
	if f.fails("Revoke") || f.fails("Revoke "+id) {
		return errDown
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.Store.Revoke(ctx, id)
}

func (f *flakyStore) RevokeOwn(ctx context.Context, userID, id string) error {
	if f.fails("RevokeOwn") {
		return errDown
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.Store.RevokeOwn(ctx, userID, id)
}

func (f *flakyStore) RevokeAll(ctx context.Context, userID, except string) error {
	if f.fails("RevokeAll") {
		return errDown
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return f.Store.RevokeAll(ctx, userID, except)
}

func (f *flakyStore) List(ctx context.Context, userID string) ([]Listed, error) {
	if f.fails("List") {
		return nil, errDown
	}
	return f.Store.List(ctx, userID)
}

// callerKey is where the stand-in of the bearer check keeps the caller.
type callerKey struct{}

func callerFrom(ctx context.Context) (Snapshot, bool) {
	caller, ok := ctx.Value(callerKey{}).(Snapshot)
	return caller, ok
}

// serve answers one request with a handler, as the server's adapter would.
func serve(h func(http.ResponseWriter, *http.Request) error, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	if err := h(w, r); err != nil {
		problem.Write(w, err)
	}
	return w
}

// code is the code of a handler's or a service's error, empty for none.
func code(err error) problem.Code {
	if err == nil {
		return ""
	}
	return problem.From(err).Code
}

// requireCode wants an error with the code, or none. INTERNAL is the code of an
// error that no helper has turned into an answer, and it says so.
func requireCode(t *testing.T, want problem.Code, err error, why string) {
	t.Helper()
	if code(err) == problem.Internal {
		why = fmt.Sprintf("%s; INTERNAL is an error that was given no code, see refusal.go", why)
	}
	require.Equal(t, want, code(err), why)
}

// service drives this package over HTTP as the scenarios want it. Each method
// says which exercises it runs through, since a scenario may call any.
type service struct {
	*fixture
	t *testing.T
}

func newService(t *testing.T) service { return service{newFixture(), t} }

func (s service) logIn(user string) answer {
	exercise.Needs(s.t, "3.1")
	return s.do(func(w http.ResponseWriter, r *http.Request) error {
		token, err := s.http.OpenSession(w, r, idOf(user), 0)
		if errors.Is(err, ErrUserChanged) { // as chapter 04 has it
			return problem.Wrap(problem.InvalidCredentials, err)
		}
		if err != nil {
			return err
		}
		return writeJSON(w, map[string]string{"token": token})
	}, "", "")
}

func (s service) refresh(cookie string) answer {
	exercise.Needs(s.t, "3.1", "3.3", "3.7", "3.8")
	return s.do(s.http.Refresh, cookie, "")
}

func (s service) me(bearer string) answer {
	exercise.Needs(s.t, "3.3", "3.4")
	caller, err := s.Authenticate(s.t.Context(), bearer)
	return answer{code: code(err), user: caller.Username}
}

func (s service) logOut(cookie, bearer string) answer {
	exercise.Needs(s.t, "3.10")
	return s.do(s.http.LogOut, cookie, bearer)
}

func (s service) logOutAll(bearer string) answer {
	exercise.Needs(s.t, "3.3", "3.4")
	return s.do(func(w http.ResponseWriter, r *http.Request) error {
		caller, err := s.Authenticate(r.Context(), bearer)
		if err != nil {
			return err
		}
		return s.http.LogOutAll(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, caller)))
	}, "", bearer)
}

func (s service) disable(user string) {
	s.people.change(idOf(user), func(u *User) { u.Disabled = true })
}

// idOf is the id that newPeople gave to a name.
func idOf(user string) string { return strings.ReplaceAll(strings.ToLower(user), " ", "") }

// do sends one request and reads from the answer what a browser would.
func (s service) do(h func(http.ResponseWriter, *http.Request) error, cookie, bearer string) answer {
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodPost, "/", nil)
	if cookie != "" {
		r.AddCookie(&http.Cookie{Name: s.http.config.Cookie.name, Value: cookie})
	}
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	w := serve(h, r)
	var body struct {
		Token string
		Code  problem.Code
	}
	if w.Body.Len() > 0 {
		if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil {
			s.t.Errorf("the body %q is not JSON: %v", w.Body, err)
		}
	}
	a := answer{code: body.Code, access: body.Token}
	for _, c := range w.Result().Cookies() {
		a.refresh, a.cookie = c.Value, cookieSet
		if c.MaxAge < 0 {
			a.cookie = cookieCleared
		}
	}
	return a
}
