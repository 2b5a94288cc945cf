package main

import (
	"regexp"
	"strconv"
)

var chapterForm = regexp.MustCompile(`^\d{1,2}$`)

// parseChapter reads "1" and "01".
func parseChapter(text string) (int, bool) {
	if !chapterForm.MatchString(text) {
		return 0, false
	}
	return atoi(text), true
}

// atoi is for digits that a pattern has checked.
func atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
