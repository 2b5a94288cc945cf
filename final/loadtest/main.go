// Command loadtest measures the server on this machine and holds it to the
// goals of docs/performance.md.
//
//	go run ./final/loadtest            everything, some three minutes
//	go run ./final/loadtest -quick     shorter rounds, noisier numbers
//	go run ./final/loadtest -only reads,log-ins
//	go run ./final/loadtest -only before -before PROGRAM    beside another release
//	go run ./final/loadtest -draw docs/performance.md       pictures of a page's tables
//
// It builds the server, starts it with a new database in a temporary folder,
// and sends all load over the loopback interface. Each goal is a ratio of two
// things measured in the same run, so that it holds on any machine. It exits
// with 1 if a goal is missed, so that a release can depend on it.
//
// PostgreSQL is measured where -postgres or AUTHBOOK_TEST_POSTGRES names one;
// .ci/with-postgres starts one for the command behind it.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"time"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "baseline" {
		fmt.Fprintln(os.Stderr, baseline(os.Stdout))
		os.Exit(1)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	missed, err := run(ctx, os.Args[1:], os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "loadtest:", err)
		os.Exit(2)
	}
	if missed > 0 {
		fmt.Printf("\n%d of the goals missed\n", missed)
		os.Exit(1)
	}
}

// section is one group of measurements.
type section struct {
	name    string
	measure func(*testbed, context.Context) ([]row, error)
}

var sections = [...]section{
	{"reads", (*testbed).reads},
	{"log-ins", (*testbed).logIns},
	{"fairness", (*testbed).fairness},
	{"connections", (*testbed).hostile},
	{"footprint", (*testbed).footprint},
	{"benchmarks", (*testbed).benches},
	{"before", (*testbed).before},
	{"scale", (*testbed).scale},
	{"soak", (*testbed).soak},
}

// long are the sections that run only where -only names them.
var long = []string{"soak"}

// run measures what the arguments choose and prints the table. It returns how
// many goals were missed.
func run(ctx context.Context, args []string, stdout io.Writer) (missed int, err error) {
	o, err := parse(args, stdout)
	if errors.Is(err, flag.ErrHelp) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	if o.draw != "" {
		return 0, draw(o.draw)
	}
	b, err := newTestbed(ctx, o)
	if err != nil {
		return 0, err
	}
	defer b.close()
	rows, err := b.measure(ctx, o.sections)
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(stdout, "Measured %s with %s on %s/%s, %d CPUs; server and clients share them.\n\n",
		time.Now().Format(time.DateOnly), runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.NumCPU())
	return printTable(stdout, rows), nil
}

// options are what the arguments say.
type options struct {
	quick    bool
	others   bool
	postgres string // URL; "": none
	old      string // a program; "": none
	draw     string // a page; "": none
	sections []section
}

// parse reads the arguments. For -help it prints them and returns
// [flag.ErrHelp].
func parse(args []string, stdout io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("loadtest", flag.ContinueOnError)
	flags.BoolVar(&o.quick, "quick", false, "shorter rounds, noisier numbers")
	flags.BoolVar(&o.others, "others", false, "GET /me beside gin and fiber too")
	postgres := flags.String("postgres", "",
		"`URL` of a PostgreSQL whose user may create schemas; default: AUTHBOOK_TEST_POSTGRES")
	flags.StringVar(&o.draw, "draw", "", "measure nothing; draw the tables of a `page` into the folder pictures beside it")
	flags.StringVar(&o.old, "before", "", "a `program` of an earlier release, for the section before")
	only := flags.String("only", "", "the `sections` to run, comma-separated: "+strings.Join(names(), ", "))
	flags.SetOutput(io.Discard)
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		flags.SetOutput(stdout)
		flags.Usage()
		return o, err
	case err != nil:
		return o, fmt.Errorf("%w; -help lists the flags", err)
	case flags.NArg() > 0:
		return o, fmt.Errorf("unknown argument %q; -help lists the flags", flags.Arg(0))
	}
	o.postgres = cmp.Or(*postgres, os.Getenv("AUTHBOOK_TEST_POSTGRES"))
	o.sections, err = choose(*only)
	return o, err
}

// measure runs some sections.
func (b *testbed) measure(ctx context.Context, sections []section) (rows []row, err error) {
	for _, s := range sections {
		fmt.Fprintf(os.Stderr, "measuring %s …\n", s.name)
		some, err := s.measure(b, ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
		rows = append(rows, some...)
	}
	return rows, nil
}

func names() (all []string) {
	for _, s := range sections {
		all = append(all, s.name)
	}
	return all
}

func choose(only string) (chosen []section, err error) {
	if only == "" {
		return slices.DeleteFunc(slices.Clone(sections[:]), func(s section) bool {
			return slices.Contains(long, s.name)
		}), nil
	}
	for name := range strings.SplitSeq(only, ",") {
		i := slices.Index(names(), strings.TrimSpace(name))
		if i < 0 {
			return nil, fmt.Errorf("there is no section %q; there are %s", name, strings.Join(names(), ", "))
		}
		chosen = append(chosen, sections[i])
	}
	return chosen, nil
}
