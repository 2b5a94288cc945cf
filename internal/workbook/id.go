package main

import (
	"cmp"
	"fmt"
	"regexp"
	"strconv"
)

// id is the number of an exercise: 1.3 is the third of chapter 1.
type id struct{ chapter, number int }

func (i id) String() string { return fmt.Sprintf("%d.%d", i.chapter, i.number) }

func compareIDs(a, b id) int {
	return cmp.Or(cmp.Compare(a.chapter, b.chapter), cmp.Compare(a.number, b.number))
}

// parseID reads "1.3". A zero in front would give one exercise two names.
func parseID(text string) (id, bool) {
	m := regexp.MustCompile(`^([1-9]\d{0,3})\.([1-9]\d{0,3})$`).FindStringSubmatch(text)
	if m == nil {
		return id{}, false
	}
	return id{atoi(m[1]), atoi(m[2])}, true
}

// parseChapter reads "1" and "01".
func parseChapter(text string) (int, bool) {
	if !regexp.MustCompile(`^\d{1,2}$`).MatchString(text) {
		return 0, false
	}
	return atoi(text), true
}

// atoi is for digits that a pattern has checked.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
