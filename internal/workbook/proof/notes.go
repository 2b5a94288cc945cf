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
	now := Renewed{}
	var edits []course.Edit
	var stale []string
	for _, b := range blocks(text) {
		fresh, err := show(ctx, c, ch, b, dir)
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

// show returns what a block should hold. Blocks in other languages than Go
// need no source: commands, JSON and diagrams stand for themselves.
func show(ctx context.Context, c *course.Course, ch *course.Chapter, b block, dir *course.Scratch) (string, error) {
	kind, rest, _ := strings.Cut(b.source, ": ")
	switch kind {
	case "code":
		return codeOf(ch, rest)
	case "output", "output blank":
		return output(ctx, c, ch, rest, kind == "output blank", dir)
	}
	if b.lang == "go" {
		return "", errors.New("a block of Go code needs its source in the line above: <!-- code: chain.go Chain -->")
	}
	return b.content, nil
}

// output runs a command of the go tool over the reference, or over the blank
// chapter, and returns what it writes.
func output(ctx context.Context, c *course.Course, ch *course.Chapter, command string, isBlank bool,
	dir *course.Scratch) (string, error) {
	words := strings.Fields(command)
	if len(words) < 3 || words[0] != "go" || !slices.Contains([]string{"run", "test", "vet"}, words[1]) {
		return "", fmt.Errorf("%q is not understood: output: go run|test|vet ARGUMENTS", command)
	}
	o, err := overlayForNotes(ctx, c, ch, isBlank, dir)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", slices.Concat(words[1:2], []string{"-overlay=" + string(o)}, words[2:])...)
	cmd.Dir = c.Root
	cmd.Env = append(cmd.Environ(), course.OverlayVariable+"="+string(o), "NO_COLOR=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		if _, ok := errors.AsType[*exec.ExitError](err); !ok {
			return "", err // a command that fails may be what the notes show
		}
	}
	return steady(out.String()), nil
}

func overlayForNotes(ctx context.Context, c *course.Course, ch *course.Chapter, isBlank bool,
	dir *course.Scratch) (course.Overlay, error) {
	chapters, err := c.Chapters()
	if err != nil {
		return "", err
	}
	versions := course.References(chapters)
	if isBlank {
		i := slices.IndexFunc(chapters, func(c *course.Chapter) bool { return c.Name == ch.Name })
		if versions[chapters[i]], err = ch.Blanked(ctx, c.Root, course.Every); err != nil {
			return "", err
		}
	}
	return c.WriteOverlay(dir.Folder(), versions)
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
