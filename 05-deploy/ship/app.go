package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"os"
	"os/user"
	"slices"
	"strings"

	deploy "example.com/authbook/05-deploy"
)

const usage = `ship puts the server on a machine and replaces it there without losing a request.

  ship [FLAGS] HOST                  build, upload, start, switch, check; go back if anything fails
  ship [FLAGS] HOST HOST ...         the same on several machines, one after the other, which share a PostgreSQL
  ship [FLAGS] rollback HOST [VERSION]  back to the release that served before, or to another one of status
  ship [FLAGS] config HOST           what is set, without secrets
  ship [FLAGS] set HOST NAME         set a variable of the server; asks for the value, or reads it from a pipe
  ship [FLAGS] set HOST NAME=VALUE   likewise, where the value is no secret
  ship [FLAGS] unset HOST NAME       back to the default
  ship [FLAGS] maintenance HOST on   answer 503 to everybody, until: maintenance HOST off
  ship [FLAGS] status HOST           what is installed, what serves, and how it does
  ship [FLAGS] metrics HOST          what the server tells Prometheus
  ship [FLAGS] history HOST          who has changed what on the machine, and when
  ship [FLAGS] logs HOST             the log, with what systemd says of the server; or, with --audit, the audit log
      [-f] [-n N]                    and all that comes from now on; at most N lines that are there
      [--since T] [--grep RE]        since 90m ago, or since "2026-11-29 03:00" (UTC); lines that match a pattern
  ship [FLAGS] admin HOST ...        manage users, as final admin does
  ship [FLAGS] backup HOST [FILE]    copy the SQLite database on the machine, and from there to FILE
  ship [FLAGS] restore HOST FILE     put the users of a copy back; everybody has to log in again
  ship [FLAGS] export HOST FILE      write all users to FILE, to move them to another database
  ship [FLAGS] import HOST FILE      add them to a database that has no users
  ship verify URL                    check the HTTP contract of any server

Flags come before the command. HOST is [USER@]NAME[:PORT] or a name of ~/.ssh/config. ship reaches it with the
program ssh. Without USER it is the one of ~/.ssh/config, and ec2-user where that names none.
restore takes a FILE of this computer, or of the machine: /var/lib/authbook/backups/….db

Flags:
`

// app is the command, with everything that it takes from outside.
type app struct {
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer // what a machine remarks
	ssh    string    // the program
	by     string    // who uses us, as the history of a machine names them
	lookup func(ctx context.Context, host string) ([]string, error)
	build  func(ctx context.Context, platform string) (artifacts, error)

	flags
}

// flags are the command line's.
type flags struct {
	key         string
	fingerprint string
	domain      string
	url         string
}

func newApp() *app {
	return &app{
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		ssh:    "ssh",
		by:     operator(),
		lookup: net.DefaultResolver.LookupHost,
		build:  build,
	}
}

// operator is who runs this, and on which computer.
func operator() string {
	name := "somebody"
	if who, err := user.Current(); err == nil {
		name = who.Username
	}
	host, _ := os.Hostname()
	return name + "@" + host
}

func (a *app) flagSet() *flag.FlagSet {
	set := flag.NewFlagSet("ship", flag.ContinueOnError)
	set.SetOutput(io.Discard)
	set.StringVar(&a.key, "key", "", "private key `FILE`; default: what ssh is configured to use")
	set.StringVar(&a.fingerprint, "fingerprint", "", "the `SHA256:...` fingerprint of a host that is not known yet")
	set.StringVar(&a.domain, "domain", "",
		"`NAME` that points to the host; turns HTTPS on, for this ship and all later ones")
	set.StringVar(&a.url, "url", "", "public `URL` of the server, where it is not http://HOST")
	return set
}

// run does what the arguments say.
func (a *app) run(ctx context.Context, args []string) error {
	set := a.flagSet()
	if err := set.Parse(args); errors.Is(err, flag.ErrHelp) || (err == nil && asksForHelp(set.Args())) {
		fmt.Fprint(a.stdout, usage)
		set.SetOutput(a.stdout)
		set.PrintDefaults()
		return nil
	} else if err != nil {
		return fmt.Errorf("%w; ship --help lists the flags", err)
	}
	if err := a.checkFlags(); err != nil {
		return err
	}
	return a.command(ctx, set.Arg(0), set.Args()[1:])
}

// command does what the arguments behind the flags say.
func (a *app) command(ctx context.Context, name string, rest []string) error {
	if len(rest) > 0 && strings.HasPrefix(rest[0], "-") {
		return fmt.Errorf("%s comes after %q; flags come before it: ship %s … %s", rest[0], name, rest[0], name)
	}
	if name == "verify" {
		return a.verify(ctx, rest)
	}
	if c, ok := commands()[name]; ok {
		return a.remote(ctx, name, c, rest)
	}
	if len(rest) > 0 && !a.isHost(ctx, name) {
		return fmt.Errorf("unknown command %q; ship --help lists what there is", name)
	}
	return a.ship(ctx, append([]string{name}, rest...))
}

// asksForHelp reports whether there is nothing to do, or a command is asked what
// it does.
func asksForHelp(args []string) bool {
	if len(args) == 0 || args[0] == "help" {
		return true
	}
	return len(args) > 1 && slices.Contains([]string{"--help", "-help", "-h"}, args[1])
}

func (a *app) checkFlags() error {
	if a.domain != "" && a.url != "" {
		return errors.New("-domain and -url exclude each other: with a domain the URL is https://DOMAIN")
	}
	if a.domain != "" {
		if err := deploy.CheckDomain(a.domain); err != nil {
			return fmt.Errorf("-domain: %w", err)
		}
	}
	if a.key != "" {
		if _, err := os.Stat(a.key); err != nil { // ssh would go on without it
			return fmt.Errorf("-key: %w", err)
		}
	}
	if a.url != "" {
		origin, err := deploy.CheckOrigin(a.url)
		if err != nil {
			return fmt.Errorf("-url: %w", err)
		}
		a.url = origin
	}
	return nil
}

// say prints a line of progress.
func (a *app) say(format string, args ...any) { fmt.Fprintf(a.stdout, format+"\n", args...) }

// verify checks a server that anybody runs.
func (a *app) verify(ctx context.Context, args []string) error {
	if len(args) != 1 {
		return errors.New("verify takes one URL: ship verify https://auth.example.com")
	}
	report := deploy.Verify(ctx, args[0])
	report.Print(a.stdout)
	if report.Err() != nil {
		return fmt.Errorf("%s does not keep the contract", strings.TrimSuffix(args[0], "/"))
	}
	a.say("%s keeps the contract; it runs %s", strings.TrimSuffix(args[0], "/"), commitOf(report.Version))
	return nil
}

// commitOf names what a server was built from.
func commitOf(v deploy.Version) string {
	if v.Revision == "unknown" || v.Revision == "" {
		return "a build that names no commit"
	}
	return v.Revision
}
