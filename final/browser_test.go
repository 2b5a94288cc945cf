package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestSwaggerUI does in a real browser what the document tells its reader to
// do: sign up, log in, Authorize, GET /me and refresh, all by the buttons of
// the page.
func TestSwaggerUI(t *testing.T) {
	testkit.SkipUnlessLong(t)
	t.Parallel()
	const user = `{"username":"JIN HO","nickname":"Mentos","roles":[{"role":"USER"}]}`
	page := openBrowser(t)
	base, _, stop := start(t, map[string]string{"ADDR": "127.0.0.1:0", "DATABASE_URL": testdb.SQLite(t)})
	t.Cleanup(stop)

	page.do("open Swagger UI", chromedp.Navigate(base+"/swagger/"), chromedp.WaitVisible(".opblock", chromedp.ByQuery))
	page.screenshot("1-open.png")
	assert.Contains(t, page.text("h2.title"), "authbook", "the page shows another document than ours")
	assert.Contains(t, page.text("h2.title"), "OAS 3.1", "the page takes the document for an older kind")

	status, body := page.tryOut("accounts-signUp")
	assert.Equal(t, "201", status)
	assert.JSONEq(t, user, body)

	status, body = page.tryOut("accounts-logIn")
	require.Equal(t, "200", status)
	var login struct{ Token string }
	require.NoError(t, json.Unmarshal([]byte(body), &login), body)

	page.authorize(login.Token)
	status, body = page.tryOut("accounts-getMe")
	assert.Equal(t, "200", status, "Authorize did not put the token on the request")
	assert.JSONEq(t, user, body)

	status, body = page.tryOut("sessions-refresh")
	assert.Equal(t, "200", status, "the browser did not send the refresh cookie back")
	assert.Contains(t, body, `"token"`)
	page.screenshot("4-refresh.png")

	page.do("open a link that names another document",
		chromedp.Navigate(base+"/swagger/index.html?url=/other.json&configUrl=/other.json"),
		chromedp.WaitVisible(".opblock", chromedp.ByQuery))
	assert.Contains(t, page.text("h2.title"), "authbook")
	assert.NotContains(t, page.requests(), base+"/other.json", "a stranger's link must not choose what the page shows")

	assert.Empty(t, page.complaints(), "the page breaks its own policy, or a script failed")
	for _, url := range page.requests() {
		assert.Truef(t, strings.HasPrefix(url, base+"/") || strings.HasPrefix(url, "data:"),
			"the page asked another host: %s", url)
	}
}

// browser is one tab, and what happened in it.
type browser struct {
	t   *testing.T
	ctx context.Context

	mu     sync.Mutex
	errors []string
	urls   []string
}

// browserTime is what a test has for all that it does in a browser.
const browserTime = 2 * time.Minute

func openBrowser(t *testing.T) *browser {
	t.Helper()
	flags := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(findChromium(t)),
		chromedp.NoSandbox, // Chromium's own does not work for root
		chromedp.DisableGPU,
		chromedp.WindowSize(1280, 1600),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true),
		chromedp.WSURLReadTimeout(browserTime), // a start is no quicker than all else on a busy machine
	)
	ctx, cancel := context.WithTimeout(context.Background(), browserTime)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, flags...)
	t.Cleanup(cancel)
	// chromedp complains of events that are newer than itself; they are none
	// of ours.
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(cancel)
	b := &browser{t: t, ctx: ctx}
	chromedp.ListenTarget(ctx, b.listen)
	b.do("start Chromium", network.Enable(), log.Enable(), runtime.Enable())
	return b
}

// findChromium skips the test where there is none. Machines that test for
// everybody must have it.
func findChromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	const advice = "no Chromium here; get it with: apt-get install chromium"
	if os.Getenv("CI") == "true" {
		t.Fatal(advice)
	}
	t.Skip(advice)
	return ""
}

// listen keeps errors and requests. The browser reports a breach of the
// Content-Security-Policy as an error in its log.
func (b *browser) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError || e.Entry.Level == log.LevelWarning {
			b.errors = append(b.errors, fmt.Sprintf("%s %s", e.Entry.Text, e.Entry.URL))
		}
	case *runtime.EventExceptionThrown:
		b.errors = append(b.errors, e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError && len(e.Args) > 0 {
			b.errors = append(b.errors, string(e.Args[0].Value))
		}
	case *network.EventRequestWillBeSent:
		b.urls = append(b.urls, e.Request.URL)
	}
}

func (b *browser) complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.errors
}

func (b *browser) requests() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.urls
}

// do runs the actions, each of which waits until it can be done or the
// test's time is over.
func (b *browser) do(what string, actions ...chromedp.Action) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Run(b.ctx, actions...), "%s; the page says: %q", what, b.complaints())
}

func (b *browser) text(selector string) (text string) {
	b.t.Helper()
	b.do("read "+selector, chromedp.Text(selector, &text, chromedp.ByQuery))
	return text
}

// tryOut opens an operation, presses Try it out and Execute, and returns the
// status and the body that the page shows.
func (b *browser) tryOut(operation string) (status, body string) {
	b.t.Helper()
	box := "#operations-" + operation
	b.do("execute "+operation,
		chromedp.Click(box+" .opblock-summary-control", chromedp.ByQuery),
		chromedp.Click(box+" .try-out__btn", chromedp.ByQuery),
		chromedp.Click(box+" .execute", chromedp.ByQuery),
	)
	answer := box + " .live-responses-table .response "
	return b.text(answer + ".response-col_status"), b.text(answer + ".highlight-code code")
}

// authorize gives the token to the dialog behind the button Authorize.
func (b *browser) authorize(token string) {
	b.t.Helper()
	b.do("open the dialog",
		chromedp.Click(".scheme-container .authorize", chromedp.ByQuery),
		chromedp.Click("#auth-bearer-value", chromedp.ByQuery),
		input.InsertText(token), // as pasted: typed, each of its letters is three events
	)
	b.screenshot("2-authorize.png")
	b.do("authorize",
		chromedp.Click(".auth-container .authorize", chromedp.ByQuery),
		chromedp.WaitVisible(".auth-container .btn-done", chromedp.ByQuery),
	)
	b.screenshot("3-authorized.png")
	b.do("close the dialog", chromedp.Click(".auth-container .btn-done", chromedp.ByQuery))
}

// screenshot keeps what the window shows among the test's artifacts: run
// go test with -artifacts to look at it.
func (b *browser) screenshot(name string) {
	b.t.Helper()
	var png []byte
	b.do("take a screenshot", chromedp.CaptureScreenshot(&png))
	require.NoError(b.t, os.WriteFile(filepath.Join(b.t.ArtifactDir(), name), png, 0o644))
}
