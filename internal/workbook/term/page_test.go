package term

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPage(t *testing.T) {
	for _, row := range []struct{ name, markdown, want string }{
		{"a heading", "## 1.4 `Chain`\n\nText.\n", "1.4 'Chain'\n───────────\n\nText.\n"},
		{"a paragraph is broken anew", "One two three\nfour five *six* seven\neight nine.\n",
			"One two three four five six\nseven eight nine.\n"},
		{"a list hangs below its sign", "- **Once.** a b c d e f g h i j k l m n\n- two\n  more\n1. three\n",
			"- Once. a b c d e f g h i j k l\n  m n\n- two more\n1. three\n"},
		{"code has a bar, and keeps its lines", "So:\n```go\nx :=\t1 // # no heading | no table <!-- kept -->\n\n- y\n```\nEnd.\n",
			"So:\n│ x :=    1 // # no heading | no table <!-- kept -->\n│ \n│ - y\nEnd.\n"},
		{"a diagram is named", "```mermaid\nflowchart LR\n```\n", "│ (a diagram, which a browser\n│ draws)\n"},
		{"its boxes are told", "```mermaid\nflowchart LR\n  a[one] --> b{\"two<br/>x?\"}\n  b --> a\n```\n",
			"│ (a diagram, which a browser\n│ draws: one · two x?)\n"},
		{"and who takes part", "```mermaid\nsequenceDiagram\n  participant C as client\n  participant S\n  C->>S: x\n```\nEnd.\n",
			"│ (a diagram, which a browser\n│ draws: client · S)\nEnd.\n"},
		{"a table gets columns", "| a | what |\n|---|---|\n| [1.1](#x) | one `x` |\n\nEnd.\n",
			"a    what\n1.1  one 'x'\n\nEnd.\n"},
		{"a wide table is made to fit", "| a | b |\n|---|---|\n| key | one two three four five six seven |\n",
			"a    b\nkey  one two three four five\n     six seven\n"},
		{"a bar in a cell", "| a \\| b | c |\n|---|---|\n| d | e |\n", "a | b  c\nd      e\n"},
		{"Hangul takes two columns", "| 토큰 | x |\n|---|---|\n| a | y |\n", "토큰  x\na     y\n"},
		{"hints and what is for later are folded away", "A.\n\n<details><summary>Hint 1</summary>\n\n```\n</details>\n```\nno\n\n</details>\n" +
			"<details>\n<summary>When it is green</summary>\n\nno\n\n</details>\n\nB.\n", "A.\n\nB.\n"},
		{"in Korean too", "A.\n<details><summary>힌트 1</summary>\nno\n</details>\n" +
			"<details>\n<summary>통과한 뒤</summary>\nno\n</details>\n\nB.\n", "A.\n\nB.\n"},
		{"another fold shows its title", "<details><summary>1. Why `x`?</summary>\n\nno\n\n</details>\n", "▸ 1. Why 'x'?\n"},
		{"a comment", "A.\n\n<!-- code: x.go\nX -->\n```go\ny\n```\n", "A.\n\n│ y\n"},
		{"empty lines at the ends", "\n\nA.\n\n\n\nB.\n\n\n", "A.\n\nB.\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var out bytes.Buffer
			(&UI{Out: &out, Width: 30}).Page(row.markdown)
			assert.Equal(t, row.want, out.String())
		})
	}
}

func TestPage_narrow(t *testing.T) {
	var out bytes.Buffer
	(&UI{Out: &out, Width: 10}).Page("| " + strings.Repeat("abcdefghijkl | ", 3) + "\n")
	assert.Equal(t, 3, strings.Count(out.String(), "abcdefghijkl"), "a table that can't fit is still shown")
}
