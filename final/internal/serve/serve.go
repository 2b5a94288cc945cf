package serve

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"runtime/debug"
	"time"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/logs"
	"example.com/authbook/final/internal/store"
	"example.com/authbook/final/internal/web"
)

// Run starts the server that the environment describes and keeps it running
// until ctx ends.
func Run(ctx context.Context, getenv func(string) string, stdout, stderr io.Writer) error {
	if err := CheckFinished(); err != nil {
		return err
	}
	c, err := config.Read(getenv)
	if err != nil {
		return err
	}
	return RunConfig(ctx, c, getenv, stdout, stderr)
}

// RunConfig is Run with a configuration that is read already. It asks getenv for
// what a service manager hands over.
func RunConfig(ctx context.Context, c config.Config, getenv func(string) string, stdout, stderr io.Writer) error {
	db, err := config.OpenDatabase(ctx, c.DatabaseURL)
	if err != nil {
		return err
	}
	defer db.Close()
	lines := logs.NewLines(stderr, config.NewLogger(stderr, c.JSONLog))
	defer lines.Close()
	log := config.NewLogger(lines, c.JSONLog)
	s, by, err := open(c, db, getenv, log)
	if err != nil {
		return err
	}
	s.app.WatchLog(lines.LeftOut)
	defer s.close()
	background, cancel := context.WithCancel(ctx)
	defer cancel()
	go clean(background, db, s.app, log)
	go every(background, time.Minute, log, func(ctx context.Context) error { s.app.TellRefusals(ctx); return nil })
	go admin{c.AdminAddr, s.app.Metrics(), log}.serve(background, s.listeners.admin)

	announce(stdout, c, by)
	go debug.FreeOSMemory() // the start needed more than what comes now
	if err := tellManager(ctx, getenv, log); err != nil {
		return err
	}
	return serveAll(ctx, s.app.Health, s.doors(background)...)
}

// server is all that a start has made before the first request comes.
type server struct {
	config    config.Config
	certDir   string
	listeners listeners
	app       *web.App
	trail     *logs.Trail
	log       *slog.Logger
}

// close writes what the audit log still waits for.
func (s *server) close() {
	s.app.TellRefusals(context.Background())
	s.trail.Close()
	s.listeners.close()
}

// open makes a server on an open database, and says what it chose where the
// configuration leaves it open.
func open(c config.Config, db *store.DB, getenv func(string) string, log *slog.Logger) (*server, chosen, error) {
	secret, secretPath, err := c.KeepSecret(db.Path())
	if err != nil {
		return nil, chosen{}, err
	}
	certDir, err := c.MakeCertDir(db.Path())
	if err != nil {
		return nil, chosen{}, err
	}
	auditDir, err := c.MakeAuditDir(db.Path())
	if err != nil {
		return nil, chosen{}, err
	}
	l, err := openListeners(c, getenv)
	if err != nil {
		return nil, chosen{}, err
	}
	if db.Unverified() {
		log.Warn("who answers as PostgreSQL is not checked: " +
			"add sslmode=verify-full to DATABASE_URL, and sslrootcert=FILE for an authority of your own")
	}
	origin := l.origin(c)
	s := &server{c, certDir, l, nil, logs.NewTrail(logs.NewFolder(auditDir, c.AuditDays), log), log}
	s.app, err = web.New(c, web.Site{Origin: origin, Secret: secret}, db, log, s.trail)
	if err != nil {
		s.trail.Close()
		l.close()
		return nil, chosen{}, err
	}
	s.app.WatchAuditDir(auditDir)
	return s, chosen{origin, secretPath, certDir, auditDir, l.metricsURL(), l.inherited}, nil
}

// serveAll answers requests at every door until ctx ends, and then drains them
// all together. A door that breaks closes the others.
func serveAll(ctx context.Context, health *deploy.Health, doors ...door) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, len(doors))
	for _, d := range doors {
		go func() {
			defer cancel()
			ended <- deploy.Serve(ctx, d.server, d.listener, health, deploy.Drain{
				Idle: 3 * time.Second,
				Busy: 30 * time.Second,
			})
		}()
	}
	var err error
	for range doors {
		err = errors.Join(err, <-ended)
	}
	return err
}

// tellManager tells the service manager that the server is ready, and later
// that it stops.
func tellManager(ctx context.Context, getenv func(string) string, log *slog.Logger) error {
	if err := deploy.Notify(getenv, deploy.Ready); err != nil {
		return err
	}
	context.AfterFunc(ctx, func() {
		log.Info("stopping: answering what is in progress; interrupt again to stop at once")
		_ = deploy.Notify(getenv, deploy.Stopping) // the manager knows already: it sent the signal
	})
	return nil
}
