package proof

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const englishPage = `# 03 · Tokens

Give [two](../04-x/README.md#41-y) tokens of 15 minutes.

## 1. Refresh

- **A refresh token works once.** ` + "`TestOnce`" + `

<!-- code: a.go F -->
` + "```go\nfunc F() {}\n```\n\n```sh\nrun 3   # no more than once\n```" + `

| a | b |
|---|---|
| 1 | 2 |

<details><summary>Hint 1</summary>

Look at ` + "`exp`" + `.
</details>

## 2. Log-out

- **A log-out ends no other session.**
- label: right

Answer: 5
`

var tokenPages = TwinPage{English: "03-x/README.md", Korean: "03-x/README.ko.md"}

// koreanPage is its twin, with the fingerprints of englishPage.
func koreanPage() string {
	page := `# 03 · 토큰
<!-- of: 0 -->

15분짜리 토큰 [둘](../04-x/README.ko.md#41-y)을 줍니다.

## 1. 재발급
<!-- of: 1 -->

- **리프레시 토큰은 한 번 쓰입니다.** ` + "`TestOnce`" + `

<!-- code: a.go F -->
` + "```go\nfunc F() {}\n```\n\n```sh\nrun 3   # 한 번만\n```" + `

| 가 | 나 |
|---|---|
| 1 | 2 |

<details><summary>힌트 1</summary>

` + "`exp`" + `를 보세요.
</details>

## 2. 로그아웃
<!-- of: 2 -->

- **로그아웃은 다른 세션을 끝내지 않습니다.**
- label: right

Answer: 5
`
	for i, p := range partsOf(englishPage) {
		page = strings.Replace(page, "of: "+string(rune('0'+i))+" ", "of: "+p.fingerprint()+" ", 1)
	}
	return page
}

func TestCompareTwin(t *testing.T) {
	require.Empty(t, compareTwin(tokenPages, englishPage, koreanPage(), rulebook{}))
	require.Empty(t, StaleSections(englishPage, koreanPage()))
	for _, row := range []struct{ name, old, new, want string }{
		{"a section that is gone", "## 2. 로그아웃\n", "", `it has 2 sections, and the English page 3; none is of "1. Refresh"`},
		{"a section that is too many", "- label: right\n", "- label: right\n## 3. 로그인\n", `; line 34, "3. 로그인" is too many`},
		{"a section that does not say of which English it is", "<!-- of: " + partsOf(englishPage)[2].fingerprint() + " -->\n",
			"", `"2. 로그아웃": <!-- of: new --> is missing`},
		{"a heading of another level", "## 2.", "### 2.", "its level is 3, and in English 2"},
		{"a test's name that is mistyped", "`TestOnce`", "`TestOnes`", "code is missing: `TestOnce`"},
		{"an answer that is not taken", "Answer: 5\n", "", "answer is missing: Answer: 5"},
		{"a claim that has another label", "label: right", "label: wrong", "the fields and choices are"},
		{"code that only the twin has", "리프레시 토큰은", "`sid`는", "code is not in English: `sid`"},
		{"a block with other code", "func F() {}", "func G() {}", "block 1 is another than in English"},
		{"a block without its source", "<!-- code: a.go F -->\n", "", "block 1 is another than in English"},
		{"a command that does something else", "run 3", "run 4", "block 2 is another than in English"},
		{"a command that is not explained in Korean", "# 한 번만", "# no more than once", "block 2 is another than in English"},
		{"a link that leads elsewhere", "04-x", "05-x", "link is missing: 04-x"},
		{"a number that changed", "15분", "50분", "number is missing: 15"},
		{"a hint that is gone", "<details><summary>힌트 1</summary>", "", "fold: 1 here, 2 in English"},
		{"a row that is gone", "| 1 | 2 |\n", "", "cell: 4 here, 6 in English"},
		{"a rule that is no rule any more", "**리프레시 토큰은 한 번 쓰입니다.**", "리프레시 토큰은 한 번 쓰입니다.",
			"text in bold: 0 here, 1 in English"},
		{"a rule that says the opposite", "끝내지 않습니다", "끝냅니다", "denies 1 times"},
	} {
		t.Run(row.name, func(t *testing.T) {
			page := koreanPage()
			require.Contains(t, page, row.old)
			all := compareTwin(tokenPages, englishPage, strings.Replace(page, row.old, row.new, 1), rulebook{})
			assert.Contains(t, strings.Join(all, "\n"), row.want)
		})
	}
	t.Run("a rule with a reason may deny otherwise", func(t *testing.T) {
		page := strings.Replace(koreanPage(), "끝내지 않습니다", "끝냅니다", 1)
		known := rulebook{exempt: map[string]string{"A log-out ends no other session.": "why"}}
		assert.Empty(t, compareTwin(tokenPages, englishPage, page, known))
	})
	t.Run("a rule that the notes say in other words", func(t *testing.T) {
		known := rulebook{said: rulesSaid(englishPage, strings.Replace(koreanPage(), "한 번 쓰입니다", "한 번만 씁니다", 1))}
		assert.Len(t, known.said, 2)
		all := compareTwin(tokenPages, englishPage, koreanPage(), known)
		assert.Contains(t, strings.Join(all, "\n"), `as "리프레시 토큰은 한 번만 씁니다."`)
	})
	t.Run("the notes' rule is unknown while its section is stale", func(t *testing.T) {
		said := rulesSaid(strings.Replace(englishPage, "works once", "works twice", 1), koreanPage())
		assert.Equal(t, map[string]string{"A log-out ends no other session.": "로그아웃은 다른 세션을 끝내지 않습니다."}, said)
	})
}

