package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The blocks of the notes that show code or output name their source in a
// comment on the line above the fence:
//
//	<!-- code: chain.go Chain -->                   a declaration of the reference
//	<!-- code: chain.go Chain from "for" to "}" --> from the line with the first text to the next with the second
//	<!-- code: chain.go -->                         a whole file
//	<!-- output: go run ./02-jwt-basics/inspect x -->   what a command writes, over the reference
//	<!-- output blank: go test ./01-middleware -->      the same with the chapter's exercises blank

// notes compares the blocks of the notes with their sources; --write puts them
// right.
func notes(ctx context.Context, a *app, args arguments) error {
	chapters, err := a.proven(args.first())
	if err != nil {
		return err
	}
	stale := 0
	for _, ch := range chapters {
		now, problems, err := a.renew(ctx, ch)
		if err != nil {
			return err
		}
		switch {
		case args.flags["--write"] && now.changed:
			if err := a.replace(filepath.Join(ch.dir, "README.md"), now.text); err != nil {
				return err
			}
			problems = now.unresolved
		case len(problems) == 0:
			a.ui.say("%s/README.md agrees with the code", ch.name)
		}
		for _, p := range problems {
			a.ui.say("%s", p)
		}
		stale += len(problems)
	}
	if stale > 0 {
		return errRed
	}
	return nil
}

// renewed is a chapter's notes with fresh blocks.
type renewed struct {
	text       string
	changed    bool
	unresolved []string // blocks whose source could not be shown
}

// block is a fenced block of the notes.
type block struct {
	line    int    // of the fence, from 1
	lang    string // behind the fence
	source  string // what the comment says, "" if there is none
	content string
	at      span // of the content
}

// sourceComment is the line above a block that names its source.
var sourceComment = regexp.MustCompile(`^<!-- ((?:code|output|output blank): .*?) -->$`)

// blocks returns the fenced blocks of a text in Markdown.
func blocks(markdown string) []block {
	var all []block
	var current *block
	offset, previous, n := 0, "", 0
	for text := range strings.Lines(markdown) {
		n++
		offset += len(text)
		trimmed := strings.TrimSpace(text)
		lang, fence := strings.CutPrefix(trimmed, "```")
		switch {
		case fence && current == nil:
			current = &block{line: n, lang: lang, at: span{start: offset}}
			if m := sourceComment.FindStringSubmatch(previous); m != nil {
				current.source = m[1]
			}
		case fence:
			current.at.end = offset - len(text)
			current.content = markdown[current.at.start:current.at.end]
			all = append(all, *current)
			current = nil
		}
		if trimmed != "" {
			previous = trimmed
		}
	}
	return all
}

// renew makes every block anew and lists those that are stale or can't be
// shown.
func (a *app) renew(ctx context.Context, ch *chapter) (renewed, []string, error) {
	text, err := ch.readNotes()
	if err != nil {
		return renewed{}, nil, err
	}
	dir, clean, err := newScratch()
	if err != nil {
		return renewed{}, nil, err
	}
	defer clean()
	now := renewed{}
	var edits []edit
	var stale []string
	for _, b := range blocks(text) {
		fresh, err := a.show(ctx, ch, b, dir)
		where := fmt.Sprintf("%s/README.md:%d", ch.name, b.line)
		switch {
		case err != nil:
			now.unresolved = append(now.unresolved, fmt.Sprintf("%s: %v", where, err))
		case fresh != b.content:
			edits = append(edits, edit{b.at, fresh})
			stale = append(stale, fmt.Sprintf("%s: the block differs from its source (%s): go tool workbook notes --write %d", where, b.source, ch.number))
		}
	}
	now.text, now.changed = splice(text, edits), len(edits) > 0
	return now, append(stale, now.unresolved...), nil
}

// show returns what a block should hold. Blocks in other languages than Go
// need no source: commands, JSON and diagrams stand for themselves.
func (a *app) show(ctx context.Context, ch *chapter, b block, dir *scratch) (string, error) {
	kind, rest, _ := strings.Cut(b.source, ": ")
	switch kind {
	case "code":
		return ch.code(rest)
	case "output", "output blank":
		return a.output(ctx, ch, rest, kind == "output blank", dir)
	}
	if b.lang == "go" {
		return "", errors.New("a block of Go code needs its source in the line above: <!-- code: chain.go Chain -->")
	}
	return b.content, nil
}

