package proof

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/course"
)

// The blocks of the notes that show code or output name their source in a
// comment on the line above the fence:
//
//	<!-- code: chain.go Chain -->                   a declaration of the reference
//	<!-- code: chain.go Chain from "for" to "}" --> from the line with the first text to the next with the second
//	<!-- code: chain.go -->                         a whole file
//	<!-- output: go run ./02-jwt-basics/inspect x -->   what a command writes, over the reference
//	<!-- output blank: go test ./01-middleware -->      the same with the chapter's exercises blank
//	<!-- output wrong 1.10-member-is-a-stranger: go test ./01-middleware -->    with this wrong answer
//	<!-- output server: curl -sI localhost:8080/ -->    what commands show of the final server (server.go)
//	<!-- output server log: curl … -->                  the same, and below it the server's log
//
// A block of output begins with its command behind "$ ", so that a reader can type it.

// Renewed is a chapter's notes with fresh blocks.
type Renewed struct {
	Text       string
	Changed    bool
	Unresolved []string // blocks whose source could not be shown
}

// Renew makes every block anew and lists those that are stale or can't be
// shown.
func Renew(ctx context.Context, c *course.Course, ch *course.Chapter) (Renewed, []string, error) {
	text, err := ch.ReadNotes()
	if err != nil {
		return Renewed{}, nil, err
	}
	dir, clean, err := course.NewScratch()
	if err != nil {
		return Renewed{}, nil, err
	}
	defer clean()
	stage := &stage{course: c, chapter: ch, dir: dir}
	now := Renewed{}
	var edits []course.Edit
	var stale []string
	for _, b := range blocks(text) {
		fresh, err := stage.show(ctx, b)
		where := fmt.Sprintf("%s/README.md:%d", ch.Name, b.line)
		switch {
		case err != nil:
			now.Unresolved = append(now.Unresolved, fmt.Sprintf("%s: %v", where, err))
		case fresh != b.content:
			edits = append(edits, course.Edit{At: b.at, Text: fresh})
			stale = append(stale,
				fmt.Sprintf("%s: the block differs from its source (%s): go tool coursecheck notes --write %d", where,
					b.source, ch.Number))
		}
	}
	now.Text, now.Changed = course.Splice(text, edits), len(edits) > 0
	return now, append(stale, now.Unresolved...), nil
}

// stage is where the blocks of a chapter are made.
type stage struct {
	course  *course.Course
	chapter *course.Chapter
	dir     *course.Scratch
	binary  string // the final server, once a block needs it
}

// show returns what a block should hold. Blocks in other languages than Go
// need no source: commands, JSON and diagrams stand for themselves.
func (s *stage) show(ctx context.Context, b block) (string, error) {
	kind, rest, _ := strings.Cut(b.source, ": ")
	switch kind {
	case "code":
		return codeOf(s.chapter, rest)
	case "output", "output blank":
		return s.output(ctx, rest, kind)
	case "output server", "output server log":
		return s.live(ctx, rest, kind == "output server log")
	}
	if strings.HasPrefix(kind, wrongOutput) {
		return s.output(ctx, rest, kind)
	}
	if b.lang == "go" {
		return "", errors.New("a block of Go code needs its source in the line above: <!-- code: chain.go Chain -->")
	}
	return b.content, nil
}

// wrongOutput is what the source of a block begins with that shows a wrong answer.
const wrongOutput = "output wrong "

// output runs a command of the go tool over what the kind of a block asks for,
// and returns the command and what it writes.
func (s *stage) output(ctx context.Context, command, kind string) (string, error) {
	words := strings.Fields(command)
	if len(words) < 3 || words[0] != "go" || !slices.Contains([]string{"run", "test", "vet"}, words[1]) {
		return "", fmt.Errorf("%q is not understood: output: go run|test|vet ARGUMENTS", command)
	}
	o, err := s.overlay(ctx, kind)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", slices.Concat(words[1:2], []string{"-overlay=" + string(o)}, words[2:])...)
	cmd.Dir = s.course.Root
	cmd.Env = append(cmd.Environ(), course.OverlayVariable+"="+string(o), "NO_COLOR=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		if _, ok := errors.AsType[*exec.ExitError](err); !ok {
			return "", err // a command that fails may be what the notes show
		}
	}
	return "$ " + command + "\n" + steady(out.String()), nil
}

// overlay is the reference of every chapter. In this one its exercises are blank,
// or one has a wrong answer, if the kind of a block asks for that.
func (s *stage) overlay(ctx context.Context, kind string) (course.Overlay, error) {
	chapters, err := s.course.Chapters()
	if err != nil {
		return "", err
	}
	versions := course.References(chapters)
	i := slices.IndexFunc(chapters, func(c *course.Chapter) bool { return c.Name == s.chapter.Name })
	if wrong, ok := strings.CutPrefix(kind, wrongOutput); ok {
		versions[chapters[i]], err = s.mistaken(ctx, wrong)
	} else if kind == "output blank" {
		versions[chapters[i]], err = s.chapter.Blanked(ctx, s.course.Root, course.Every)
	}
	if err != nil {
		return "", err
	}
	return s.course.WriteOverlay(s.dir.Folder(), versions)
}

// mistaken is the chapter's reference with a wrong answer in it.
func (s *stage) mistaken(ctx context.Context, name string) (course.Tree, error) {
	answers, err := s.chapter.WrongAnswers()
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(answers, func(w course.WrongAnswer) bool { return w.Short() == name && w.Broken == nil })
	if i < 0 {
		return nil, fmt.Errorf("%s has no wrong answer %s", s.chapter.Name, name)
	}
	return s.chapter.Mistaken(ctx, s.course.Root, answers[i])
}

// testTime is how long a test took, and packageTime how long a package did.
var (
	testTime    = regexp.MustCompile(`\(\d+\.\d+s\)`)
	packageTime = regexp.MustCompile(`(?m)^(ok|FAIL)(\s+\S+\s+)(\d+\.\d+s|\(cached\))`)
)

// steady replaces what differs from run to run: how long it took.
func steady(output string) string {
	output = testTime.ReplaceAllString(output, "(0.00s)")
	output = packageTime.ReplaceAllString(output, "${1}${2}0.00s")
	return strings.TrimRight(output, "\n") + "\n"
}