// A page of docs/ko leads to twins where there are some, and else to English pages.
func TestTargetsIn(t *testing.T) {
	english := targetsIn("[a](review/01.md) [b](../README.md#x) [c](https://go.dev/dl/) [d](glossary.md) [e](#12-timed) "+
		"[f](../01-a)", "docs/how.md")
	korean := targetsIn(
		"[a](review/01.md) [b](../../README.ko.md) [c](https://go.dev/dl/) [d](../glossary.md) [e](#12-timed) "+
			"[f](../../01-a/README.ko.md)", "docs/ko/how.md")
	assert.Equal(t, english, korean)
	assert.Equal(t, []string{"docs/review/01.md", "README.md", "https://go.dev/dl/", "docs/glossary.md", "#12-timed",
		"01-a"}, korean)
}

func TestStaleSections(t *testing.T) {
	for _, row := range []struct {
		name, old, new string
		stale          []string
	}{
		{"another word in one section makes that one stale", "works once", "works twice", []string{"1. 재발급"}},
		{"another heading does", "## 2. Log-out", "## 2. Leave", []string{"2. 로그아웃"}},
		{"what is generated does not", "func F() {}", "func F() int", nil},
		{"a line broken elsewhere does not", "two](../04-x/README.md#41-y) tokens", "two](../04-x/README.md#41-y)\ntokens", nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			english := strings.Replace(englishPage, row.old, row.new, 1)
			require.NotEqual(t, englishPage, english)
			all := StaleSections(english, koreanPage())
			require.Len(t, all, len(row.stale))
			for i, heading := range row.stale {
				assert.Contains(t, all[i], `"`+heading+`"`)
			}
			marked := MarkStale(english, koreanPage(), "README.md")
			assert.Equal(t, len(row.stale), strings.Count(marked, course.StaleMark), "readers are told")
			assert.Equal(t, marked, MarkStale(english, marked, "README.md"), "once")
			assert.Equal(t, koreanPage(), MarkStale(englishPage, marked, "README.md"), "and no longer than needed")
		})
	}
}

func TestNegations_flippedAreSeen(t *testing.T) {
	for _, row := range []struct{ english, flipped, korean, turned string }{
		{"A token never outlives its session.", "A token outlives its session.",
			"토큰은 세션보다 오래 살지 않습니다.", "토큰은 세션보다 오래 삽니다."},
		{"Nothing moves the absolute limit.", "A refresh moves the absolute limit.",
			"절대 제한은 아무것도 미루지 못합니다.", "절대 제한은 미룰 수 있습니다."},
		{"A token can be written in one way only.", "A token can be written in many ways.",
			"토큰은 한 가지로만 쓸 수 있습니다.", "토큰은 여러 가지로 쓸 수 있습니다."},
		{"A tampered token ends nothing.", "A tampered token ends the session.",
			"변조된 토큰으로는 아무것도 끝나지 않습니다.", "변조된 토큰은 세션을 끝냅니다."},
		{"A failed refresh leaves the cookie alone.", "A failed refresh does not leave the cookie alone.",
			"실패한 재발급은 쿠키를 그대로 둡니다.", "실패한 재발급은 쿠키를 그대로 두지 않습니다."},
		{"Every check reads the session again.", "No check reads the session again.",
			"검사할 때마다 세션을 다시 읽습니다.", "검사할 때 세션을 다시 읽지 않습니다."},
		{"A store that can't answer lets nobody in.", "A store that can't answer lets everybody in.",
			"답하지 못하는 저장소는 아무도 들이지 않습니다.", "답하지 못하는 저장소는 모두 들입니다."},
		{"Without a key, no token is signed.", "Without a key, a token is signed.",
			"키가 없으면 토큰에 서명하지 않습니다.", "키가 없으면 토큰에 서명합니다."},
		{"The store's clock decides, not the server's.", "The store's clock decides, and the server's.",
			"서버 시계가 아니라 저장소 시계가 정합니다.", "서버 시계와 저장소 시계가 정합니다."},
		{"A wrong password is told to the client only as 401.", "A wrong password is told to the client as 401.",
			"틀린 비밀번호는 클라이언트에 401뿐입니다.", "틀린 비밀번호는 클라이언트에 401로 알립니다."},
	} {
		t.Run(row.english, func(t *testing.T) {
			same := func(english, korean string) bool { return negationsIn(english)%2 == koreanNegationsIn(korean)%2 }
			assert.True(t, same(row.english, row.korean))
			assert.False(t, same(row.flipped, row.korean), "the English says the opposite")
			assert.False(t, same(row.english, row.turned), "the Korean says the opposite")
		})
	}
}

