package serve

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"time"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
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
	if err := c.KeepSecret(db.Path()); err != nil {
		return err
	}
	if err := c.ChooseCertDir(db.Path()); err != nil {
		return err
	}
	listeners, err := openListeners(&c, getenv)
	if err != nil {
		return err
	}
	defer listeners.close()
	log := config.NewLogger(c, stderr)
	if db.Unverified() {
		log.Warn("who answers as PostgreSQL is not checked: add sslmode=verify-full to DATABASE_URL, and sslrootcert=FILE for an authority of your own")
	}
	app, err := web.New(c, db, log)
	if err != nil {
		return err
	}
	background, cancel := context.WithCancel(ctx)
	defer cancel()
	go clean(background, db, log)
	go ServeAdmin(background, app, listeners.admin)

	config.Announce(stdout, c)
	go debug.FreeOSMemory() // the start needed more than what comes now
	if err := tellManager(ctx, getenv, log); err != nil {
		return err
	}
	return serveAll(ctx, app.Health, doors(app, listeners)...)
}

// door is a server and where its requests come in.
type door struct {
	server   *http.Server
	listener net.Listener
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
