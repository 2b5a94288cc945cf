package term

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
)

// Tool is a program of commands, behind `go tool`.
type Tool struct {
	Name     string    // of the tool, "workbook"
	Commands []Command // in the order in which help lists them
}

// Command is one word that follows the name of a tool.
type Command struct {
	Name    string
	Args    string   // as the usage line shows them; those in [] may be left out
	Flags   []string // the options it knows, "--ci"
	Raw     bool     // all words behind it are arguments, options too
	Summary text.Key
	Run     Runs
}

// Runs carries out a command.
type Runs func(context.Context, *UI, Arguments) error

// Run carries out one command line and returns the exit status: 0 for done and
// green, 1 for red or refused, 2 for a command line that is not understood.
func (t Tool) Run(ctx context.Context, args []string, ui *UI, stderr io.Writer) int {
	err := t.dispatch(ctx, args, ui)
	switch {
	case err == nil:
		return 0
	case ctx.Err() != nil:
		fmt.Fprintln(stderr, text.T("%s: stopped; it is safe to type the same again", t.Name))
		return 1
	case errors.Is(err, ErrRed):
		return 1
	}
	fmt.Fprintln(stderr, ui.laidOut(t.Name+": "+ui.Explained(err.Error())))
	if _, ok := errors.AsType[UsageError](err); ok {
		fmt.Fprintln(stderr, text.T("  go tool %s help   lists the commands", t.Name))
		return 2
	}
	return 1
}

func (t Tool) dispatch(ctx context.Context, args []string, ui *UI) error {
	if args[0] == "help" || asksForHelp(args[0]) {
		t.usage(ui)
		return nil
	}
	for _, c := range t.Commands {
		if c.Name != args[0] {
			continue
		}
		if !c.Raw && slices.ContainsFunc(args[1:], asksForHelp) {
			ui.Say("usage: go tool %s %s", t.Name, c.words())
			ui.Tell("%s.", c.Summary)
			return nil
		}
		given, err := t.parse(c, args[1:])
		if err != nil {
			return err
		}
		return c.Run(ctx, ui, given)
	}
	return UsageError{text.T("there is no command %q", args[0])}
}

// Arguments are the words after a command.
type Arguments struct {
	Words []string
	Flags map[string]bool
}

// First returns the first word, or "".
func (a Arguments) First() string {
	if len(a.Words) == 0 {
		return ""
	}
	return a.Words[0]
}

// parse splits the words after a command into its flags, in any place, and the
// rest.
func (t Tool) parse(c Command, args []string) (Arguments, error) {
	given := Arguments{Flags: map[string]bool{}}
	if c.Raw {
		given.Words = args
		return given, nil
	}
	for _, arg := range args {
		switch {
		case slices.Contains(c.Flags, arg):
			given.Flags[arg] = true
		case strings.HasPrefix(arg, "-"):
			return given, UsageError{text.T("%s does not know %s", c.Name, arg)}
		default:
			given.Words = append(given.Words, arg)
		}
	}
	if len(given.Words) < least(c.Args) || len(given.Words) > most(c.Args) {
		return given, UsageError{text.T("usage: go tool %s %s", t.Name, strings.TrimSpace(c.Name+" "+c.Args))}
	}
	return given, nil
}

// least is how many words must follow a command.
func least(args string) int {
	words := strings.Fields(args)
	return len(slices.DeleteFunc(words, func(w string) bool { return w[0] == '[' }))
}

// most is how many words may follow a command.
func most(args string) int {
	if strings.HasSuffix(args, "...]") {
		return math.MaxInt
	}
	return len(strings.Fields(args))
}

func asksForHelp(arg string) bool { return arg == "-h" || arg == "--help" }

// words are the command and all that may follow it.
func (c Command) words() string {
	return strings.Join(slices.DeleteFunc(slices.Concat([]string{c.Name, c.Args}, c.Flags),
		func(word string) bool { return word == "" }), " ")
}

// usage lists the commands.
func (t Tool) usage(u *UI) {
	u.Say("usage: go tool %s COMMAND", t.Name)
	u.Say("")
	for _, c := range t.Commands {
		u.Columns("  "+c.words(), 35, c.Summary.String())
	}
}
