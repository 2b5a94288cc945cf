package main

import (
	"context"
	"os"
	"os/signal"
	"path/filepath"
	"slices"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/proof"
	"example.com/authbook/internal/workbook/term"
)

func main() { os.Exit(process()) }

func process() (status int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	args := os.Args[1:]
	if len(args) == 0 {
		args = []string{"help"}
	}
	ui := term.Open(os.Stdin, os.Stdout, os.Getenv)
	return term.Tool{Name: "coursecheck", Commands: commands()}.Run(ctx, args, ui, os.Stderr)
}

// commands returns the table of all commands.
func commands() []term.Command {
	return []term.Command{
		{Name: "prove", Args: "[CHAPTER]", Summary: "prove that the exercises teach", Run: inCourse(prove)},
		{Name: "matrix", Args: "[CHAPTER]", Summary: "list rule, test, wrong answers and impostors",
			Run: inCourse(matrix)},
		{Name: "questions", Args: "[CHAPTER]", Summary: "count what the workbook can ask, kind by kind",
			Run: inCourse(questions)},
		{Name: "mutants", Args: "[CHAPTER]", Summary: "change the code in small ways, and list what no test notices",
			Run: inCourse(mutants)},
		{Name: "notes", Args: "[CHAPTER]", Flags: []string{"--write"},
			Summary: "compare the notes' blocks and diagrams, AGENTS.md and the Korean pages with their sources; " +
				"--write updates them",
			Run: inCourse(notes)},
		{Name: "texts", Flags: []string{"--write"},
			Summary: "compare the catalogues of texts with the code; --write collects them", Run: inCourse(texts)},
		{Name: "new", Args: "EXERCISE NAME", Summary: "write the skeleton of an exercise, such as 1.11 NoStore", Run: newExercise},
	}
}

// desk is what a command works with.
type desk struct {
	runner   *gorun.Runner
	ui       *term.UI
	chapters []*course.Chapter // that the first word names, or all that have exercises
	args     term.Arguments
}

// inCourse is a command in the course that the current folder lies in.
func inCourse(run func(context.Context, desk) error) term.Runs {
	return func(ctx context.Context, ui *term.UI, args term.Arguments) error {
		c, err := course.Open(".")
		if err != nil {
			return err
		}
		chapters, err := chosen(c, args.First())
		if err != nil {
			return err
		}
		runner := &gorun.Runner{Course: c, Out: ui, Limit: gorun.TestLimit}
		return run(ctx, desk{runner, ui, chapters, args})
	}
}

// chosen returns the chapter that a word names, or all that have exercises.
func chosen(c *course.Course, word string) ([]*course.Chapter, error) {
	if word != "" {
		ch, err := c.Chapter(word)
		return []*course.Chapter{ch}, err
	}
	chapters, err := c.Chapters()
	return slices.DeleteFunc(chapters, func(ch *course.Chapter) bool { return len(ch.Exercises) == 0 }), err
}

// prove shows that the course teaches: blank exercises fail for the right
// reason, no test is content with nothing, wrong answers are caught by the rows
// they name, and the notes agree with the code. It works on the reference
// through overlays, so it may run beside a learner's work.
func prove(ctx context.Context, d desk) error {
	failed := false
	for _, ch := range d.chapters {
		problems, summary, err := proof.Prove(ctx, d.runner, d.ui, ch)
		if err != nil {
			return err
		}
		stale, err := diagramsOf(ctx, ch, false)
		if err != nil {
			return err
		}
		problems = append(problems, stale...)
		printProblems(d.ui, problems)
		if len(problems) == 0 {
			d.ui.Say("%s %s", d.ui.Paint(term.Green, "✓"), summary)
		}
		failed = failed || len(problems) > 0
	}
	return redIf(failed)
}

// mutants shows that the tests would notice: a border that moved, a statement
// that went, a row of a table that nobody needs.
func mutants(ctx context.Context, d desk) error {
	failed := false
	for _, ch := range d.chapters {
		problems, summary, err := proof.Mutants(ctx, d.runner, d.ui, ch)
		if err != nil {
			return err
		}
		printProblems(d.ui, problems)
		if len(problems) == 0 {
			summary = d.ui.Paint(term.Green, "✓") + " " + summary
		}
		d.ui.Say("%s", summary)
		failed = failed || len(problems) > 0
	}
	return redIf(failed)
}

// matrix prints what holds the rules of some chapters.
func matrix(ctx context.Context, d desk) error {
	failed := false
	for _, ch := range d.chapters {
		problems, list, err := proof.Matrix(ctx, d.runner, d.ui, ch)
		if err != nil {
			return err
		}
		for _, line := range list {
			d.ui.Say("%s", line)
		}
		printProblems(d.ui, problems)
		failed = failed || len(problems) > 0
	}
	return redIf(failed)
}

// questions prints how many questions of each kind there are, and how many exercises
// have one.
func questions(ctx context.Context, d desk) error {
	for _, ch := range d.chapters {
		kinds, err := proof.Kinds(ctx, d.runner, d.ui, ch)
		if err != nil {
			return err
		}
		d.ui.Say("%s: %d exercises", ch.Name, len(ch.Exercises))
		for _, k := range kinds {
			d.ui.Say("  %s %3d in %2d exercises", term.Pad(k.Name, 19), k.Questions, k.Exercises)
		}
	}
	return nil
}

// notes compares the blocks of the notes, and the files for AIs, with their sources;
// --write puts them right.
func notes(ctx context.Context, d desk) error {
	stale, err := renewAids(d)
	if err != nil {
		return err
	}
	printProblems(d.ui, stale)
	failed := len(stale) > 0
	for _, ch := range d.chapters {
		problems, err := notesOf(ctx, d.runner, d.ui, ch, d.args.Flags["--write"])
		if err != nil {
			return err
		}
		stale, err := diagramsOf(ctx, ch, d.args.Flags["--write"])
		if err != nil {
			return err
		}
		problems = append(problems, stale...)
		printProblems(d.ui, problems)
		failed = failed || len(problems) > 0
	}
	twins, err := twinsOf(d)
	if err != nil {
		return err
	}
	printProblems(d.ui, twins)
	return redIf(failed || len(twins) > 0)
}

// notesOf compares or writes the notes of one chapter. It returns
// what is stale, or could not be shown.
func notesOf(ctx context.Context, runner *gorun.Runner, ui *term.UI, ch *course.Chapter, write bool) ([]string, error) {
	now, problems, err := proof.Renew(ctx, runner.Course, ch)
	if err != nil {
		return nil, err
	}
	switch {
	case write && now.Changed:
		if err := runner.Course.Replace(ui, filepath.Join(ch.Dir, "README.md"), now.Text); err != nil {
			return nil, err
		}
		problems = now.Unresolved
	case len(problems) == 0:
		ui.Say("%s/README.md agrees with the code", ch.Name)
	}
	return problems, nil
}

func printProblems(ui *term.UI, problems []string) {
	for _, p := range problems {
		ui.Say("%s %s", ui.Paint(term.Red, "✗"), p)
	}
}

func redIf(failed bool) error {
	if failed {
		return term.ErrRed
	}
	return nil
}
