package proof

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What stands elsewhere in a section is seen, though the section still has it all.
func TestPiecesDiffer(t *testing.T) {
	for _, row := range []struct{ name, english, korean, want string }{
		{"rows changed places", "| `a` | 1 |\n| `b` | 2 |", "| `b` | 2 |\n| `a` | 1 |", "code is missing: `a`"},
		{"cells changed places", "| `a` | b |", "| 나 | `a` |", "code is missing: `a`"},
		{"items changed places", "- 5 minutes\n- 9 minutes", "- 9분\n- 5분", "number is missing: 5"},
		{"a code that came twice comes once", "`a` is `a`.", "`a`입니다.", "code is missing: `a`"},
		{"a code comes again in place of \"it\"", "`a` is it.", "`a`는 `a`입니다.", ""},
		{"a link moved to the next item", "- [a](a.md)\n- b", "- 가\n- [나](a.md)", "link is missing: 03-x/a.md"},
		{"a paragraph became an item", "One.\n\nOther.", "하나입니다.\n\n- 다른 하나입니다.", "item: 1 here, 0 in English"},
		{"an item stands before its paragraph", "Text.\n\n- item", "- 항목\n\n글입니다.", "in another order"},
		{"a sentence is gone", "Stop. Look.", "멈추세요.", "sentence: 1 here, 2 in English"},
		{"one sentence became two", "Stop and look.", "멈추세요. 그리고 보세요.", ""},
		{"an end is no end in code or a link", "See `a. b` in [a](a.md). Go on", "[가](a.md)에서 `a. b`를 보세요. 계속하세요", ""},
		{"a line broken elsewhere", "One long\nline.\n> quoted\n> twice", "긴 줄\n하나.\n> 두 번\n> 인용", ""},
		{"code and a rule broken elsewhere", "> See `go\n> test`. **It must\n> not be.**", "> `go test`를 보세요. **안\n> 됩니다.**", ""},
		{"a fold without its end", "<details><summary>a</summary>\n\nb\n</details>", "<details><summary>가</summary>\n\n나\n",
			"fold: 1 here, 2 in English"},
		{"a hint with another title", "<details><summary>Hint 1</summary>", "<details><summary>힌트들 1</summary>",
			`"<summary>Hint " is "<summary>힌트 "`},
		{"a step of the beat with another title", "**Why so.** It is.", "**왜.** 그렇습니다.", `"**Why so.**" is "**이유.**"`},
		{"a paragraph that nobody translated", "One is enough for us.", "One is enough for us.", "it is English"},
		{"a name, which stays", "Ann Lee", "Ann Lee", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := strings.Join(part{text: row.english}.differs(part{text: row.korean}, tokenPages, rulebook{}), "\n")
			if row.want == "" {
				assert.Empty(t, all)
			}
			assert.Contains(t, all, row.want)
		})
	}
}

// A term of more than one word is that of the glossary everywhere, not at its first use alone.
func TestTermsMissing(t *testing.T) {
	terms, err := glossary("../../..")
	require.NoError(t, err)
	for _, row := range []struct{ name, english, korean, want string }{
		{"its word", "Two access tokens.", "액세스 토큰 둘입니다.", ""},
		{"another word", "Access token.", "접근용 토큰입니다.", "term: access token is 액세스 토큰"},
		{"in code", "`access token`", "`access token`", ""},
		{"a term of one word, which may be another's", "It is the key.", "그래서입니다.", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, strings.Join(termsMissing(row.english, row.korean, terms), "\n"))
		})
	}
}

func TestNumbers_inWords(t *testing.T) {
	for _, row := range []struct{ name, english, korean, want string }{
		{"the same word", "three rows", "케이스 세 개", ""},
		{"digits for a word", "three rows", "케이스 3개", ""},
		{"another word", "three rows", "케이스 네 개", "number is missing: 3\nnumber is not in English: 4"},
		{"a word is gone", "two rows", "케이스", "number is missing: 2"},
		{"a word with what follows it", "more than three", "셋보다 많이", ""},
		{"a word for days", "ten days and two", "열흘과 이틀", ""},
		{"two numbers in a word", "two or three", "두세 개", ""},
		{"a word that only begins like a number", "around it", "둘러싼 열을 세로로 네가 세다", ""},
		{"words in code", "`two rows`", "`two rows`", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := append(numbersMissing(row.english, row.korean), numbersAdded(row.english, row.korean)...)
			assert.Equal(t, row.want, strings.Join(all, "\n"))
		})
	}
}

func TestUnitsChanged(t *testing.T) {
	for _, row := range []struct{ name, english, korean, want string }{
		{"the same unit", "within 30 seconds", "30초 안에", ""},
		{"another unit", "within 30 seconds", "30분 안에", "unit is another: 30 seconds"},
		{"an adjective", "a 15-minute token", "15시간짜리 토큰", "unit is another: 15-minute"},
		{"bytes and bits", "16 bytes", "16비트", "unit is another: 16 bytes"},
		{"a number of two things", "14 days and 14 bytes", "14바이트와 14일", ""},
		{"a number without a unit", "30 seconds", "30까지 셉니다", ""},
		{"a unit in code", "`30 seconds` and 30 bytes", "`30 seconds`와 30바이트", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, strings.Join(unitsChanged(row.english, row.korean), "\n"))
		})
	}
}

func TestDrawTheSame(t *testing.T) {
	const english = "A->>B: POST /login, 15 minutes\nNote over A: a store"
	for _, row := range []struct {
		name, korean string
		want         bool
	}{
		{"words are Korean", "A->>B: POST /login, 15분\nNote over A: 저장소", true},
		{"a line is gone", "A->>B: POST /login, 15분", false},
		{"an arrow is another", "A-->>B: POST /login, 15분\nNote over A: 저장소", false},
		{"a number is another", "A->>B: POST /login, 50분\nNote over A: 저장소", false},
		{"a path is another", "A->>B: POST /logout, 15분\nNote over A: 저장소", false},
		{"a method is another", "A->>B: GET /login, 15분\nNote over A: 저장소", false},
		{"lines changed places", "Note over A: 저장소\nA->>B: POST /login, 15분", false},
	} {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, drawTheSame(english, row.korean)) })
	}
}
