package course

import (
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
	for name, text := range ch.Reference {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		want, err := Skeleton(name, text)
		if err != nil {
			return c, err
		}
		if got, err := Skeleton(name, ch.Disk[name]); err != nil || got != want {
			c.Given = append(c.Given, name)
		}
	}
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
// tables that are exercises. Red rows are no use if the rows have changed.
func (ch *Chapter) Tampered() ([]string, error) {
	var all []string
	for name, text := range ch.Reference {
		if !strings.HasSuffix(name, "_test.go") {
			continue
		}
		want, err := Skeleton(name, text)
		if err != nil {
			return nil, err
		}
		got, err := Skeleton(name, ch.Disk[name])
		if err == nil && got != want { // a syntax error is told by the compiler
			all = append(all, name)
		}
		if ch.Disk[name] == "" {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// Unreadable reports whether a file has a syntax error, which the compiler tells.
func (ch *Chapter) Unreadable(name string) bool {
	_, err := Skeleton(name, ch.Disk[name])
	return err != nil && ch.Disk[name] != ""
}

// Fate is what has become of a file that is not as it was.
func (ch *Chapter) Fate(name string) string {
	if ch.Disk[name] == "" {
		return "is gone"
	}
	return "was changed outside the exercises"
}

// Fates are those of several files, each in a sentence.
func (ch *Chapter) Fates(names []string) []string {
	var out []string
	for _, name := range names {
		out = append(out, ch.Path(name)+" "+ch.Fate(name))
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
