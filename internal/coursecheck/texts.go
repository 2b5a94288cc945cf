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
	"example.com/authbook/internal/workbook/course"
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
	all, err := cataloguesOf(root, said.texts, d.chapters)
	if err != nil {
		return err
	}
	problems := said.faults
	for _, c := range all {
		wrong, err := c.renew(d)
		if err != nil {
			return err
		}
		problems = append(problems, wrong...)
	}
	printProblems(d.ui, problems)
	return redIf(len(problems) > 0)
}

// catalogues are files in internal/text. What else than the tool speaks has no English
// one: its source is that.
type catalogues struct {
	dir             string
	texts           map[string][]string // of the code
	english, korean string              // the names of the files
	translated      map[string]string   // what the Korean one has
}

// cataloguesOf are those of what the tool says, what tests say, what exercises ask, and what
// the server says.
func cataloguesOf(root string, said map[string][]string, chapters []*course.Chapter) ([]catalogues, error) {
	ofTests, err := saidIn(root)
	if err != nil {
		return nil, err
	}
	ofServer, err := saidByServer(root)
	if err != nil {
		return nil, err
	}
	tasks, err := tasksOf(chapters)
	dir := filepath.Join(root, "internal", "text")
	return []catalogues{
		{dir: dir, texts: said, english: "messages.pot", korean: "ko.po"},
		{dir: dir, texts: ofTests, korean: "tests.ko.po"},
		{dir: dir, texts: tasks, korean: "tasks.ko.po"},
		{dir: dir, texts: ofServer, korean: "server.ko.po"},
	}, err
}

// read takes what is translated.
func (c catalogues) read() (catalogues, error) {
	korean, err := os.ReadFile(filepath.Join(c.dir, c.korean))
	c.translated = text.Parse(string(korean))
	if strings.Contains(string(korean), "\n#, fuzzy") {
		return c, fmt.Errorf("%s: fuzzy is no translation: compare it with the English, and take the mark off", c.korean)
	}
	return c, err
}

// renew reads the catalogues, or with --write writes them, and says what is wrong.
func (c catalogues) renew(d desk) (problems []string, err error) {
	if c, err = c.read(); err != nil {
		return nil, err
	}
	if d.args.Flags["--write"] {
		if err := c.write(); err != nil {
			return nil, err
		}
	}
	lacking, idle := c.count()
	d.ui.Say("%s: %d texts, %d lack Korean, and %d Korean ones are for no text any more", c.korean, len(c.texts), lacking,
		idle)
	return c.problems()
}

// problems are what no reader should meet: texts that are not collected or have no
// Korean, and Korean that takes other arguments.
func (c catalogues) problems() (all []string, err error) {
	if c.english != "" {
		english, err := os.ReadFile(filepath.Join(c.dir, c.english))
		if err != nil && !os.IsNotExist(err) {
			return nil, err
		}
		if string(english) != c.format("en", nil) {
			all = append(all, "internal/text/messages.pot is not what the code says: go tool coursecheck texts --write")
		}
	}
	for _, english := range slices.Sorted(maps.Keys(c.texts)) {
		if c.translated[english] == "" {
			all = append(all, fmt.Sprintf("%s: %q lacks Korean; --write puts it in, for you to translate", c.korean, english))
		}
	}
	for _, english := range slices.Sorted(maps.Keys(c.translated)) {
		for _, what := range misfits(english, c.translated[english]) {
			all = append(all, fmt.Sprintf("%s: %q %s", c.korean, c.translated[english], what))
		}
	}
	return all, nil
}

// count counts the texts without Korean, and the Korean ones without a text.
func (c catalogues) count() (lacking, idle int) {
	lacking = len(c.texts)
	for english := range c.translated {
		if c.texts[english] == nil {
			idle++
		} else {
			lacking--
		}
	}
	return lacking, idle
}

// write writes them. Korean that is for no text any more stays, at its place: its
// sentence may have changed in a comma.
func (c catalogues) write() error {
	if c.english != "" {
		english := filepath.Join(c.dir, c.english)
		if err := os.WriteFile(english, []byte(c.format("en", nil)), 0o644); err != nil {
			return err
		}
	}
	return os.WriteFile(filepath.Join(c.dir, c.korean), []byte(c.format("ko", c.translated)), 0o644)
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
