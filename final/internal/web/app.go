package web

import (
	"log/slog"
	"net/http"

	middleware "example.com/authbook/01-middleware"
	jwtbasics "example.com/authbook/02-jwt-basics"
	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/lab"
	"example.com/authbook/final/internal/logs"
	"example.com/authbook/final/internal/places"
	"example.com/authbook/final/internal/plugs"
	"example.com/authbook/final/internal/store"
)

// App is the server without its listener: the parts of the chapters, plugged
// together.
type App struct {
	Health *deploy.Health
	Places *places.Places // for connections, that all listeners share

	config   config.Config
	site     Site
	log      *slog.Logger
	trail    *logs.Trail
	refusals *refusals
	metrics  *metrics
	address  func(*http.Request) string
	sessions *tokens.Sessions
	tokens   *tokens.Handlers
	accounts *accounts.Service
	dummies  *dummies
	lab      *lab.Lab // nil: off
}

// hashQueue is how many requests may wait for a turn to hash, for each worker.
// The last one waits that many times one hash, some one second.
const hashQueue = 32

// Site is what clients know a server by. Where the configuration leaves a part
// of it open, the start has chosen one.
type Site struct {
	Origin config.Origin // how clients reach the server
	Secret []byte        // signs every token
}

// New plugs the chapters together. It opens and starts nothing.
func New(c config.Config, site Site, db *store.DB, log *slog.Logger, trail *logs.Trail) (*App, error) {
	ring, err := jwtbasics.NewKeyRing(site.Secret, c.PreviousSecret)
	if err != nil {
		return nil, err
	}
	jwt, err := plugs.NewJWT(ring, db.Now)
	if err != nil {
		return nil, err
	}
	ids, err := logs.NewAccountIDs(site.Secret)
	if err != nil {
		return nil, err
	}
	devices, err := newDevices(site.Origin.Secure(), site.Secret, c.PreviousSecret)
	if err != nil {
		return nil, err
	}
	a := &App{
		config:   c,
		site:     site,
		log:      log,
		trail:    trail,
		refusals: newRefusals(),
		Health:   deploy.NewHealth(db.Ping),
		metrics:  newMetrics(),
		Places:   places.New(connectionsPerWorker*HashWorkers(), placeOf(c.TrustedProxies)),
		address:  middleware.ClientAddress(c.TrustedProxies),
		sessions: tokens.NewSessions(store.NewSessions(db), jwt, ring),
		dummies:  &dummies{Hasher: c.Hasher, users: store.NewUsers(db)},
	}
	pool := accounts.NewPool(HashWorkers(), hashQueue*HashWorkers())
	a.metrics.watch(pool, a.Places)
	a.metrics.watchDatabase(db)
	a.metrics.watchBackups(db, c.BackupEvery, c.BackupCommand != "")
	a.metrics.watchTrail(trail)
	a.tokens = a.newTokens()
	a.accounts = a.newAccounts(db, pool, ids, devices)
	return a, a.addLab(jwt)
}

func (a *App) newTokens() *tokens.Handlers {
	return tokens.NewHandlers(tokens.Config{
		Sessions: a.sessions,
		Cookie:   tokens.NewCookie(a.site.Origin.Secure()),
		Caller:   plugs.Snapshot,
		Address:  a.address,
		Client:   a.client,
		Audit:    a.audit,
	})
}

func (a *App) newAccounts(
	db *store.DB, pool *accounts.Pool, ids logs.AccountIDs, devices devices,
) *accounts.Service {
	return accounts.New(accounts.Config{
		Users:    store.NewUsers(db),
		Failures: store.NewFailures(db),
		Hasher:   a.dummies,
		Pool:     pool,
		Sessions: plugs.Opener{Handlers: a.tokens},
		Devices:  devices,
		Address:  a.address,
		Caller:   plugs.Caller,
		Sample:   accounts.SamplePassword,
		Common:   isCommon(a.config, a.site.Origin),
		Audit:    a.audit,

		AccountID: ids.Of,
	})
}

// Metrics answers GET /metrics, for the operator alone.
func (a *App) Metrics() http.Handler { return a.metrics.handler(a.config.AdminHosts) }

// WatchLog adds to the metrics how many lines the log left out.
func (a *App) WatchLog(leftOut func() int64) { a.metrics.watchLog(leftOut) }

// WatchCertificate adds to the metrics when the certificate ends, in Unix seconds.
func (a *App) WatchCertificate(expiry func() float64) { a.metrics.watchCertificate(expiry) }

// WatchAuditDir adds to the metrics how much room the audit log has.
func (a *App) WatchAuditDir(dir string) { a.metrics.watchFolder("audit", dir) }
