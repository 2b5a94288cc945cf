package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"time"

	deploy "example.com/authbook/05-deploy"
)

const usage = `final is a server for sign-up, log-in and tokens.

  final                         start the server
  final admin COMMAND [NAME]    manage users; final admin alone lists the commands
  final backup FILE             copy the SQLite database; the server may be running
  final --help                  this text

The server reads these environment variables:
`

// run is the whole program, with everything that it takes from outside as an
// argument. It returns when the command is done or, for the server, when ctx
// has ended and the last request is answered.
func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		return serve(ctx, getenv, stdout, stderr)
	}
	switch args[0] {
	case "admin":
		return admin(ctx, args[1:], getenv, stdout)
	case "backup":
		return backup(ctx, args[1:], getenv, stdout)
	case "--help", "-help", "-h", "help":
		fmt.Fprint(stdout, usage)
		printVariables(stdout)
		return nil
	default:
		return fmt.Errorf("unknown command %q; final --help lists what there is", args[0])
	}
}

// serve starts the server and keeps it running until ctx ends.
func serve(ctx context.Context, getenv func(string) string, stdout, stderr io.Writer) error {
	if err := checkFinished(); err != nil {
		return err
	}
	c, err := readConfig(getenv)
	if err != nil {
		return err
	}
	db, err := openDatabase(ctx, c.databaseURL)
	if err != nil {
		return err
	}
	defer db.Close()
	if c.secret == nil {
		if c.secret, err = keptSecret(filepath.Dir(db.Path())); err != nil {
			return err
		}
	}
	listener, inherited, err := openListener(c, getenv)
	if err != nil {
		return err
	}
	defer listener.Close()
	if inherited {
		c.addr = "the listener of the service manager"
	}
	if c.publicURL == "" {
		c.publicURL = localURL(listener.Addr())
	}

	log := newLogger(c, stderr)
	app, err := newApp(c, db, log)
	if err != nil {
		return err
	}
	background, cancel := context.WithCancel(ctx)
	defer cancel()
	go app.clean(background)

	announce(stdout, c)
	if err := deploy.Notify(getenv, deploy.Ready); err != nil {
		return err
	}
	context.AfterFunc(ctx, func() {
		log.Info("stopping: answering what is in progress; interrupt again to stop at once")
		_ = deploy.Notify(getenv, deploy.Stopping) // the manager knows already: it sent the signal
	})
	return deploy.Serve(ctx, deploy.NewServer(app.handler(), log), listener, app.health, deploy.Drain{
		Idle: 3 * time.Second,
		Busy: 30 * time.Second,
	})
}

func newLogger(c config, w io.Writer) *slog.Logger {
	if c.jsonLog {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}

// localURL is how this machine reaches the listener.
func localURL(addr net.Addr) string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || tcp.IP.IsUnspecified() || tcp.IP.IsLoopback() {
		_, port, _ := net.SplitHostPort(addr.String())
		return strings.TrimSuffix("http://localhost:"+port, ":80")
	}
	return "http://" + addr.String()
}

// announce says where the server is and, a line each, what it chose by itself.
func announce(w io.Writer, c config) {
	fmt.Fprintf(w, "authbook is ready: %s\n", c.publicURL)
	if c.swagger {
		fmt.Fprintf(w, "Swagger UI:        %s/swagger/\n", c.publicURL)
	}
	for _, v := range variables {
		if slices.Contains(c.unset, v.name) && v.standard != "none" {
			fmt.Fprintf(w, "  %s is not set, using %s\n", v.name, c.chosen(v))
		}
	}
	if !c.secure() && !strings.HasPrefix(c.publicURL, "http://localhost") {
		fmt.Fprintf(w, "WARNING: %s is plain HTTP: passwords and tokens can be read on the way, and the refresh cookie is not Secure\n", c.publicURL)
	}
}

// chosen says what holds for a variable that is not set.
func (c *config) chosen(v variable) string {
	switch v.name {
	case "ADDR":
		return c.addr
	case "AUTH_SECRET":
		return "the secret kept in " + filepath.Join(filepath.Dir(c.databaseURL), "secret")
	case "PUBLIC_URL":
		return c.publicURL + ", so the refresh cookie is not Secure"
	}
	return v.standard
}
