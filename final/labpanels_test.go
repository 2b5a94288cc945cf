package main

import (
	"testing"

	"example.com/authbook/final/internal/testkit"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/assert"
)

// The thief is let in within the grace, and is caught after it.
func TestLab_sessions(t *testing.T) {
	page, _ := openLab(t)
	const result = "#sessions .result"
	step := func(step, guess, told string) {
		t.Helper()
		page.press("#sessions [data-step="+step+"]", "#sessions .guess [data-guess="+guess+"]")
		page.until(result, told)
		assert.NotContains(t, page.text(result), "all the same", "the reference does what the store says")
	}
	page.do("see the panel", chromedp.WaitVisible(result, chromedp.ByQuery))
	page.until(result, "The owner has signed up.")
	step("owner-login", "yes", "You guessed it.")
	page.press("#sessions [data-step=thief-steal]")
	page.until(result, "The thief now has a copy")
	step("owner-refresh", "skip", "with A1, a2")
	step("thief-refresh", "no", "You guessed: It refuses.")
	page.until(result, "refresh_repeated")
	page.press("#sessions [data-step=jump-30]")
	page.until(result, "Time has passed")
	step("thief-replay", "reuse", "refresh_reuse")
	page.until(result, "You guessed it.")
	page.until(result, "3.7")
	step("owner-refresh", "no", "401 INVALID_TOKEN")
	page.do("see the state", chromedp.WaitReady(`#sessions svg[aria-label="The session is in the state: ended."]`))
	page.looks("#sessions")
	step("owner-login", "yes", "B0")
	step("owner-fifty", "one", "1 different")
	page.until(result, "The log keeps 50 times: refresh.")
	step("owner-password", "yes", "So the token before has no grace.")
	page.until(result, "04-signup-login/me.go (given)")
	page.press("#sessions [data-step=reset]")
	page.until(result, "The owner has signed up.")
	assert.Empty(t, page.complaints(), "the page breaks its own policy, or a script failed")
}

// duringAFlood presses what has to be pressed in the six seconds of a flood. From here
// each press takes its time, on processors that the flood keeps busy.
const duringAFlood = `(async () => {
	const press = (selector) => document.querySelector(selector).click();
	const see = async (ok) => { while (!ok()) await new Promise((next) => setTimeout(next, 10)); };
	press('#flood [data-guess=much]');
	await see(() => document.querySelector('#flood circle'));
	press('#password > .guess [data-guess=quick]');
	const state = document.querySelector('#password > [role=status]');
	await see(() => state.innerText.includes('Another measurement still runs.'));
	press('#flood > button');
})()`

func TestLab_password(t *testing.T) {
	page, _ := openLab(t)
	page.press("#password > .guess [data-guess=quick]")
	page.until("#password .result", "bcrypt, cost 10")
	page.press("#flood [data-guess=skip]")
	page.until("#flood", "Half of the person's waits")
	page.looks("#password")
	page.do("measure during a flood, and stop it", chromedp.Evaluate(duringAFlood, nil,
		func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	assert.Contains(t, page.text("#password .result"), "bcrypt, cost 10", "the table before stays")
	page.until("#flood", "Stopped.")
	page.until("#flood", "Half of them took at most")
	page.do("lose the server", chromedp.Evaluate(`fetch = () => Promise.reject(new Error("gone")); 0`, nil))
	page.press("#password > .guess [data-guess=quick]")
	page.until(".alert", "The server did not answer (gone)")
	page.do("see it without a search",
		chromedp.Poll(`document.querySelector(".alert").getBoundingClientRect().top >= 0`, nil))
	for _, complaint := range page.complaints() {
		assert.Contains(t, complaint, "status of 503", "one measurement at a time; nothing else is wrong")
	}
}

// The questions of a chapter are answered below its panel. What is no Markdown stays text.
func TestLab_quiz(t *testing.T) {
	page, _ := openLab(t)
	const form = "#anatomy .quiz form "
	page.until(form, "What does this say of <b>?")
	assert.Equal(t, "print(1)", page.text(form+"pre"))
	page.press(form+"[value='0']", form+"fieldset button")
	page.until(form, "No. It is: b")
	page.until(form, "Your answer: No, b is.")
	page.until(form, "It is so.")
	page.looks("#anatomy")
	page.press(form + ".next")
	page.do("type a word", chromedp.SendKeys(form+"[name=word]", " t`wo\r", chromedp.ByQuery))
	page.until(form, "Right.")
	page.until(form, "That was the last one here.")
	assert.Contains(t, page.text("#chain .quiz"), "No question waits here")
	page.press("#chain .predict")
	page.until("#chain .quiz", "Nothing to predict here")
	assert.Empty(t, page.complaints())
}

func TestHome_looks(t *testing.T) {
	testkit.SkipUnlessLong(t)
	t.Parallel()
	page := openBrowser(t)
	page.do("open the home page", chromedp.Navigate(newServer(t, labOn).url+"/"))
	page.looks("main")
	assert.Empty(t, page.complaints())
}

// The switch of the page turns every panel to Korean, and is kept.
func TestLab_speaksKorean(t *testing.T) {
	page, s := openLab(t)
	page.press("a[lang=ko]")
	page.do("see it", chromedp.WaitVisible("html[lang=ko] h1", chromedp.ByQuery))
	page.do("come back", chromedp.Navigate(s.url+"/lab/"), chromedp.WaitVisible("#send-noToken", chromedp.ByQuery))
	page.until("h1", "실험실")
	page.until("#anatomy .quiz form", "몇 개입니까?")
	page.press("#send-noToken", `#chain [data-guess="Authenticate"]`)
	page.until("#meaning", "요청에 토큰이 없습니다.")
	page.press("#guess-nobody", "#see")
	page.until("#summary", "3개 중") // else a press below might miss what moves
	page.press("#password > .guess [data-guess=quick]")
	page.until("#password .result", "초당 추측")
	page.press("#sessions [data-step=owner-login]", "#sessions .guess [data-guess=yes]")
	page.until("#sessions .result", "예측이 맞았습니다.")
	page.press("#sessions [data-step=thief-refresh]", "#sessions .guess [data-guess=no]")
	page.until("#sessions .result", "요청에 토큰이 없습니다.")
	for _, panel := range []string{"#anatomy", "#chain", "#sessions", "#password"} {
		page.looks(panel)
	}
	page.press("a[lang=en]")
	page.do("go back to English", chromedp.WaitVisible("html[lang=en] h1", chromedp.ByQuery))
}
