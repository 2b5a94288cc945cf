package main

import (
	"log/slog"
	"net/http"
	"time"

	middleware "example.com/authbook/01-middleware"
	jwtbasics "example.com/authbook/02-jwt-basics"
	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/store"
)

// app is the server without its listener: the parts of the chapters, plugged
// together.
type app struct {
	config   config
	log      *slog.Logger
	db       *store.Store
	health   *deploy.Health
	crowd    *deploy.Crowd
	metrics  *metrics
	address  func(*http.Request) string
	sessions *tokens.Sessions
	tokens   *tokens.Handlers
	accounts *accounts.Service
}

// hashQueue is how many requests may wait for a turn to hash, for each worker.
// The last one waits that many times one hash, some one second.
const hashQueue = 32

// newApp plugs the chapters together. It opens and starts nothing.
func newApp(c config, db *store.Store, log *slog.Logger) (*app, error) {
	jwt, ring, err := newJWT(c, db.Now)
	if err != nil {
		return nil, err
	}
	a := &app{
		config:   c,
		log:      log,
		db:       db,
		health:   deploy.NewHealth(db.Ping),
		metrics:  newMetrics(),
		crowd:    deploy.NewCrowd(connectionsPerWorker * hashWorkers()),
		address:  middleware.ClientAddress(c.trustedProxies),
		sessions: tokens.NewSessions(db, jwt, ring),
	}
	pool := accounts.NewPool(hashWorkers(), hashQueue*hashWorkers())
	a.metrics.watch(pool, a.crowd, db.CountLive)
	a.tokens = tokens.NewHandlers(a.sessions, tokens.NewCookie(c.secure()), identity)
	a.accounts = accounts.New(accounts.Config{
		Users:    db,
		Failures: db,
		Hasher:   &collecting{Hasher: c.hasher, pool: pool, every: hashWorkers()},
		Pool:     pool,
		Sessions: opener{a.tokens},
		Address:  a.address,
		Caller:   caller,
		Common:   c.blocklist.has,
		Audit:    a.audit,
	})
	return a, nil
}

// newJWT returns what signs and verifies tokens with the configured secrets. The
// clock is the one that dates them.
func newJWT(c config, now func() time.Time) (jwt, *jwtbasics.KeyRing, error) {
	ring, err := jwtbasics.NewKeyRing(c.secret, c.previousSecret)
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
