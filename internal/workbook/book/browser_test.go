package book

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/fixture"
)

// tab is a page in Chromium, and what went wrong in it.
type tab struct {
	t      *testing.T
	ctx    context.Context
	book   string // its address
	mu     sync.Mutex
	errors []string
}

func openTab(t *testing.T) *tab {
	t.Helper()
	fixture.SkipUnlessLong(t)
	path, err := exec.LookPath("chromium")
	if err != nil && os.Getenv("CI") != "true" {
		t.Skip("no Chromium here; get it with: apt-get install chromium")
	}
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path),
		chromedp.NoSandbox, chromedp.DisableGPU)...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx, chromedp.WithErrorf(func(string, ...any) {}))
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx}
	chromedp.ListenTarget(ctx, b.listen)
	b.do("start", log.Enable(), runtime.Enable())
	return b
}

// listen keeps errors, and what breaks the Content-Security-Policy.
func (b *tab) listen(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		b.errors = append(b.errors, e.Entry.Text+" "+e.Entry.URL)
	case *runtime.EventExceptionThrown:
		b.errors = append(b.errors, e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		b.errors = append(b.errors, fmt.Sprint(e.Args))
	}
}

func (b *tab) do(what string, actions ...chromedp.Action) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Run(b.ctx, actions...), what)
}

// patient polls as long as the tab is open.
var patient = chromedp.WithPollingTimeout(0)

// until waits for a text in a part of the page.
func (b *tab) until(selector, text string) {
	b.t.Helper()
	b.do("wait for "+text, chromedp.PollFunction(
		`(selector, text) => [...document.querySelectorAll(selector)].some((e) => e.innerText.includes(text))`, nil,
		chromedp.WithPollingArgs(selector, text), patient))
}

// violations is what axe-core finds on the page as it stands, one line for each kind.
func (b *tab) violations(t *testing.T) (found []string) {
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

// looks takes pictures of a page in light, in dark and on a narrow screen.
func (b *tab) looks(name string) {
	b.t.Helper()
	for _, look := range []struct {
		scheme string
		width  int64
	}{{"light", 1280}, {"dark", 1280}, {"light", 360}} {
		var png []byte
		var wide bool
		b.do("look", emulation.SetDeviceMetricsOverride(look.width, 900, 1, false),
			emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: look.scheme}}),
			chromedp.Evaluate(`document.documentElement.scrollWidth > innerWidth`, &wide),
			chromedp.FullScreenshot(&png, 100))
		assert.False(b.t, wide, "%s is wider than a screen of %d", name, look.width)
		file := fmt.Sprintf("%s-%s-%d.png", name, look.scheme, look.width)
		require.NoError(b.t, os.WriteFile(filepath.Join(b.t.ArtifactDir(), file), png, 0o644))
		b.t.Run("axe/"+file, func(t *testing.T) { assert.Empty(t, b.violations(t)) })
	}
	b.do("wide again", emulation.SetDeviceMetricsOverride(1280, 900, 1, false))
}

// serve opens the book in a tab.
func (b *tab) serve(r *reader, path string) {
	r.book.Wait = 20 * time.Second
	server := httptest.NewServer(r.book)
	b.t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	b.book = server.URL
	b.do("open the book", chromedp.Navigate(b.book+path))
}

