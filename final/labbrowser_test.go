package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// openLab opens the lab of a server that was built from these exercises.
func openLab(t *testing.T) (*browser, *server) {
	t.Helper()
	testkit.SkipUnlessLong(t)
	t.Parallel()
	dir := t.TempDir()
	list := filepath.Join(dir, "exercises.json")
	require.NoError(t, os.WriteFile(list, []byte(`{"answers":"`+dir+`/answers","exercises":[
		{"id":"1.7","name":"BodyLimit","file":"01-middleware/bodylimit.go","line":17,"whose":"green"},
		{"id":"2.5","name":"HS256.Verify","file":"02-jwt-basics/hs256.go","line":57,"whose":"green"},
		{"id":"2.6","name":"checkHeader","file":"02-jwt-basics/header.go","line":15,"whose":"red"}],
		"questions":{"en":[
			{"id":"2.5 first","exercise":"2.5","text":"What does **this** say of <b>?\n\n`+"```go\\nprint(1)\\n```"+`",
			 "choices":[{"text":"`+"`a`"+`","because":"No, `+"`b`"+` is."},{"text":"b","right":true}],"because":"It is so."},
			{"id":"2.6 second","exercise":"2.6","text":"How many?","accepts":["Two"],"because":"One and one."}],
			"ko":[{"id":"2.6 second","exercise":"2.6","text":"몇 개입니까?","accepts":["둘"],"because":""}]}}`), 0o600))
	page := openBrowser(t)
	s := newServer(t, labOn, func(c *config.Config) { c.LabExercises = list })
	page.do("open the lab", chromedp.Navigate(s.url+"/"), chromedp.Click(`a[href="/lab/"]`, chromedp.ByQuery),
		chromedp.WaitVisible("#password .quiz", chromedp.ByQuery))
	return page, s
}

// looks takes a picture of a panel in light, in dark, and on a narrow screen.
func (b *browser) looks(panel string) {
	b.t.Helper()
	for _, look := range []struct {
		name, scheme string
		width        int64
	}{{"light", "light", 1280}, {"dark", "dark", 1280}, {"narrow", "light", 360}} {
		var png []byte
		var wide bool
		b.do("look at "+panel,
			emulation.SetDeviceMetricsOverride(look.width, 900, 1, false),
			emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: look.scheme}}),
			chromedp.Evaluate(`document.documentElement.scrollWidth > innerWidth`, &wide),
			chromedp.Screenshot(panel, &png, chromedp.ByQuery))
		assert.False(b.t, wide, "%s is wider than a screen of %d", panel, look.width)
		name := strings.TrimPrefix(panel, "#") + "-" + look.name + ".png"
		require.NoError(b.t, os.WriteFile(filepath.Join(b.t.ArtifactDir(), name), png, 0o644))
		b.t.Run("axe/"+look.name, func(t *testing.T) { assert.Empty(t, b.violations(t)) })
	}
}

