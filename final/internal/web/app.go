package web

import (
	"log/slog"
	"net/http"
	"time"

	middleware "example.com/authbook/01-middleware"
	jwtbasics "example.com/authbook/02-jwt-basics"
	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/store"
)

// App is the server without its listener: the parts of the chapters, plugged
// together.
type App struct {
	Config   config.Config
	Log      *slog.Logger
	DB       *store.Store
	Health   *deploy.Health
	Conns    *deploy.ConnLimit
	Metrics  *metrics
	address  func(*http.Request) string
	sessions *tokens.Sessions
	tokens   *tokens.Handlers
	accounts *accounts.Service
}

// hashQueue is how many requests may wait for a turn to hash, for each worker.
// The last one waits that many times one hash, some one second.
const hashQueue = 32

// New plugs the chapters together. It opens and starts nothing.
func New(c config.Config, db *store.Store, log *slog.Logger) (*App, error) {
	jwt, ring, err := newJWT(c, db.Now)
	if err != nil {
		return nil, err
	}
	a := &App{
		Config:   c,
		Log:      log,
		DB:       db,
		Health:   deploy.NewHealth(db.Ping),
		Metrics:  newMetrics(),
		Conns:    deploy.NewConnLimit(connectionsPerWorker * HashWorkers()),
		address:  middleware.ClientAddress(c.TrustedProxies),
		sessions: tokens.NewSessions(db, jwt, ring),
	}
	pool := accounts.NewPool(HashWorkers(), hashQueue*HashWorkers())
	a.Metrics.watch(pool, a.Conns, db.CountLive)
	a.tokens = tokens.NewHandlers(a.sessions, tokens.NewCookie(c.Secure()), identity)
	a.accounts = accounts.New(accounts.Config{
		Users:    db,
		Failures: db,
		Hasher:   &collecting{Hasher: c.Hasher, pool: pool, every: HashWorkers()},
		Pool:     pool,
		Sessions: opener{a.tokens},
		Address:  a.address,
		Caller:   caller,
		Common:   c.Blocklist.Has,
		Audit:    a.audit,
	})
	return a, nil
}

// newJWT returns what signs and verifies tokens with the configured secrets. The
// clock is the one that dates them.
func newJWT(c config.Config, now func() time.Time) (jwt, *jwtbasics.KeyRing, error) {
	ring, err := jwtbasics.NewKeyRing(c.Secret, c.PreviousSecret)
	if err != nil {
		return jwt{}, nil, err
	}
	verifier, err := jwtbasics.NewVerifier(ring, jwtbasics.Policy{
		Issuer: issuer, Audience: audience, TTL: tokens.AccessTTL, Now: now,
	})
	if err != nil {
		return jwt{}, nil, err
	}
	return jwt{jwtbasics.NewSigner(ring), verifier}, ring, nil
}
