package book

import "example.com/authbook/internal/text"

// keys are the texts of the pages, by their name in the templates.
var keys = map[string]text.Key{
	"skip":      "To the text",
	"language":  "Language",
	"chapters":  "Chapters",
	"exercises": "Exercises of this chapter",
	"rest":      "The end of the chapter",
	"green":     "green",
	"here":      "you are here",
	"next":      "Next page",
	"asText":    "The diagram as text",
	"tests":     "Your tests",
	"notRun":    "The tests have not run yet.",
	"runs":      "The tests run …",
	"lost":      "The book does not answer. Start it again: go tool workbook book",
	"edit":      "Open it in your editor (key e)",
	"opened":    "Your editor shows it.",
	"start":     "This chapter is not started: its code is the finished one.",
	"hints":     "Hints",
	"hint":      "Hint",
	"open":      "Open the next hint",
	"left":      "still folded:",
	"questions": "Questions",
	"question":  "Question",
	"answer":    "Answer",
	"choose":    "Choose an answer first.",
	"known":     "You have answered this one right.",
	"word":      "In a word or a number:",
	"predict":   "Predict what a wrong answer does",
	"fails":     "These rows of yours unmask it:",
	"row":       "Look at this row:",
	"after":     "Now that it is green",
	"lab":       "See your own code at work: the lab",
	"labStart":  "It is off. Start it with:",
}

// word is one of them in a language.
func word(in text.Language, name string) string { return in.T(keys[name]) }

// words are all of them in a language.
func words(in text.Language) map[string]string {
	all := map[string]string{}
	for name, key := range keys {
		all[name] = in.T(key)
	}
	return all
}