// code returns the part of the reference that a comment names.
func (ch *chapter) code(source string) (string, error) {
	m := regexp.MustCompile(`^(\S+\.go)(?: ([\w.]+))?(?: from "(.+?)" to "(.+?)")?$`).FindStringSubmatch(source)
	if m == nil {
		return "", fmt.Errorf("%q is not understood: code: FILE.go [NAME] [from \"TEXT\" to \"TEXT\"]", source)
	}
	text, ok := ch.reference[m[1]]
	if !ok {
		return "", fmt.Errorf("there is no file %s", m[1])
	}
	if m[2] != "" {
		if text = documented(text, m[2]); text == "" {
			return "", fmt.Errorf("%s does not declare %s", m[1], m[2])
		}
	}
	if m[3] != "" {
		return excerpt(text, m[3], m[4])
	}
	return text, nil
}

// documented returns a declaration with its doc comment, without the mark.
func documented(text, name string) string {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return ""
	}
	for _, decl := range file.Decls {
		if !slices.Contains(declares(decl), name) {
			continue
		}
		start := decl.Pos()
		if doc := docOf(decl); doc != nil {
			start = doc.Pos()
		}
		shown := text[fset.Position(start).Offset:fset.Position(decl.End()).Offset] + "\n"
		return regexp.MustCompile(`(?m)^(//\n)?`+mark+`.*\n`).ReplaceAllString(shown, "")
	}
	return ""
}

// excerpt returns the lines from the first with one text to the next with the
// other, without the indentation they share.
func excerpt(text, from, to string) (string, error) {
	lines := strings.Split(text, "\n")
	start := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, from) })
	if start < 0 {
		return "", fmt.Errorf("no line has %q", from)
	}
	length := slices.IndexFunc(lines[start+1:], func(l string) bool { return strings.Contains(l, to) })
	if length < 0 {
		return "", fmt.Errorf("no line after %q has %q", from, to)
	}
	chosen := lines[start : start+length+2]
	indent := chosen[0][:len(chosen[0])-len(strings.TrimLeft(chosen[0], "\t"))]
	for i := range chosen {
		chosen[i] = strings.TrimPrefix(chosen[i], indent)
	}
	return strings.Join(chosen, "\n") + "\n", nil
}

// output runs a command of the go tool over the reference, or over the blank
// chapter, and returns what it writes.
func (a *app) output(ctx context.Context, ch *chapter, command string, isBlank bool, dir *scratch) (string, error) {
	words := strings.Fields(command)
	if len(words) < 3 || words[0] != "go" || !slices.Contains([]string{"run", "test", "vet"}, words[1]) {
		return "", fmt.Errorf("%q is not understood: output: go run|test|vet ARGUMENTS", command)
	}
	o, err := a.overlayForNotes(ctx, ch, isBlank, dir)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, "go", slices.Concat(words[1:2], []string{"-overlay=" + string(o)}, words[2:])...)
	cmd.Dir = a.root
	cmd.Env = append(cmd.Environ(), overlayVariable+"="+string(o), "NO_COLOR=1")
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		if _, ok := errors.AsType[*exec.ExitError](err); !ok {
			return "", err // a command that fails may be what the notes show
		}
	}
	return steady(out.String()), nil
}

func (a *app) overlayForNotes(ctx context.Context, ch *chapter, isBlank bool, dir *scratch) (overlay, error) {
	chapters, err := a.chapters()
	if err != nil {
		return "", err
	}
	versions := references(chapters)
	if isBlank {
		i := slices.IndexFunc(chapters, func(c *chapter) bool { return c.name == ch.name })
		if versions[chapters[i]], err = ch.blanked(ctx, a.root, everyone); err != nil {
			return "", err
		}
	}
	return a.lay(dir.folder(), versions)
}

// steady replaces what differs from run to run: how long it took.
func steady(output string) string {
	output = regexp.MustCompile(`\(\d+\.\d+s\)`).ReplaceAllString(output, "(0.00s)")
	output = regexp.MustCompile(`(?m)^(ok|FAIL)(\s+\S+\s+)(\d+\.\d+s|\(cached\))`).ReplaceAllString(output, "${1}${2}0.00s")
	return strings.TrimRight(output, "\n") + "\n"
}