// TestBrowser works through an exercise without leaving the page.
func TestBrowser(t *testing.T) {
	b, r := openTab(t), openSmall(t)
	b.serve(r, "/1.2")
	b.until(".rows .todo", "a name with spaces")
	b.do("open a hint", chromedp.Click("#Hints button", chromedp.ByQuery))
	b.until("#Hints details[open]", "the names of the rows")
	assert.Equal(t, 1, r.tool.Course.ReadProgress().Hints["1.2"])
	b.do("type a key", chromedp.KeyEvent("e"))
	b.until(".edit .result", "Your editor shows it.")
	assert.Len(t, r.opened, 1)

	r.save(strings.Replace(r.reference(), "str.TrimSpace(name)", "str.Clone(name)", 1))
	b.until(".rows .bad", "a name with spaces")
	b.until("#Said", "told: Greet")
	r.save(r.reference())
	b.until(".rows .good", "a name with spaces")
	b.until("#After", "The reference of 1.2 is short.")
	b.until("#Steps", "1.2 Greet ✓")

	const question = "#Questions form:nth-of-type(1) "
	choose := func(words string) {
		b.do("choose "+words, chromedp.Click(`//label[contains(., "`+words+`")]//input`, chromedp.BySearch),
			chromedp.Click(question+"button", chromedp.ByQuery))
	}
	choose("so comparing it takes more time")
	b.until(question+".result", "✗ No: it is")
	choose("greets nobody")
	b.until(question+".result", "✓ Right.")
	b.do("ask", chromedp.Click(".ask button", chromedp.ByQuery))
	b.until(".asked", "spaces around the name are kept")
	b.do("say all", chromedp.Click(`.asked label:last-of-type input`, chromedp.ByQuery),
		chromedp.Click(".asked button", chromedp.ByQuery))
	b.until(".asked .result", "1 of 3 rows fail")
	assert.True(t, ask.Open(r.tool.Course).Known("1.2 spaces-first"))
	b.looks("small")
	assert.Empty(t, b.errors)
}

// Six pages that wait would be all that a browser asks the book for.
func TestBrowser_holdsNothingForAPageThatIsHidden(t *testing.T) {
	b, r := openTab(t), openSmall(t)
	waiting, enough := make(chan struct{}, 100), make(chan struct{}, 100)
	r.book.Wait = time.Hour
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if strings.HasSuffix(q.URL.Path, "/wait") {
			waiting <- struct{}{}
			defer func() { enough <- struct{}{} }()
		}
		r.book.ServeHTTP(w, q)
	}))
	defer server.Close()
	b.do("open the book", chromedp.Navigate(server.URL+"/1.2"))
	b.until(".rows .todo", "a name with spaces")
	<-waiting // for the first run
	<-enough
	<-waiting
	b.do("hide the page", chromedp.Evaluate(`Object.defineProperty(document, 'hidden', { value: true });
		document.dispatchEvent(new Event('visibilitychange'))`, nil))
	for range 2 {
		<-enough
		<-waiting
	}
	<-enough
	r.save(r.reference())
	b.until(".rows .good", "a name with spaces")
	assert.Empty(t, b.errors)
}

// The real notes are for everybody, fit on each screen, and have their diagrams, in both
// languages.
func TestBrowser_notes(t *testing.T) {
	r := open(t, fixture.CopyReal(t))
	ch, err := r.tool.Course.Chapter("1")
	require.NoError(t, err)
	require.NoError(t, r.tool.Course.Write(filepath.Join(ch.Dir, "timed.go"), ch.Reference["timed.go"]))
	for _, language := range []string{"en", "ko"} {
		t.Run(language, func(t *testing.T) {
			b := openTab(t)
			b.serve(r, "/1.1?lang="+language)
			b.until(".rows .todo", "a refusal has them too")
			b.looks("1.1-" + language)
			for _, page := range []string{"1", "1.3", "1.9", "2.1", "2.6", "3.1", "5-end"} {
				b.turn(page)
				b.looks(page + "-" + language)
			}
			b.turn("1.2")
			b.until(".rows .good", "✓")
			b.looks("green-" + language)
			assert.Empty(t, b.errors)
		})
	}
}

// turn opens a page, with its diagrams. A click would leave the old page there for a while.
func (b *tab) turn(page string) {
	b.t.Helper()
	var drawn bool
	b.do("turn to "+page, chromedp.Navigate(b.book+"/"+page),
		chromedp.Poll(`[...document.images].every((i) => i.complete && i.naturalWidth > 0)`, &drawn, patient))
}
