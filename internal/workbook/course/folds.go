package course

import "regexp"

var (
	anyFold  = regexp.MustCompile(`(?s)<details>.*?</details>\n?`)
	openFold = regexp.MustCompile(`<summary>\d+\. `) // a question of the notes, which is no exercise
)

// Bare is a part of the notes without what is folded away: hints, and what is kept for
// an exercise or a chapter that is green. Of a fold that it doesn't know it shows nothing.
func Bare(notes string) string {
	return anyFold.ReplaceAllStringFunc(notes, func(fold string) string {
		if openFold.MatchString(fold) {
			return fold
		}
		return ""
	})
}

// WhenGreen is what a part of the notes keeps for an exercise that is green, and AtTheEnd
// for a chapter, in Markdown; "" if there is none.
func WhenGreen(notes string) string { return within(foldedAfter, notes) }

// AtTheEnd is the same for a chapter that is green.
func AtTheEnd(notes string) string { return within(foldedEnding, notes) }

func within(fold *regexp.Regexp, notes string) string {
	if m := fold.FindStringSubmatch(notes); m != nil {
		return m[1]
	}
	return ""
}

// HintsIn are the hints of a part of the notes, in Markdown.
func HintsIn(notes string) []string { return hintsIn(notes) }
