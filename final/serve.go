package main

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
)

// serve starts the server that the environment describes and keeps it running
// until ctx ends.
func serve(ctx context.Context, getenv func(string) string, stdout, stderr io.Writer) error {
	if err := checkFinished(); err != nil {
		return err
	}
	c, err := readConfig(getenv)
	if err != nil {
		return err
	}
	return serveConfig(ctx, c, getenv, stdout, stderr)
}

func serveConfig(ctx context.Context, c config, getenv func(string) string, stdout, stderr io.Writer) error {
	db, err := openDatabase(ctx, c.databaseURL)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := c.keepSecret(db.Path()); err != nil {
		return err
	}
	if err := c.chooseCertDir(db.Path()); err != nil {
		return err
	}
	listeners, err := openListeners(&c, getenv)
	if err != nil {
		return err
	}
	defer listeners.close()
	log := newLogger(c, stderr)
	if db.Unverified() {
		log.Warn("who answers as PostgreSQL is not checked: add sslmode=verify-full to DATABASE_URL, and sslrootcert=FILE for an authority of your own")
	}
	app, err := newApp(c, db, log)
	if err != nil {
		return err
	}
	background, cancel := context.WithCancel(ctx)
	defer cancel()
	go clean(background, db, log)
	go app.serveAdmin(background, listeners.admin)

	announce(stdout, c)
	go debug.FreeOSMemory() // the start needed more than what comes now
	if err := tellManager(ctx, getenv, log); err != nil {
		return err
	}
	return serveAll(ctx, app.health, app.doors(listeners)...)
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

func newLogger(c config, w io.Writer) *slog.Logger {
	if c.jsonLog {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}
