package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"

	middleware "example.com/authbook/01-middleware"
	jwtbasics "example.com/authbook/02-jwt-basics"
	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/internal/attack"
	"example.com/authbook/internal/problem"
)

// parts are the chapters' parts, plugged together on stores in memory.
type parts struct {
	world    attack.World
	log      *slog.Logger
	key      jwtbasics.Key
	ring     *jwtbasics.KeyRing
	jwt      jwt
	store    *tokens.MemoryStore
	users    *accounts.MemoryStore
	hasher   accounts.Argon2id
	sessions *tokens.Sessions
	victim   *browser
}

func newParts(w attack.World) (p *parts, err error) {
	p = &parts{world: w, log: slog.New(slog.DiscardHandler), hasher: accounts.ProductionCost()}
	if p.key, err = newKey(w); err != nil {
		return nil, err
	}
	if p.ring, err = jwtbasics.NewKeyRing(w.Secret, nil); err != nil {
		return nil, err
	}
	if p.jwt, err = newJWT(w, p.key); err != nil {
		return nil, err
	}
	p.store = tokens.NewMemoryStore(p.user)
	p.users = accounts.NewMemoryStore(func(userID string, kept accounts.Kept) {
		_ = p.store.RevokeAll(context.Background(), userID, kept.SessionID)
	})
	p.sessions = tokens.NewSessions(p.store, p.jwt, p.ring)
	return p, p.populate(context.Background())
}

// user plugs chapter 04 into chapter 03.
func (p *parts) user(ctx context.Context, id string) (tokens.User, error) {
	u, err := p.users.ByID(ctx, id)
	if err != nil {
		return tokens.User{}, tokens.ErrNoUser
	}
	return tokens.User{ID: u.ID, Username: u.Username, Nickname: u.Nickname, Roles: u.Roles, Disabled: u.Disabled,
		PasswordVersion: u.PasswordVersion}, nil
}

// newHandler is the server's surface: that of the final server, as far as an
// attack needs it, and what the attacker knows.
func newHandler(w attack.World, tell func(attack.Event)) (http.Handler, error) {
	p, err := newParts(w)
	if err != nil {
		return nil, err
	}
	address := middleware.ClientAddress(nil)
	sessions := tokens.NewHandlers(tokens.Config{Sessions: p.sessions, Cookie: tokens.NewCookie(false),
		Caller: snapshot, Address: address, Client: func(*http.Request) tokens.Client { return tokens.Client{} },
		Audit: noAudit})
	users := accounts.New(accounts.Config{Users: p.users, Failures: p.users, Hasher: p.hasher,
		Pool: accounts.NewPool(2, 64), Sessions: opener{sessions}, Address: address, Caller: caller,
		Audit: noAudit, AccountID: func(string) string { return "" }})
	bearer := middleware.Authenticate(p.log, authenticator{p.sessions})
	answer := middleware.Errors(p.log)
	mux := http.NewServeMux()
	mux.Handle("POST /signup", answer(users.SignUp))
	mux.Handle("POST /login", answer(users.LogIn))
	mux.Handle("POST /refresh", p.victim.busy(answer(sessions.Refresh)))
	mux.Handle("POST /logout", answer(sessions.LogOut))
	mux.Handle("GET /me", bearer(answer(users.Me)))
	mux.Handle("GET /admin/flag", bearer(middleware.RequireRole(accounts.RoleAdmin)(http.HandlerFunc(p.flag))))
	mux.Handle("GET "+knownPath+"{name}", answer(p.known))
	mux.Handle("/", answer(func(http.ResponseWriter, *http.Request) error { return problem.New(problem.NotFound, "") }))
	chain := middleware.Chain(middleware.RequestID, middleware.Recover(p.log), onlyLoopback, middleware.BodyLimit(16<<10))
	return marked(w, chain(mux), tell), nil
}

// flag answers GET /admin/flag.
func (p *parts) flag(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]string{"flag": p.world.Flag})
}

func noAudit(context.Context, string, ...slog.Attr) {}

// authenticator plugs chapter 03 into chapter 01.
type authenticator struct{ sessions *tokens.Sessions }

// Authenticate implements [middleware.Authenticator].
func (a authenticator) Authenticate(ctx context.Context, token string) (middleware.Principal, error) {
	who, err := a.sessions.Authenticate(ctx, token)
	if err != nil {
		return nil, err
	}
	return who, nil
}

// snapshot plugs chapter 01 into chapter 03.
func snapshot(ctx context.Context) (tokens.Snapshot, bool) {
	principal, _ := middleware.PrincipalFrom(ctx)
	who, ok := principal.(tokens.Snapshot)
	return who, ok
}

// caller plugs chapters 01 and 03 into chapter 04.
func caller(ctx context.Context) (accounts.Caller, bool) {
	who, ok := snapshot(ctx)
	return accounts.Caller{ID: who.User.ID, Username: who.Username, Nickname: who.Nickname, Roles: who.Roles,
		SessionID: who.Session.ID}, ok
}

// opener plugs chapter 03 into chapter 04.
type opener struct{ *tokens.Handlers }