func TestKoreanNegations_areNoLookAlikes(t *testing.T) {
	for word, want := range map[string]int{
		"하지만 만료된 토큰을 만듭니다.": 0, "만약 다르면 거부합니다.": 0, "이 값만 씁니다.": 1, "서버만이 압니다.": 1,
		"쓰지 마세요.": 1, "말로 답합니다.": 0, "안 됩니다.": 1, "안전합니다.": 0, "동안 기다립니다.": 0,
		"잘못된 값입니다.": 0, "잘못을 찾지 못합니다.": 1,
	} {
		assert.Equal(t, want, koreanNegationsIn(word), word)
	}
}

func TestTwinPage_Compare(t *testing.T) {
	root := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Join(root, filepath.Dir(name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o600))
	}
	write("03-tokens/README.md", strings.ReplaceAll(englishPage, "func F() {}", "func F() { new() }"))
	write("03-tokens/README.ko.md", koreanPage())
	write("docs/ko/README.md", "# 번역자에게\n")
	pages, err := TwinPages(root)
	require.NoError(t, err)
	require.Equal(t, []TwinPage{{English: "03-tokens/README.md", Korean: "03-tokens/README.ko.md"}}, pages)

	r, err := pages[0].Compare(root)
	require.NoError(t, err)
	assert.Contains(t, strings.Join(r.Differs, "\n"), "block 1 is another")
	assert.Empty(t, r.Stale, "what is generated makes nothing stale")
	assert.Contains(t, r.Text, "func F() { new() }", "and comes along by itself")
	write("03-tokens/README.ko.md", r.Text)
	again, err := pages[0].Compare(root)
	require.NoError(t, err)
	assert.Empty(t, again.Differs)

	write("docs/ko/lost.md", "# 없음\n")
	_, err = TwinPage{English: "docs/lost.md", Korean: "docs/ko/lost.md"}.Compare(root)
	assert.ErrorContains(t, err, "docs/ko/lost.md is the twin of no page")
}

// A chapter answers for its own pages, and for those of no chapter.
func TestTwinProblems(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"", "03-tokens", "04-x"} {
		require.NoError(t, os.MkdirAll(filepath.Join(root, dir), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, dir, "README.md"), []byte("# Title\n"), 0o600))
		require.NoError(t, os.WriteFile(filepath.Join(root, dir, "README.ko.md"), []byte("# 제목\n"), 0o600))
	}
	of := func(ch *course.Chapter) (pages []string) {
		all, err := TwinProblems(root, ch)
		require.NoError(t, err)
		for _, problem := range all {
			page, _, _ := strings.Cut(problem, ":")
			pages = append(pages, page)
		}
		return pages
	}
	assert.Equal(t, []string{"README.ko.md", "03-tokens/README.ko.md"}, of(&course.Chapter{Name: "03-tokens"}))
	assert.Len(t, of(nil), 3)
}

// What a reader of Korean needs is there.
func TestTwins_areThere(t *testing.T) {
	root, ok := mark.Root(".")
	require.True(t, ok)
	pages, err := TwinPages(root)
	require.NoError(t, err)
	for _, pattern := range []string{"README.md", "0*/README.md", "0*/testdata/questions.md", "docs/review/*.md",
		"docs/review/drills/README.md", "docs/review/drills/testdata/*/key.md", "docs/how-to-work.md",
		"docs/commit-messages.md", "docs/ai-review.md", "docs/curriculum.md", "docs/operations/runbook.md"} {
		found, err := fs.Glob(os.DirFS(root), pattern)
		require.NoError(t, err)
		assert.NotEmpty(t, found, pattern)
		for _, name := range found {
			hasTwin := slices.ContainsFunc(pages, func(p TwinPage) bool { return p.English == name })
			assert.True(t, hasTwin, "%s has no twin", name)
		}
	}
	answers, err := fs.Glob(os.DirFS(root), "0*/testdata/wrong")
	require.NoError(t, err)
	for _, name := range answers {
		assert.FileExists(t, filepath.Join(root, name+".ko.txt"))
	}
}

// The fast half of the rule: a twin says what its page says, and where that has changed
// it tells its readers. That nothing is out of date is asked by prove.
func TestTwins_ofThisTree(t *testing.T) {
	root, ok := mark.Root(".")
	require.True(t, ok)
	pages, err := TwinPages(root)
	require.NoError(t, err)
	for _, page := range pages {
		r, err := page.Compare(root)
		require.NoError(t, err)
		assert.Empty(t, r.Differs, page.Korean)
		assert.False(t, r.Changed, "%s: go tool coursecheck notes --write", page.Korean)
	}
}
