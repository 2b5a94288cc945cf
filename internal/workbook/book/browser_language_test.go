package book

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"

	"example.com/authbook/internal/workbook/fixture"
)

// A reader switches at the same heading, and a tab that is open stays whole: its script
// asks for parts in its own language, and takes the choice from no other.
func TestBrowser_switchesLanguage(t *testing.T) {
	b, r := openTab(t), open(t, fixture.CopyReal(t))
	b.serve(r, "/1-end")
	var before, after int
	const place = `document.querySelectorAll("main h2")[2].getBoundingClientRect().top | 0`
	b.do("read on", emulation.SetDeviceMetricsOverride(1280, 900, 1, false),
		chromedp.Evaluate(`document.querySelectorAll('main h2')[2].scrollIntoView()`, nil),
		chromedp.Evaluate(place, &before), chromedp.Click(".language a", chromedp.ByQuery),
		chromedp.WaitVisible(".language :lang(en)", chromedp.ByQuery),
		chromedp.Poll(`sessionStorage.place === undefined`, nil, patient)) // the script has found the heading
	b.do("see where", chromedp.Evaluate(place, &after))
	assert.InDelta(t, before, after, 2)

	b.turn("1.3")
	b.until("#Verdict", toDo)
	var address, language string
	b.do("choose in another tab", chromedp.Location(&address), chromedp.ActionFunc(func(ctx context.Context) error {
		return network.SetCookie("lang", "en").WithURL(address).Do(ctx)
	}), chromedp.Click("#Hints button", chromedp.ByQuery))
	b.until("#Hints details[open] summary", inKorean["hint"]+" 1")
	b.do("ask", chromedp.Click(".ask button", chromedp.ByQuery))
	b.until(".asked", howMany)
	b.do("come again", chromedp.Reload(), chromedp.Evaluate("document.documentElement.lang", &language))
	assert.Equal(t, "en", language, "the last choice counts")
	assert.Empty(t, b.errors)
}
