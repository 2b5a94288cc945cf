package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"
)

func main() { os.Exit(process(testLimit)) }

// process is the program; limit is how long the tests of a chapter may run.
func process(limit time.Duration) (status int) {
	// `workbook start 1 | head` must not die between the blanks and the branch.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	return run(ctx, os.Args[1:], terminal(os.Stdin, os.Stdout, os.Getenv), os.Stderr, limit)
}

// command is one word that follows `go tool workbook`.
type command struct {
	name    string
	args    string   // as the usage line shows them
	flags   []string // the options it knows, "--ci"
	summary string
	run     func(context.Context, *app, arguments) error
}

// commands returns the table of all commands, in the order a learner meets
// them.
func commands() []command {
	return []command{
		{"list", "", nil, "where am I: every chapter, the current exercise, the next command", list},
		{"start", "CHAPTER", nil, "blank a chapter's exercises, on a branch of its own", start},
		{"check", "[CHAPTER|EXERCISE]", []string{"--ci"}, "run the tests: one verdict per exercise", check},
		{"watch", "[CHAPTER]", nil, "check the current exercise on every save", watch},
		{"hint", "[EXERCISE]", nil, "the next of three hints", hint},
		{"reveal", "EXERCISE", []string{"--apply"}, "show the reference beside your text; --apply puts it in", reveal},
		{"reset", "CHAPTER|EXERCISE|FILE", nil, "back to blank; your text is saved first", reset},
		{"run", "[ARGUMENT...]", nil, "start the final server with your finished exercises", runFinal},
		{"pr", "CHAPTER", []string{"--open"}, "before review: check all, describe the pull request; --open runs gh", pr},
		{"review", "CHAPTER [PATCH]", []string{"--github", "--ai"}, "for reviewers: a chapter beside its reference, and a draft of the comments", review},
		{"finish", "CHAPTER", nil, "after review: merge the chapter into the branch it started from", finish},
		{"drill", "[NUMBER] [FINDING...]", nil, "practise reviews: find the mistakes in a pull request, judge an AI's claims", drill},
		{"update", "[REMOTE]", nil, "take a newer workbook; your exercises stay yours", update},
		{"prove", "[CHAPTER]", []string{"--matrix"}, "for authors: prove that the exercises teach; --matrix lists rule, test, wrong answers and impostors", prove},
		{"notes", "[CHAPTER]", []string{"--write"}, "for authors: compare the notes' blocks with the code; --write updates them", notes},
	}
}

// app is what a command works with.
type app struct {
	*course
	ui    *ui
	limit time.Duration // how long the tests of a chapter may run
}

// testLimit is many times what a chapter's tests take, and as long as a
// learner with an endless loop should wait.
const testLimit = 20 * time.Second

// errRed ends a command whose report says already what is not green.
var errRed = errors.New("not green")

// run carries out one command line and returns the exit status: 0 for done and
// green, 1 for red or refused, 2 for a command line that is not understood.
func run(ctx context.Context, args []string, ui *ui, stderr io.Writer, limit time.Duration) int {
	err := dispatch(ctx, args, ui, limit)
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, "workbook: stopped; it is safe to type the same again")
		return 1
	case errors.Is(err, errRed):
		return 1
	}
	fmt.Fprintln(stderr, "workbook:", err)
	if _, ok := errors.AsType[usageError](err); ok {
		return 2
	}
	return 1
}

func dispatch(ctx context.Context, args []string, ui *ui, limit time.Duration) error {
	if len(args) == 0 {
		args = []string{"list"}
	}
	if slices.Contains([]string{"help", "-h", "--help"}, args[0]) {
		ui.usage()
		return nil
	}
	for _, c := range commands() {
		if c.name != args[0] {
			continue
		}
		given, err := parse(c, args[1:])
		if err != nil {
			return err
		}
		course, err := openCourse(".")
		if err != nil {
			return err
		}
		return c.run(ctx, &app{course: course, ui: ui, limit: limit}, given)
	}
	return usageError{fmt.Sprintf("there is no command %q", args[0])}
}

// arguments are the words after a command.
type arguments struct {
	words []string
	flags map[string]bool
}

// first returns the first word, or "".
func (a arguments) first() string {
	if len(a.words) == 0 {
		return ""
	}
	return a.words[0]
}

// parse splits the words after a command into its flags, which may stand
// anywhere, and the rest. `run` passes all of them on to the server.
func parse(c command, args []string) (arguments, error) {
	given := arguments{flags: map[string]bool{}}
	if c.name == "run" {
		given.words = args
		return given, nil
	}
	for _, arg := range args {
		switch {
		case slices.Contains(c.flags, arg):
			given.flags[arg] = true
		case strings.HasPrefix(arg, "-"):
			return given, usageError{fmt.Sprintf("%s does not know %s", c.name, arg)}
		default:
			given.words = append(given.words, arg)
		}
	}
	if required := c.args != "" && c.args[0] != '['; required && len(given.words) == 0 || len(given.words) > most(c.args) {
		return given, usageError{fmt.Sprintf("usage: go tool workbook %s", strings.TrimSpace(c.name+" "+c.args))}
	}
	return given, nil
}

// most is how many words may follow a command.
func most(args string) int {
	if strings.HasSuffix(args, "...]") {
		return math.MaxInt
	}
	return len(strings.Fields(args))
}

// usageError is a command line that is not understood.
type usageError struct{ text string }

func (e usageError) Error() string {
	return e.text + "\n  go tool workbook help   lists the commands"
}

// usage lists the commands.
func (u *ui) usage() {
	u.say("usage: go tool workbook COMMAND")
	u.say("")
	for _, c := range commands() {
		words := strings.Join(slices.Concat([]string{c.name, c.args}, c.flags), " ")
		u.columns("  "+words, 35, c.summary)
	}
}

// refusal says what is in the way and what to do about it.
type refusal struct {
	what string
	do   []string
}

func (r refusal) Error() string {
	return strings.Join(append([]string{r.what}, r.do...), "\n  ")
}

// refuse returns an error of one sentence, with the commands to type below it.
func refuse(what string, do ...string) error {
	return refusal{what, do}
}
