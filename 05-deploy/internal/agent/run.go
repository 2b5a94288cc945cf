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
	settings
}

// machine is the one that we run on: its files, its settings, and the programs that
// it has. What is done with it is [looker]'s, [copier]'s, and [change]'s.
type machine struct {
	options
	layout  deploy.Layout
	soak    time.Duration
	wanted  files // the settings that `set` and `unset` want; nil: they stay
	in      *bufio.Reader
	out     io.Writer
	remarks io.Writer // such as a warning; what ends a command is returned
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
//	recent            likewise the copy of the minute, where the database has changed
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

func (m *machine) path(name string) string { return filepath.Join(m.root, name) }

// say tells the operator. A connection that is gone is no reason to stop in
// the middle.
func (m *machine) say(format string, args ...any) {
	_, _ = fmt.Fprintf(m.out, format+"\n", args...)
}
