package gorun

import (
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// Rename is an exercise that has another name than it had.
type Rename struct {
	Was      string
	Exercise mark.Exercise
}

// lacking is what the compiler says of a function or a method that is not there.
var lacking = regexp.MustCompile(`(?:undefined: |no field or method )(\w+)`)

// Renamed returns the exercises that were given another name, so that what calls
// them does not compile.
func Renamed(ch *course.Chapter, build string) (all []Rename) {
	first, err := ch.Reference.Exercises()
	if err != nil {
		return nil
	}
	called := lacking.FindAllStringSubmatch(build, -1)
	for _, was := range first {
		_, short, isMethod := strings.Cut(was.Name, ".")
		if !isMethod {
			short = was.Name
		}
		now, ok := course.Find(ch.Exercises, was.ID)
		if ok && now.Name != was.Name && slices.ContainsFunc(called, func(m []string) bool { return m[1] == short }) {
			all = append(all, Rename{was.Name, now})
		}
	}
	return all
}
