package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"golang.org/x/tools/go/packages"
)

// texts compares the catalogues with the code, and says how much Korean is missing;
// --write collects the texts anew.
func texts(ctx context.Context, d desk) error {
	root := d.runner.Course.Root
	said, err := collectTexts(packages.Config{Context: ctx, Dir: root}, speaking...)
	if err != nil {
		return err
	}
	c, err := readCatalogues(filepath.Join(root, "internal", "text"), said.texts)
	if err != nil {
		return err
	}
	if d.args.Flags["--write"] {
		if err := c.write(); err != nil {
			return err
		}
	}
	problems := append(said.faults, c.problems()...)
	printProblems(d.ui, problems)
	lacking, idle := c.count()
	d.ui.Say("%d texts: %d lack Korean, and %d Korean ones are for no text any more", len(c.texts), lacking, idle)
	return redIf(len(problems) > 0)
}

// catalogues are the two files in internal/text, and what they should be.
type catalogues struct {
	dir     string
	texts   map[string][]string // of the code
	english string              // messages.pot
	korean  map[string]string   // of ko.po
}

func readCatalogues(dir string, texts map[string][]string) (c catalogues, err error) {
	c = catalogues{dir: dir, texts: texts}
	english, err := os.ReadFile(filepath.Join(dir, "messages.pot"))
	if err != nil && !os.IsNotExist(err) {
		return c, err
	}
	korean, err := os.ReadFile(filepath.Join(dir, "ko.po"))
	c.english, c.korean = string(english), text.Parse(string(korean))
	return c, err
}

// problems are what no reader should meet: texts that are not collected, and Korean
// that takes other arguments.
func (c catalogues) problems() (all []string) {
	if c.english != c.format("en", nil) {
		all = append(all, "internal/text/messages.pot is not what the code says: go tool coursecheck texts --write")
	}
	for _, english := range slices.Sorted(maps.Keys(c.korean)) {
		if !fits(english, c.korean[english]) {
			all = append(all, fmt.Sprintf("ko.po: %q takes other arguments, or begins or ends otherwise, than %q",
				c.korean[english], english))
		}
	}
	return all
}

// count counts the texts without Korean, and the Korean ones without a text.
func (c catalogues) count() (lacking, idle int) {
	lacking = len(c.texts)
	for english := range c.korean {
		if c.texts[english] == nil {
			idle++
		} else {
			lacking--
		}
	}
	return lacking, idle
}

// write writes both. Korean that is for no text any more stays, at its place: its
// sentence may have changed in a comma.
func (c *catalogues) write() error {
	c.english = c.format("en", nil)
	err := os.WriteFile(filepath.Join(c.dir, "messages.pot"), []byte(c.english), 0o644)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.dir, "ko.po"), []byte(c.format("ko", c.korean)), 0o644)
}

// format is a catalogue in the format of gettext. Texts stand beside the files that say
// them, without lines, which would change with each edit.
func (c catalogues) format(language string, translated map[string]string) string {
	places := maps.Clone(c.texts)
	for english := range translated {
		if places[english] == nil {
			places[english] = []string{"nowhere"}
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "msgid \"\"\nmsgstr \"\"\n\"Language: %s\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n", language)
	for _, english := range slices.Sorted(maps.Keys(places)) {
		files := slices.Sorted(slices.Values(places[english]))
		fmt.Fprintf(&b, "\n#: %s\nmsgid %q\nmsgstr %q\n", strings.Join(files, " "), english, translated[english])
	}
	return b.String()
}
