package term

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// PlainUI is the ui of a pipe.
func PlainUI(out io.Writer, input string) *UI {
	return &UI{
		In:         bufio.NewReader(strings.NewReader(input)),
		Out:        out,
		Width:      80,
		SingleKeys: func() (func(), error) { return nil, errors.New("not a terminal") },
	}
}

func TestUI_wrap(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a short text stays", "one two", []string{"one two"}},
		{"a long text breaks between words", "aaaaaaaaaa bbbbbbbbbb cccccccccc dddddddddd",
			[]string{"aaaaaaaaaa bbbbbbbbbb", "cccccccccc dddddddddd"}},
		{"a long word stays whole", strings.Repeat("a", 50), []string{strings.Repeat("a", 50)}},
		{"a letter of Hangul takes two columns", strings.Repeat("가", 13) + " bbb b",
			[]string{strings.Repeat("가", 13) + " bbb", "b"}},
		{"a sign of ambiguous width takes one", strings.Repeat("…", 28) + " b c",
			[]string{strings.Repeat("…", 28) + " b", "c"}},
		{"a long word is followed by a new line", strings.Repeat("a", 40) + " b",
			[]string{strings.Repeat("a", 40), "b"}},
		{"spaces stay", "aaaaaaaaaa  \"   b   \" cccccccccc d", []string{"aaaaaaaaaa  \"   b   \"", "cccccccccc d"}},
		{"code keeps its lines", "see:\n  x := 1   // a long line of code stays",
			[]string{"see:", "  x := 1   // a long line of code stays"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			u := &UI{Width: 30}
			assert.Equal(t, tt.want, u.Wrap(tt.text, 0), "a hint must be readable in a narrow terminal")
		})
	}
}

func TestUI_wrap_hangul(t *testing.T) {
	const hint = "토큰의 서명을 비교할 때 첫 글자부터 다르면 얼마나 걸리나요? 절반이 맞으면 얼마나 걸리나요? 시간을 재어 보세요."
	lines := (&UI{Width: 40}).Wrap(hint, 0)
	assert.Equal(t, hint, strings.Join(lines, " "), "no word is broken")
	for _, line := range lines {
		columns := 0
		for _, r := range line {
			columns++
			if unicode.Is(unicode.Hangul, r) {
				columns++
			}
		}
		assert.LessOrEqual(t, columns, 40, "the terminal would break %q", line)
	}
}

// The width of a text does not depend on the learner's locale.
func TestUI_wrap_underAKoreanLocale(t *testing.T) {
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^(TestUI_wrap|TestUI_wrap_hangul)$", "-test.v")
	again.Env = append(os.Environ(), "LANG=ko_KR.UTF-8", "LC_ALL=", "LC_CTYPE=")
	out, err := again.CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Contains(t, string(out), "--- PASS: TestUI_wrap_hangul")
}

func TestUI_paint(t *testing.T) {
	assert.Equal(t, "x", (&UI{}).Paint(Red, "x"), "a pipe must get no escape sequence")
	assert.Equal(t, "\x1b[31mx\x1b[0m", (&UI{color: true}).Paint(Red, "x"), "a terminal shows red")
}

func TestUI_asks(t *testing.T) {
	tests := []struct {
		name, input string
		want        bool
	}{
		{"y", "y\n", true}, {"yes with spaces", " YES \n", true}, {"enter is no", "\n", false},
		{"no", "n\n", false}, {"the end of the input is no", "", false}, {"y without enter", "y", true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			assert.Equal(t, tt.want, PlainUI(&out, tt.input).Asks("Sure?"), "what is seen can't be unseen")
			assert.Contains(t, out.String(), "Sure? [y/N]")
		})
	}
}

func TestUI_columns(t *testing.T) {
	tests := []struct {
		name  string
		width int
		want  string
	}{
		{"on one line", 80, "  a name        one two three four five six seven\n"},
		{"wrapped in its column", 46, "  a name        one two three four five six\n                seven\n"},
		{"below where there is no room", 40, "  a name\n    one two three four five six seven\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			(&UI{Out: &out, Width: tt.width}).Columns("  a name", 16, "one two three four five six seven")
			assert.Equal(t, tt.want, out.String(), "a line that the terminal breaks is hard to read")
		})
	}
}

func TestUI_tick(t *testing.T) {
	var out bytes.Buffer
	(&UI{Out: &out, Width: 34, Screen: true}).Tick(true, "one two three four five six seven")
	assert.Equal(t, "  ✓ one two three four five six\n    seven\n", out.String(), "no terminal breaks a word")
}

func TestUI_label(t *testing.T) {
	const text = "go tool workbook hint 1.3   gives a general one"
	tests := []struct {
		name  string
		width int
		want  string
	}{
		{"on one line", 80, "  next   " + text + "\n"},
		{"the explanation below", 50, "  next   go tool workbook hint 1.3\n         gives a general one\n"},
		{"a command is never broken", 20, "  next   go tool workbook hint 1.3\n         gives a general one\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			(&UI{Out: &out, Width: tt.width}).Label("next", text)
			assert.Equal(t, tt.want, out.String(), "a command is there to be copied")
		})
	}
}

func TestUI_laidOut(t *testing.T) {
	const said = "workbook: port 8080 is taken already\n  ADDR=:8081 go tool workbook run   and ask localhost:8081"
	screen := &UI{Width: 40, Screen: true}
	assert.Equal(t, "workbook: port 8080 is taken already\n  ADDR=:8081 go tool workbook run\n         and ask localhost:8081",
		screen.laidOut(said), "what explains a command goes below it")
	screen.Width = 30
	assert.Equal(t, "workbook: port 8080 is taken\nalready\n  ADDR=:8081 go tool workbook run\n         and ask localhost:8081",
		screen.laidOut(said), "no word is broken, and a command stays whole")
	assert.Equal(t, said, (&UI{Width: 30}).laidOut(said), "a pipe has no width")
	assert.Equal(t, "  되살리세요. 이 줄은 주석의\n  마지막 줄입니다", screen.laidOut("  되살리세요. 이 줄은 주석의 마지막 줄입니다"),
		"a sentence is no command")
}
