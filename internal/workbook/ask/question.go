package ask

import (
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// Question is one thing to think about before looking.
type Question struct {
	ID       string // stable and unique, "2.5 constant-time": answers are kept by it
	Exercise mark.ID
	Text     string // in Markdown
	Choices  []Choice
	Ordered  bool     // the choices are shown as they stand: none, one, some, all
	Accepts  []string // right short answers, instead of choices
	Because  string   // in Markdown, shown after any answer
}

// Choice is one of the answers to choose from. Because, in Markdown, is what a
// wrong one stands for, and what refutes it.
type Choice struct {
	Text, Because string
	Right         bool
}

// Answer is what somebody said to a question.
type Answer struct {
	Choice  int    // the place in Choices, -1 for none
	Text    string // as typed
	Right   bool
	Skipped bool
	Later   bool // not now: no question for a week
	Ended   bool // skipped, for the input has ended
}

// later is the word that silences all questions for a week.
const later = "later"

// Put prints a question and reads lines until one answers or skips it. Nothing is
// said about the answer: see [Explain].
func Put(ui *term.UI, q Question) Answer {
	ui.Page(q.Text)
	ui.Say("")
	order := q.Order()
	for i, at := range order {
		printChoice(ui, Letter(i), q.Choices[at].Text)
	}
	prompt := ui.T("In a word or a number (Enter skips, later: none for a week):")
	if len(order) > 0 {
		prompt = ui.T("a to %s (Enter skips, later: none for a week):", Letter(len(order)-1))
	}
	for {
		typed, more := ui.Line("%s", prompt)
		a := q.Read(typed)
		a.Ended = !more
		if a.Ended || !a.Skipped || typed == "" {
			return a
		}
		ui.Tell("“%s” is none of the answers.", typed)
	}
}

// printChoice prints a choice behind its letter, wrapped.
func printChoice(ui *term.UI, name, markdown string) {
	ui.Columns("  "+name+")", 5, term.Unwrap(markdown))
}

// Explain says whether an answer is right, what a wrong choice stands for, and
// why it is so. Of a question that was skipped it says nothing.
func Explain(ui *term.UI, q Question, a Answer) {
	if a.Skipped || a.Later {
		return
	}
	if a.Right {
		ui.Say("%s Right.", ui.Paint(term.Green, "✓"))
	} else {
		ui.Say("%s %s", ui.Paint(term.Red, "✗"), q.Correction(ui.Language))
	}
	if a.Choice >= 0 && q.Choices[a.Choice].Because != "" {
		ui.Prose("chosen", term.Unwrap(q.Choices[a.Choice].Because))
	}
	if q.Because != "" {
		ui.Prose("why", term.Unwrap(q.Because))
	}
}

// Correction names the right answer.
func (q Question) Correction(in text.Language) string {
	for i, at := range q.Order() {
		if q.Choices[at].Right {
			return in.T("No: it is %s.", Letter(i))
		}
	}
	return in.T("No: it is %s.", term.Unwrap(q.Accepts[0]))
}

// Order is the places of the choices as they are shown. It is drawn from the
// texts, so the right one has no place of its own, and is the same each time.
func (q Question) Order() []int {
	places := make([]int, len(q.Choices))
	for i := range places {
		places[i] = i
	}
	if !q.Ordered {
		slices.SortFunc(places, func(a, b int) int { return strings.Compare(q.lot(a), q.lot(b)) })
	}
	return places
}

// lot is what decides on the place of a choice.
func (q Question) lot(choice int) string {
	return course.Fingerprint(q.ID + "\n" + q.Choices[choice].Text)
}

// Letter names the choice that is shown at a place.
func Letter(place int) string { return string(rune('a' + place)) }

// Read makes an answer of what was typed.
func (q Question) Read(typed string) Answer {
	order := q.Order()
	a := Answer{Choice: -1, Text: typed}
	word := normal(typed)
	switch {
	case word == later:
		a.Later = true
	case word == "":
		a.Skipped = true
	case len(order) == 0:
		a.Right = slices.ContainsFunc(q.Accepts, func(right string) bool { return normal(right) == word })
	default:
		a.Choice = q.chosen(word, order)
		a.Skipped = a.Choice < 0
		a.Right = !a.Skipped && q.Choices[a.Choice].Right
	}
	return a
}

// chosen is the choice that a word means: its letter, its text, or else its
// number; -1 for none.
func (q Question) chosen(word string, order []int) int {
	for _, means := range []func(place int) bool{
		func(place int) bool { return word == Letter(place) },
		func(place int) bool { return word == normal(q.Choices[order[place]].Text) },
		func(place int) bool { return word == strconv.Itoa(place+1) },
	} {
		for place, at := range order {
			if means(place) {
				return at
			}
		}
	}
	return -1
}

// normal is an answer without case, spaces and backticks.
func normal(answer string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(strings.ToLower(answer)), ""), "`", "")
}