// violations is what axe-core finds on the page as it stands, one line for each kind.
func (b *browser) violations(t *testing.T) (found []string) {
	t.Helper()
	file := os.Getenv("AUTHBOOK_TEST_AXE")
	if file == "" {
		t.Skip("no axe-core here; run the test with .ci/with-axe")
	}
	axe, err := os.ReadFile(file)
	require.NoError(t, err)
	b.do("look with axe-core", chromedp.Evaluate(string(axe), nil), chromedp.Evaluate(
		`axe.run().then((found) => found.violations.map((v) => v.id + ": " + v.help + " " + v.nodes.map((n) => n.target)))`,
		&found, func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	return found
}

// until waits for a text.
func (b *browser) until(selector, text string) {
	b.t.Helper()
	b.do("wait for "+text, chromedp.PollFunction(
		`(selector, text) => document.querySelector(selector)?.innerText.includes(text)`, nil,
		chromedp.WithPollingArgs(selector, text), chromedp.WithPollingTimeout(20*time.Second)))
}

func (b *browser) press(selectors ...string) {
	b.t.Helper()
	for _, selector := range selectors {
		b.do("press "+selector, chromedp.Click(selector, chromedp.ByQuery))
	}
}

func TestLab_anatomy(t *testing.T) {
	page, s := openLab(t)
	page.do("get a token", chromedp.WaitVisible("#see", chromedp.ByQuery),
		chromedp.Poll(`document.querySelector('#token').value.length > 100`, nil))
	page.press("#see")
	page.until("#summary", "By hand refuses it")
	assert.NotContains(t, page.text("#summary"), "You guessed", "no box is no guess")
	page.press("#guess-nobody", "#guess-server", "#guess-library", "#see")
	page.until("#summary", "You guessed 3 of 3.")
	assert.Contains(t, page.text("#of-byHand .refused"), "2.6 checkHeader 02-jwt-basics/header.go:15 (yours, not green)")
	assert.Contains(t, page.text("#own"), "refuses it")
	page.looks("#anatomy")

	page.press("#ask-first", "#do-flip")
	page.until("#of-server .refused", "signature")
	page.press("#do-jwt", "#sign")
	page.until("#parting", "2.6 checkHeader 02-jwt-basics/header.go:15")

	s.signUp()
	token, _ := s.logIn()
	page.do("paste the token of a log-in", chromedp.SetValue("#token", token, chromedp.ByQuery),
		chromedp.Evaluate(`document.querySelector('#token').dispatchEvent(new Event('input'))`, nil),
		chromedp.WaitVisible("#own .good", chromedp.ByQuery))
	page.press("#ask-first", "#guess-nobody", "#do-none", "#do-bare", "#see")
	page.until("#summary", "You guessed 3 of 3.")
	page.do("see that no signature is left", chromedp.Poll(`document.querySelector('#token').value.endsWith('.')`, nil))
	assert.Empty(t, page.complaints())
}

func TestLab_chain(t *testing.T) {
	page, _ := openLab(t)
	page.do("wait", chromedp.WaitVisible("#send-large", chromedp.ByQuery))
	for _, row := range []struct{ request, guess, says string }{
		{"large", "BodyLimit", "You guessed it. BodyLimit stopped it, and answered 413."},
		{"noToken", "handler", "You guessed the handler, nobody stops it. Authenticate stopped it, and answered 401."},
		{"forged", "skip", "Authenticate stopped it, and answered 401."},
		{"unknown", "handler", "You guessed it. It came to the handler, which answered 404."},
		{"password", "handler", "You guessed it. It came to the handler, which answered 401."},
	} {
		page.press("#send-"+row.request, `[data-guess="`+row.guess+`"]`)
		page.until("#stopped", row.says)
	}
	assert.Contains(t, page.text("#way"), "msg=request method=POST route=\"POST /login\" status=401", "the log")
	assert.Contains(t, page.text("#way"), `"code":"INVALID_CREDENTIALS"`, "the client")
	page.looks("#chain")
	for range 6 {
		page.press("#send-password", `[data-guess="skip"]`)
	}
	page.until("#waits", "4.6")
	assert.Contains(t, page.text("#way"), "audit login_throttled", "why it was refused")
	page.do("look at what another panel sent", chromedp.Evaluate(`{
		const list = document.querySelector('#sent');
		list.value = 'POST /lab/api/anatomy/token → 200';
		list.dispatchEvent(new Event('change'));
	}`, nil))
	page.press(`#chain [data-guess="handler"]`)
	page.until("#stopped", "You guessed it. It came to the handler, which answered 200.")
	page.press("#send-large", `[data-guess="skip"]`)
	page.until("#way .refused", "1.7 BodyLimit 01-middleware/bodylimit.go:17 (yours)")
	for _, complaint := range page.complaints() {
		assert.Regexp(t, `status of (401|404|413|429)`, complaint, "what the page sends is refused; nothing else is wrong")
	}
}
