package gorun

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/authbook/internal/text"
)

func TestReadCrash(t *testing.T) {
	const hang = `panic: test timed out after 2s
	running tests:
		TestA (2s)
		TestA/x (2s)

goroutine 9 [running]:
testing.(*M).startAlarm.func1()
	/go/src/testing/testing.go:2802 +0x354

goroutine 5 [chan receive]:
testing.(*T).Run(0x26, {0x59, 0x4e}, 0x59)
	/go/src/testing/testing.go:2109 +0x4e5
example.com/authbook/02-token.TestA(0x26)
	/home/ann/my course/02-token/token_test.go:3 +0x48

goroutine 7 [select, 2 minutes]:
example.com/authbook/02-token.(*Store).wait(0x0)
	/home/ann/my course/02-token/token.go:19 +0x1d
example.com/authbook/02-token.TestA.func2(0x26)
	/home/ann/my course/02-token/token_test.go:4 +0x1d
`
	assert.Equal(t, Crash{
		Test:  "TestA/x",
		What:  "it does not end: stopped after 2s",
		Hangs: true,
		Where: "[select] in (*Store).wait, 02-token/token.go:19",
	}, ReadCrash(text.English, hang, "02-token"), "the learner must see what waits, and where")
	const bubble = "    --- FAIL: TestA/x (0.00s)\npanic: deadlock: all goroutines in bubble are blocked [recovered, repanicked]\n"
	assert.Equal(t, Crash{Test: "TestA/x",
		What: "it waits for what never comes: every goroutine of the test is blocked"},
		ReadCrash(text.English, bubble, "02-token"))
	assert.Equal(t, "the run of the tests broke off", ReadCrash(text.English, "", "02-token").What, "no words at all")
}
