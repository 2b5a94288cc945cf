package gorun

import "regexp"

// plain writes the values that testify compares as a reader would: an error as its
// text, and a time as the date that testify has in its diff alone.
func plain(output string) string {
	output = timeDiff.ReplaceAllString(output, "$1$3\n$2$4\n")
	return errorValue.ReplaceAllString(output, "$1")
}

var (
	timeDiff = regexp.MustCompile(`(?m)^(\s+expected: )time\.Date\(.*\n(\s+actual  : )time\.Date\(.*\n\s*^\s+Diff:\n` +
		`(?:\s+(?:---|\+\+\+|@@).*\n)+\s+-\(time\.Time\) (.*)\n\s+\+\(time\.Time\) (.*)\n`)
	errorValue = regexp.MustCompile(`(?:\*errors\.errorString\()?&errors\.errorString\{s:("(?:[^"\\]|\\.)*")\}\)?`)
)
