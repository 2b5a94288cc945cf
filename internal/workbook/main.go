package main

import (
	"context"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/review"
	"example.com/authbook/internal/workbook/term"
)

func main() { os.Exit(process(gorun.TestLimit)) }

// process is the program; limit is how long the tests of a chapter may run.
func process(limit time.Duration) (status int) {
	// `workbook start 1 | head` must not die between the blanks and the branch.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	args := os.Args[1:]
	if len(args) == 0 {
		args = []string{"list"}
	}
	ui := term.Open(os.Stdin, os.Stdout, os.Getenv)
	return term.Tool{Name: "workbook", Commands: commands(limit)}.Run(ctx, args, ui, os.Stderr)
}

// session is what a command works with.
type session struct {
	course *course.Course
	runner *gorun.Runner // of that course
	ui     *term.UI
	now    func() time.Time
}

func newSession(c *course.Course, ui *term.UI, limit time.Duration) *session {
	ui.LinkBelow(c.Root)
	return &session{course: c, runner: &gorun.Runner{Course: c, Out: ui, Limit: limit}, ui: ui, now: time.Now}
}

// commands returns the table of all commands, in the order a learner meets
// them.
func commands(limit time.Duration) []term.Command {
	here := func(run inSession) term.Runs { return run.inCourse(limit) }
	return slices.Concat(exerciseCommands(here), chapterCommands(here))
}

// exerciseCommands are those of somebody who writes.
func exerciseCommands(here func(inSession) term.Runs) []term.Command {
	return []term.Command{
		{Name: "list", Args: "[CHAPTER]", Flags: []string{"--markdown"}, Run: here(list),
			Summary: "where am I: every chapter, the current exercise, the next command; --markdown: a check list"},
		{Name: "start", Args: "CHAPTER", Summary: "blank a chapter's exercises, on a branch of its own",
			Run: here(start)},
		{Name: "read", Args: "[CHAPTER|EXERCISE]", Summary: "the notes of one exercise, or what a chapter has to read",
			Run: here(read)},
		{Name: "check", Args: "[CHAPTER|EXERCISE]", Flags: []string{"--ci", "--matrix"},
			Summary: "run the tests: one verdict per exercise; --matrix shows which row unmasks whom", Run: here(check)},
		{Name: "watch", Args: "[CHAPTER|EXERCISE]", Flags: []string{"--no-open"},
			Summary: "check the current exercise on every save, and open it in your editor", Run: here(watch)},
		{Name: "book", Args: "[CHAPTER|EXERCISE]", Summary: "the notes in a browser; rows turn green beside them at each save",
			Run: here(readBook)},
		{Name: "hint", Args: "[0] [EXERCISE]", Flags: []string{"--lines"},
			Summary: "the next of three hints; 0 tells the task, --lines gives the lines to put in order",
			Run:     here(hint)},
		{Name: "predict", Args: "[EXERCISE]", Summary: "a wrong answer: say what it does, then see it run",
			Run: here(predict)},
		{Name: "quiz", Args: "[CHAPTER|EXERCISE]", Summary: "questions about what you wrote: think, then look",
			Run: here(quiz)},
		{Name: "reveal", Args: "EXERCISE", Flags: []string{"--apply"},
			Summary: "show the reference beside your text; --apply puts it in", Run: here(reveal)},
		{Name: "reset", Args: "CHAPTER|EXERCISE|FILE", Summary: "back to blank; your text is saved first",
			Run: here(reset)},
		{Name: "recall", Args: "[EXERCISE]", Summary: "write an old exercise once more, from memory", Run: here(recall)},
		{Name: "run", Args: "[" + mineToo + "] [ARGUMENT...]", Raw: true,
			Summary: "start the final server with your finished exercises; --mine: the red ones too",
			Run:     here(runFinal)},
	}
}

// chapterCommands are those of a chapter that is written, and what else there is to play.
func chapterCommands(here func(inSession) term.Runs) []term.Command {
	return []term.Command{
		{Name: "pr", Args: "CHAPTER", Flags: []string{"--open"},
			Summary: "before review: check all, describe the pull request; --open runs gh", Run: here(pullRequest)},
		{Name: "profile", Args: "[CHAPTER]", Summary: "for a pull request, if you like: where it took you long",
			Run: here(profile)},
		{Name: "review", Args: "CHAPTER [PATCH]", Flags: []string{"--github", "--ai"},
			Summary: "for reviewers: a chapter beside its reference, and a draft of the comments",
			Run:     here(reviewChapter)},
		{Name: "finish", Args: "CHAPTER", Summary: "after review: merge the chapter into the branch it started from",
			Run: here(finish)},
		{Name: "drill", Args: "[NUMBER|FILE] [FINDING...]", Flags: []string{"--swap"},
			Summary: "practise reviews: find the mistakes in a pull request, judge an AI's claims; " +
				"--swap FILE meets a classmate's impostor",
			Run: here(drill)},
		{Name: "attack", Args: "[NAME|EXERCISE]", Flags: []string{"--own"},
			Summary: "break into a server with one hole; --own: the same attack on your code", Run: here(attacks)},
		{Name: "update", Args: "[REMOTE]", Summary: "take a newer workbook; your exercises stay yours",
			Run: here(update)},
	}
}

// inSession carries out a command in a course.
type inSession func(context.Context, *session, term.Arguments) error

// inCourse takes the course that the current folder lies in.
func (run inSession) inCourse(limit time.Duration) term.Runs {
	return func(ctx context.Context, ui *term.UI, args term.Arguments) error {
		c, err := course.Open(".")
		if err != nil {
			return err
		}
		return run(ctx, newSession(c, ui, limit), args)
	}
}

func pullRequest(ctx context.Context, s *session, args term.Arguments) error {
	return review.PullRequest(ctx, s.runner, s.ui, args)
}

func reviewChapter(ctx context.Context, s *session, args term.Arguments) error {
	return review.Review(ctx, s.runner, s.ui, args)
}

func drill(ctx context.Context, s *session, args term.Arguments) error {
	return review.Drill(ctx, s.runner, s.ui, args)
}
