package accounts

import (
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

// TestOneLine tells your table to your function, and then compares it with
// lineModel. Write your own table first: it is exercise 4.12.
func TestOneLine(t *testing.T) {
	type row struct {
		name  string
		needs []string
		text  string
	}
	rows := []row{
		{"your own table holds", []string{"4.12"}, ""},
		{"an ordinary name stays", nil, "JIN HO <jin@example.com>"},
		{"a tab is no space", nil, "a\tb"},
		{"one question mark for each of two", nil, "a\r\nb"},
		{"the line break of Unicode", nil, "a\u2029b"},
		{"the escape", nil, "\x1b[2Jgone"},
		{"a character that shows nothing", nil, "jin\u200bho"},
		{"broken bytes in the middle", nil, "a\xffb\xc3"},
		{"40 Hangul syllables", nil, strings.Repeat("가", 40)},
		{"41 Hangul syllables", nil, strings.Repeat("가", 41)},
		{"a line break behind the cut", nil, strings.Repeat("a", 50) + "\n"},
		{"40 line breaks", nil, strings.Repeat("\n", 40)},
	}
	exercise.Rows(t, "4.13", rows, func(t *testing.T, row row) {
		table := oneLineRows
		if row.needs == nil {
			table = []lineRow{{row.name, row.text, lineModel("", row.text)}}
		}
		for _, r := range table {
			assert.Equal(t, r.want, OneLine(r.text),
				"what stands in the line (%s): the comment above OneLine has the rules", r.name)
		}
	})
}
