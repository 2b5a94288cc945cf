package main

import (
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// open shows an exercise in the learner's editor, once in a watch: a save, or a way
// back to it, must not take the cursor away from where somebody writes.
func (w *watcher) open(ch *course.Chapter, e mark.Exercise) {
	if w.edit == nil || w.opened[e.ID] || w.course.ReadProgress().HasPassed(e) {
		return
	}
	w.noteOpen(e.ID)
	command := editor(os.Getenv, filepath.Join(ch.Dir, e.File), e.Line)
	if len(command) == 0 {
		return
	}
	if err := w.edit(command); err != nil {
		w.ui.Note("your editor can't be started (%v): --no-open leaves it alone", err)
		w.edit = nil
	}
}

// noteOpen notes that the learner has an exercise in an editor.
func (w *watcher) noteOpen(id mark.ID) {
	if w.opened == nil {
		w.opened = map[mark.ID]bool{}
	}
	w.opened[id] = true
}

// startEditor starts an editor, which may outlive this process.
func startEditor(command []string) error {
	cmd := exec.Command(command[0], command[1:]...)
	if err := cmd.Start(); err != nil {
		return err
	}
	go cmd.Wait() // or it would stay as a zombie
	return nil
}

// wordForm is a word of a command, in quotes where it has spaces.
var wordForm = regexp.MustCompile(`"[^"]*"|'[^']*'|\S+`)

// editor is the command that shows a line of a file: that of VS Code in its own
// terminal, else $VISUAL or $EDITOR if it is known to open a window. One that takes the
// terminal would fight with watch over it.
func editor(getenv func(string) string, path string, line int) []string {
	at := fmt.Sprintf("%s:%d", path, line)
	if getenv("TERM_PROGRAM") == "vscode" {
		return []string{"code", "-g", at}
	}
	words := wordForm.FindAllString(cmp.Or(getenv("VISUAL"), getenv("EDITOR")), -1)
	words = slices.DeleteFunc(words, func(word string) bool { return word == "--wait" })
	if len(words) == 0 {
		return nil
	}
	words[0] = strings.Trim(words[0], `"'`)
	switch filepath.Base(words[0]) {
	case "code", "codium", "cursor", "windsurf":
		return append(words, "-g", at)
	case "zed", "subl":
		return append(words, at)
	case "goland", "idea":
		return append(words, "--line", strconv.Itoa(line), path)
	case "gvim", "mvim":
		return append(words, "+"+strconv.Itoa(line), path)
	}
	return nil
}
