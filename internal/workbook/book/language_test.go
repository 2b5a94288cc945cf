package book

import (
	"html"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/fixture"
)

// What some parts say in Korean.
var (
	inKorean = words(text.Korean)
	toDo     = text.Korean.N(8, "to do, %d row", "to do, %d rows")
	howMany  = text.Korean.T("The exercise has %d rows. How many of them fail with it?", 8)
)

// asItIs is what stays as it is in each language: code, and the names of rows.
var asItIs = regexp.MustCompile(`(?s)<pre.*?</pre>|<code>.*?</code>|<ul class="rows".*?</ul>|<title>.*?</title>`)

// A page, and each part that its script asks for, is in the reader's language, whatever
// the command speaks.
func TestBook_speaksTheReadersLanguage(t *testing.T) {
	r := open(t, fixture.CopyReal(t))
	r.reads = "ko-KR,ko;q=0.9,en;q=0.8"
	var english []string
	see := func(more, want string) {
		t.Helper()
		assert.Contains(t, more, want)
		bare := element.ReplaceAllString(asItIs.ReplaceAllString(more, ""), "\n")
		english = append(english, fixture.EnglishLines(html.UnescapeString(bare))...)
	}
	see(r.page("/1.3"), `<html lang="ko">`)
	see(r.post("/1.3/hint"), "")
	r.post("/1.3/check")
	see(r.page("/1.3"), toDo)
	see(r.post("/1.3/predict"), howMany)
	see(r.post("/1.3/edit"), inKorean["opened"])
	see(r.page("/1"), `<html lang="ko">`)
	see(r.page("/1-end"), `<html lang="ko">`)
	see(r.page("/2.1"), "start 2")

	ch, err := r.tool.Course.Chapter("1")
	require.NoError(t, err)
	save := func(text string) {
		require.NoError(t, r.tool.Course.Write(filepath.Join(ch.Dir, "chain.go"), text))
		r.post("/1.3/check")
	}
	save(strings.Replace(ch.Reference["chain.go"], "slices.Backward(mws)", "slices.All(mws)", 1))
	see(r.page("/1.3"), "told: Chain")
	save(ch.Reference["chain.go"])
	see(r.page("/1.3"), `data-stage="green"`)
	see(r.post("/1.3/answer", "id", "1.3 last-word", "said", "a"), "")
	assert.Empty(t, english)
	r.reads = "fr"
	assert.Contains(t, r.page("/1.2"), `<html lang="en">`, "the language of the command")
}

// The switch leads to the same page, and what it says is kept.
func TestBook_switchesLanguage(t *testing.T) {
	r := openSmall(t)
	assert.Contains(t, r.page("/1.2"), `<a href="?lang=ko" hreflang="ko" lang="ko">한국어</a>`)
	answer := r.ask("GET", "/1.2?lang=ko", nil)
	assert.Contains(t, answer.Body.String(), `<a href="?lang=en" hreflang="en" lang="en">English</a>`)
	assert.Regexp(t, `^lang=ko; Path=/; .*HttpOnly; SameSite=Strict$`, answer.Header().Get("Set-Cookie"))
	assert.Contains(t, r.post("/1.2/edit?lang=ko"), inKorean["opened"], "what the script asks for")
	assert.NotContains(t, r.post("/1.2/edit"), inKorean["opened"])
	assert.Regexp(t, `^/1[.0-9]*\?lang=ko$`, r.ask("GET", "/?lang=ko", nil).Header().Get("Location"))
}
