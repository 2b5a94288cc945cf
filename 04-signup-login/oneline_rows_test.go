package accounts

import (
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
)

// lineRow is one case of OneLine: what a stranger typed, and what stands in the line.
type lineRow struct {
	name, text, want string
}

// oneLineRows is the table of OneLine: a row or more for each of its rules.
//
//workbook:exercise 4.12
var oneLineRows = []lineRow{
	{"a second line can't be written", "jin\r\nlevel=INFO", "jin??level=INFO"},
	{"nor with the line breaks of Unicode", "jin\u2028level=INFO", "jin?level=INFO"},
	{"a terminal is not coloured", "\x1b[31mjin", "?[31mjin"},
	{"a text is not turned around", "jin\u202enimda", "jin?nimda"},
	{"a broken byte has a sign", "jin\xff", "jin\ufffd"},
	{"40 characters of any script stay", strings.Repeat("가", 40), strings.Repeat("가", 40)},
	{"41 are cut, and it says so", strings.Repeat("a", 41), strings.Repeat("a", 39) + "…"},
}

func TestOneLineRows(t *testing.T) {
	t.Run("reference", func(t *testing.T) {
		exercise.Rows(t, "4.12", oneLineRows, func(t *testing.T, row lineRow) {
			if got := lineModel("", row.text); got != row.want {
				t.Errorf("your row says %q, and a right OneLine returns %q: the comment above OneLine has the rules", row.want, got)
			}
		})
	})
	exercise.Unmask(t, exercise.Rows, "4.12", oneLineRows, lineImpostors, lineImpostor.judged)
}

// lineImpostor is a lineModel with one mistake.
type lineImpostor struct{ name, differs, flaw string }

var lineImpostors = []lineImpostor{
	{"keeps-the-return", "line breaks", "it kept a carriage return, which writes over the line"},
	{"keeps-other-line-breaks", "line breaks", "it kept the line breaks that only Unicode has"},
	{"keeps-the-escape", "control characters", "it kept the escape, which gives orders to a terminal"},
	{"keeps-the-direction", "direction", "it kept the mark that shows a text from right to left"},
	{"keeps-broken-bytes", "broken text", "it kept bytes that are no UTF-8"},
	{"drops-them", "what it puts in their place", "it left such a character out, and nobody sees that one was there"},
	{"knows-ascii-alone", "scripts", "it made question marks of Korean"},
	{"counts-bytes", "the length", "it counted bytes for characters"},
	{"cuts-what-fits", "the length", "it cut a text of exactly 40 characters"},
	{"keeps-one-more", "the length", "it kept 41 characters"},
	{"cuts-silently", "what it says", "it cut a text and did not say so"},
}

// judged is what the table says of the impostor: the first row that holds for the
// model and fails for it.
func (i lineImpostor) judged() exercise.Flaw {
	flaw := exercise.Flaw{Differs: i.differs, Did: i.flaw}
	for _, row := range oneLineRows {
		if lineModel("", row.text) == row.want && lineModel(i.name, row.text) != row.want {
			flaw.Row = row.name
			break
		}
	}
	return flaw
}
