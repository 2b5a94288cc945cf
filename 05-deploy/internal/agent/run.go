package agent

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	deploy "example.com/authbook/05-deploy"
)

const (
	// ReadyPrefix starts the line that asks ship to check the public address,
	// which follows.
	ReadyPrefix = "@ready "
	// InMaintenance ends that line where the operator wants the server closed.
	InMaintenance = " in maintenance"
	// VerdictGood is ship's answer when every check passed.
	VerdictGood = "good"
)

// options are the flags of a command.
type options struct {
	root    string
	version string
	sum     string
	size    int64
	setting string // the variable that `set` is about
	settings
}

// machine is the one that we run on.
type machine struct {
	options
	layout  deploy.Layout
	soak    time.Duration
	wanted  files  // the settings that `set` and `unset` want; nil: they stay
	before  files  // the same ones as they were
	attempt string // the copy that was made for this change; "": none
	in      *bufio.Reader
	out     io.Writer
	remarks io.Writer // such as a warning; what ends a command is returned

	invocation string // what systemd calls the last start
}

// Run does one command:
//
//	deploy            the release comes from stdin; -version V -sha256 SUM -size N
//	                  [-domain D | -url U] -default-url U say which
//	rollback [V]      to the release that served before, or to V
//	set NAME          the value is the first line of stdin
//	unset NAME        it is as if it was never set
//	config            the settings, secrets left out
//	status            what is installed, what serves, and how it does
//	metrics           what the server tells Prometheus
//	history           who has changed what
//	ready             wait until the server takes traffic
//	logs OPTIONS…     what the server wrote; see parseLogOptions
//	admin ARGS…       `final admin` as the service's user
//	backup            copy the SQLite database
//	today             the copy of the day, here and elsewhere
//	fetch PATH        such a copy goes to stdout
//	restore PATH      put the users of a copy back
//	-size N restore   the copy comes from stdin
//	export            all users go to stdout
//	-size N import    such users come from stdin
//	runs              nothing; it shows that the program runs here
//
// -root DIR does everything below DIR instead of /. A release counts as good after
// it has served for the time of soak, which is [Soak] but in tests. The error of Run
// is one line.
func Run(
	ctx context.Context, soak time.Duration, args []string, stdin io.Reader, stdout, stderr io.Writer,
) error {
	m := &machine{soak: soak, in: bufio.NewReader(stdin), out: stdout, remarks: stderr}
	flags := flag.NewFlagSet("host", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&m.root, "root", "/", "")
	flags.StringVar(&m.version, "version", "", "")
	flags.StringVar(&m.sum, "sha256", "", "")
	flags.Int64Var(&m.size, "size", 0, "")
	flags.StringVar(&m.domain, "domain", "", "")
	flags.StringVar(&m.url, "url", "", "")
	flags.StringVar(&m.defaultURL, "default-url", "", "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.Arg(0) == "runs" {
		return nil
	}
	var err error
	if m.layout, err = deploy.NewLayout(m.path("opt/authbook")); err != nil {
		return err
	}
	return oneLine(m.do(ctx, flags.Args()))
}

// oneLine puts all the failures of an error into one line. ship shows the
// operator the last line alone.
func oneLine(err error) error {
	if err == nil {
		return nil
	}
	return errors.New(strings.ReplaceAll(err.Error(), "\n", "; "))
}

func (m *machine) do(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return errors.New("host: a command is missing")
	}
	name, argument := args[0], strings.Join(args[1:min(2, len(args))], "")
	switch name {
	case "logs":
		return m.logs(ctx, args[1:])
	case "admin":
		return m.runFinal(ctx, m.out, args...)
	}
	if look, ok := m.looks(argument)[name]; ok {
		return look(ctx)
	}
	change, ok := m.changes(argument)[name]
	if !ok {
		return fmt.Errorf("host: unknown command %q", name)
	}
	return m.locked(func() error {
		err := change(ctx)
		if kept(name) {
			m.note(name, argument, err)
		}
		return err
	})
}

// act is a command with its argument.
type act func(context.Context) error

// looks are the commands that change nothing.
func (m *machine) looks(argument string) map[string]act {
	return map[string]act{
		"config":  func(context.Context) error { return m.config() },
		"status":  m.status,
		"metrics": m.metrics,
		"history": m.history,
		"ready":   m.awaitReady,
		"fetch":   func(context.Context) error { return m.fetch(argument) },
	}
}

// changes are the commands of which one at a time may run.
func (m *machine) changes(argument string) map[string]act {
	return map[string]act{
		"deploy":   m.deploy,
		"rollback": func(ctx context.Context) error { return m.rollback(ctx, argument) },
		"set":      func(ctx context.Context) error { return m.set(ctx, argument) },
		"unset":    func(ctx context.Context) error { return m.unset(ctx, argument) },
		"export":   m.export,
		"import":   m.importUsers,
		"backup":   m.backup,
		"today":    m.today,
		"restore":  func(ctx context.Context) error { return m.restore(ctx, argument) },
	}
}

func (m *machine) path(name string) string { return filepath.Join(m.root, name) }

// say tells the operator. A connection that is gone is no reason to stop in
// the middle.
func (m *machine) say(format string, args ...any) {
	_, _ = fmt.Fprintf(m.out, format+"\n", args...)
}
