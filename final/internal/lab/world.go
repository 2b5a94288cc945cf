package lab

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strings"
	"sync"

	middleware "example.com/authbook/01-middleware"
	jwtbasics "example.com/authbook/02-jwt-basics"
	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/plugs"
)

// world is chapters 03 and 04 a second time: two servers on one store in memory, with
// a clock and with keys that are the lab's alone, and two clients.
type world struct {
	clock    clock
	sessions *tokens.MemoryStore
	users    *accounts.MemoryStore
	jwt      plugs.JWT
	servers  [2]http.Handler
	password string
	clients  map[string]*client

	mu     sync.Mutex
	events []event // of the step that runs

	history
}

// panicEvent is the name of an event that the code did not survive.
const panicEvent = "panic"

// event is a line that a log would keep.
type event struct {
	Name   string `json:"name"`
	Code   string `json:"code,omitempty"`
	Reason string `json:"reason,omitempty"`
}

const (
	owner = "owner"
	thief = "thief"
)

// newWorld returns a world in which the owner has signed up.
func newWorld(ctx context.Context) (*world, error) {
	ring, err := jwtbasics.NewKeyRing([]byte(rand.Text()+rand.Text()), nil)
	if err != nil {
		return nil, err
	}
	w := &world{password: rand.Text(), clients: map[string]*client{owner: {}, thief: {}}}
	w.letters, w.issued, w.lives = map[string]string{}, map[string]int{}, []*life{}
	if w.jwt, err = plugs.NewJWT(ring, w.clock.now); err != nil {
		return nil, err
	}
	w.sessions, w.users = plugs.NewMemory(w.clock.now)
	w.servers = [2]http.Handler{w.server(ring), w.server(ring)}
	w.signUp(ctx)
	return w, nil
}

// server returns one of the servers.
func (w *world) server(ring *jwtbasics.KeyRing) http.Handler {
	log := slog.New(ear{slog.DiscardHandler, w})
	sessions := tokens.NewSessions(w.sessions, w.jwt, ring)
	handlers := tokens.NewHandlers(tokens.Config{
		Sessions: sessions, Cookie: tokens.NewCookie(false), Caller: plugs.Snapshot, Address: loopback,
		Client: func(*http.Request) tokens.Client { return tokens.Client{} }, Audit: w.audit,
	})
	service := accounts.New(w.accounts(handlers))
	answer := middleware.Errors(log)
	bearer := middleware.Authenticate(log, check{sessions})
	mux := http.NewServeMux()
	mux.Handle("POST /signup", answer(service.SignUp))
	mux.Handle("POST /login", answer(service.LogIn))
	mux.Handle("POST /refresh", answer(handlers.Refresh))
	mux.Handle("POST /logout", answer(handlers.LogOut))
	mux.Handle("GET /me", bearer(answer(service.Me)))
	mux.Handle("PUT /me/password", bearer(answer(service.ChangePassword)))
	return mux
}

// accounts is chapter 04 with the cheapest hash there is: nothing here is worth more.
func (w *world) accounts(handlers *tokens.Handlers) accounts.Config {
	pool := accounts.NewPool(1, 1)
	pool.Now = w.clock.now
	return accounts.Config{
		Users: w.users, Failures: w.users, Pool: pool, Sessions: plugs.Opener{Handlers: handlers},
		Hasher:  accounts.Argon2id{MemoryKiB: 8, Passes: 1, Threads: 1},
		Address: loopback, Caller: plugs.Caller, Audit: w.audit, Now: w.clock.now,
		AccountID: func(string) string { return "" },
	}
}

// check plugs chapter 03 into chapter 01.
type check struct{ sessions *tokens.Sessions }

// Authenticate implements [middleware.Authenticator].
func (c check) Authenticate(ctx context.Context, token string) (middleware.Principal, error) {
	who, err := c.sessions.Authenticate(ctx, token)
	if err != nil {
		return nil, err
	}
	return who, nil
}

func loopback(*http.Request) string { return "127.0.0.1" }

// audit keeps what the log of a server would, without ids.
func (w *world) audit(_ context.Context, name string, attrs ...slog.Attr) {
	e := event{Name: name}
	for _, a := range attrs {
		switch a.Key {
		case "code":
			e.Code = a.Value.String()
		case "reason":
			e.Reason = a.Value.String()
		}
	}
	w.note(e)
}

// note keeps an event. Its reason may be of a learner's code, and quote a token.
func (w *world) note(e event) {
	for _, c := range w.clients {
		for _, secret := range []string{c.access, c.refresh, c.before, w.password} {
			if secret != "" {
				e.Reason = strings.ReplaceAll(e.Reason, secret, "…")
			}
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.events = append(w.events, e)
}

// ear takes what a server logs for events: why it failed.
type ear struct {
	slog.Handler
	world *world
}

// Enabled implements [slog.Handler].
func (ear) Enabled(context.Context, slog.Level) bool { return true }

// Handle implements [slog.Handler].
func (e ear) Handle(_ context.Context, record slog.Record) error {
	heard := event{Name: record.Message}
	record.Attrs(func(a slog.Attr) bool {
		if a.Key == "error" {
			heard.Reason = a.Value.String()
		}
		return true
	})
	e.world.note(heard)
	return nil
}

// heard returns the events since the last call.
func (w *world) heard() []event {
	w.mu.Lock()
	defer w.mu.Unlock()
	heard := w.events
	w.events = nil
	return heard
}

// signUp registers the owner. Where a learner's code refuses that, the first step says so.
func (w *world) signUp(ctx context.Context) {
	body := `{"username":"JIN HO","nickname":"Mentos","password":"` + w.password + `"}`
	got := w.send(ctx, request{method: http.MethodPost, path: "/signup", body: body})
	w.record("sign up", outcome{Who: owner, Request: "POST /signup", Status: got.status, Events: w.heard()})
}
