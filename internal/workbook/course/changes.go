package course

import (
	"maps"
	"slices"
	"strings"
)

// Changed is what a learner has made of a chapter, beside its exercises.
type Changed struct {
	Tests  []string // files of tests that are not as they were
	Given  []string // other files of the workbook that are not as they were
	Added  []string // Go files that the workbook does not have
	Guards []string // files that decide what is checked: see guard.go
}

// Changes compares a chapter with its reference outside the exercises.
func (ch *Chapter) Changes() (Changed, error) {
	var c Changed
	var err error
	if c.Tests, err = ch.Tampered(); err != nil {
		return c, err
	}
	changed, unreadable, err := ch.differing(given)
	if err != nil {
		return c, err
	}
	c.Given = slices.Concat(changed, unreadable)
	for name := range ch.Disk {
		if _, ok := ch.Reference[name]; !ok {
			c.Added = append(c.Added, name)
		}
	}
	slices.Sort(c.Given)
	slices.Sort(c.Added)
	return c, nil
}

// Tampered returns the test files that differ from the reference outside the
// tables that are exercises. Red rows are no use if the rows have changed. A
// syntax error is told by the compiler.
func (ch *Chapter) Tampered() ([]string, error) {
	changed, _, err := ch.differing(isTest)
	return changed, err
}

// GivenChanged is Tampered for the other files.
func (ch *Chapter) GivenChanged() ([]string, error) {
	changed, _, err := ch.differing(given)
	return changed, err
}

func isTest(name string) bool { return strings.HasSuffix(name, "_test.go") }

func given(name string) bool { return !isTest(name) }

// differing returns which files of one kind are gone or not as in the reference,
// outside the exercises, and which can't be read.
func (ch *Chapter) differing(kind func(name string) bool) (changed, unreadable []string, err error) {
	for _, name := range slices.Sorted(maps.Keys(ch.Reference)) {
		if !kind(name) {
			continue
		}
		want, err := Skeleton(name, ch.Reference[name])
		if err != nil {
			return nil, nil, err
		}
		got, err := Skeleton(name, ch.Disk[name])
		switch {
		case ch.Disk[name] == "", err == nil && got != want:
			changed = append(changed, name)
		case err != nil:
			unreadable = append(unreadable, name)
		}
	}
	return changed, unreadable, nil
}

// Unreadable reports whether a file has a syntax error, which the compiler tells.
func (ch *Chapter) Unreadable(name string) bool {
	_, err := Skeleton(name, ch.Disk[name])
	return err != nil && ch.Disk[name] != ""
}

// Fate says what has become of a file that is not as it was.
func (ch *Chapter) Fate(name string) string {
	if ch.Disk[name] == "" {
		return ch.T("%s is gone", ch.Path(name))
	}
	return ch.T("%s was changed outside the exercises", ch.Path(name))
}

// Fates are those of several files, each in a sentence.
func (ch *Chapter) Fates(names []string) []string {
	var out []string
	for _, name := range names {
		out = append(out, ch.Fate(name))
	}
	return out
}

// Restored is a file of the reference with its exercises blank, or as the
// learner has written them.
func (ch *Chapter) Restored(name string, names PackageNames) (string, error) {
	blanks, err := Tree{name: ch.Reference[name]}.Fill(Every, Todo, names)
	if err != nil {
		return "", err
	}
	theirs := Tree{name: ch.Disk[name]}
	if _, err := theirs.Exercises(); err != nil {
		return blanks[name], nil // gone, or beyond reading
	}
	kept, err := blanks.Take(theirs, Every, names)
	return kept[name], err
}
