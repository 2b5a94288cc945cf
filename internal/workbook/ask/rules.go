package ask

import (
	"regexp"
	"slices"
)

// judge notes what a question lacks, or has too much of.
func (b *building) judge() {
	if !slices.Contains([]string{Why, Trace, Short}, b.Kind) {
		b.wrong(b.Line, "the line below the heading must be Kind: why, Kind: trace or Kind: short")
		return
	}
	if b.Text == "" {
		b.wrong(b.Line, "it has no text: what is the question?")
	}
	if b.Because == "" {
		b.wrong(b.Line, "it needs lines with > at its end, which are shown after any answer")
	}
	b.judgeAnswers()
	b.judgeRun()
}

// judgeAnswers: choices, or words that are right.
func (b *building) judgeAnswers() {
	choices, words := len(b.Choices), len(b.Accepts)
	switch {
	case choices > 0 && words > 0:
		b.wrong(b.Line, "it has choices and lines with Answer: take one of the two")
	case b.Kind == Short && words == 0:
		b.wrong(b.Line, "a short question needs a line such as Answer: 5, and one more for each other way to write it")
	case b.Kind == Why && choices == 0 || choices+words == 0:
		b.wrong(b.Line, "it needs choices: one - [x], and two to four - [ ]")
	case b.Kind == Short && choices > 0:
		b.wrong(b.Line, "a short question has no choices: make it Kind: why")
	case choices > 0:
		b.judgeChoices()
	}
}

// letterForm is what somebody types who means the choice at that letter.
var letterForm = regexp.MustCompile(`^[a-e]$`)

// judgeChoices: three to five, one is right, and each wrong one is explained.
func (b *building) judgeChoices() {
	right := 0
	for i, c := range b.Choices {
		isSame := func(other Choice) bool { return normal(other.Text) == normal(c.Text) }
		switch {
		case slices.ContainsFunc(b.Choices[:i], isSame):
			b.wrong(b.Line, "two choices are the same: %s", c.Text)
		case letterForm.MatchString(normal(c.Text)):
			b.wrong(b.Line, "the choice %s reads like the letter of one: use other letters, or words", c.Text)
		case c.Right:
			right++
		case c.Because == "":
			b.wrong(b.Line, "the wrong choice %d needs lines with > below it, two columns in, that name what refutes it", i+1)
		}
	}
	if right != 1 {
		b.wrong(b.Line, "%d of the choices are right, and one must be: - [x]", right)
	}
	if n := len(b.Choices); n < 3 || n > 5 {
		b.wrong(b.Line, "it has so many choices: %d. It must have three to five", n)
	}
}

// judgeRun: a trace has something to run, and nothing else has.
func (b *building) judgeRun() {
	switch isTrace := b.Kind == Trace; {
	case isTrace && b.Code == "" && b.Run == "":
		b.wrong(b.Line, "a trace needs what proves its key: a block of Go that prints, or a line Run: curl … below Kind")
	case isTrace && b.Code != "" && b.Run != "":
		b.wrong(b.Line, "it has a block of Go and a line Run: take one of the two, and mark the block as ```text")
	case !isTrace && b.Run != "":
		b.wrong(b.Line, "only a trace has a line Run")
	}
}
