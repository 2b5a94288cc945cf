package main

import (
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
)

func TestRead(t *testing.T) {
	tests := []struct {
		name, events string
		want         outcome
	}{
		{"rows are tests without subtests", `
{"Action":"run","Test":"TestA"}
{"Action":"run","Test":"TestA/x"}
{"Action":"output","Test":"TestA/x","Output":"    bad\n"}
{"Action":"fail","Test":"TestA/x"}
{"Action":"run","Test":"TestA/y"}
{"Action":"pass","Test":"TestA/y"}
{"Action":"fail","Test":"TestA"}
{"Action":"output","Output":"FAIL\n"}
{"Action":"fail"}`,
			outcome{rows: []row{{name: "TestA/x", failed: 1, output: "    bad\n"}, {name: "TestA/y", passed: 1}}}},
		{"a test that failed by itself is a row too", `
{"Action":"run","Test":"TestA"}
{"Action":"run","Test":"TestA/x"}
{"Action":"pass","Test":"TestA/x"}
{"Action":"output","Test":"TestA","Output":"no rows\n"}
{"Action":"fail","Test":"TestA"}
{"Action":"output","Output":"FAIL\n"}`,
			outcome{rows: []row{{name: "TestA", failed: 1, output: "no rows\n"}, {name: "TestA/x", passed: 1}}}},
		{"many times: the first failure is kept", `
{"Action":"run","Test":"TestA"}
{"Action":"pass","Test":"TestA"}
{"Action":"run","Test":"TestA"}
{"Action":"output","Test":"TestA","Output":"first\n"}
{"Action":"fail","Test":"TestA"}
{"Action":"run","Test":"TestA"}
{"Action":"output","Test":"TestA","Output":"second\n"}
{"Action":"fail","Test":"TestA"}
{"Action":"output","Output":"FAIL\n"}`,
			outcome{rows: []row{{name: "TestA", passed: 1, failed: 2, output: "first\n"}}}},
		{"what the compiler says", `
{"Action":"build-output","Output":"# p\n"}
{"Action":"build-output","Output":"./p.go:1:1: undefined: x\n"}
{"Action":"build-fail"}
{"Action":"fail"}`,
			outcome{build: "# p\n./p.go:1:1: undefined: x\n"}},
		{"a run that broke off", `
{"Action":"run","Test":"TestA"}
{"Action":"output","Test":"TestA","Output":"panic: x\n"}
{"Action":"fail","Test":"TestA"}
{"Action":"fail"}`,
			outcome{rows: []row{{name: "TestA", failed: 1, output: "panic: x\n"}}, crash: "panic: x\n"}},
		{"no tests", `
{"Action":"output","Output":"PASS\n"}
{"Action":"pass"}`,
			outcome{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := read(strings.NewReader(tt.events))
			assert.Equal(t, tt.want, got)
		})
	}
}

func TestJudge(t *testing.T) {
	p, err := mark.ParsePattern("TestA")
	assert.NoError(t, err)
	todoRow := row{name: "TestA/x", failed: 1, output: "    rows.go:1: TODO 1.2 F — 01-x/f.go:3\n"}
	badRow := row{name: "TestA/y", failed: 1, output: "    a_test.go:1: bad\n"}
	goodRow := row{name: "TestA/z", passed: 1}
	tests := []struct {
		name  string
		blank bool
		rows  []row
		want  status
	}{
		{"a blank is to do, whatever its rows say", true, []row{goodRow}, blank},
		{"no row is not green", false, nil, untested},
		{"a row of another exercise does not count", false, []row{{name: "TestB", passed: 1}}, untested},
		{"all rows pass", false, []row{goodRow}, passes},
		{"a row fails", false, []row{goodRow, badRow}, fails},
		{"rows wait for a blank", false, []row{goodRow, todoRow}, waits},
		{"a failing row outweighs one that waits", false, []row{badRow, todoRow}, fails},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := judge([]mark.Exercise{{ID: idOf(1, 1), Tests: p, Blank: tt.blank}}, outcome{rows: tt.rows})
			assert.Equal(t, tt.want, got[0].status)
		})
	}
}

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
	/home/ann/02-token/token_test.go:3 +0x48

goroutine 7 [select, 2 minutes]:
example.com/authbook/02-token.(*Store).wait(0x0)
	/home/ann/02-token/token.go:19 +0x1d
example.com/authbook/02-token.TestA.func2(0x26)
	/home/ann/02-token/token_test.go:4 +0x1d
`
	assert.Equal(t, crash{
		test:  "TestA/x",
		what:  "it does not end: stopped after 2s",
		hangs: true,
		where: "goroutine 7 [select, 2 minutes] in token.(*Store).wait, 02-token/token.go:19",
	}, readCrash(hang, "02-token"), "the learner must see which goroutine waits, and where")
	const bubble = "    --- FAIL: TestA/x (0.00s)\npanic: deadlock: all goroutines in bubble are blocked [recovered, repanicked]\n"
	assert.Equal(t, crash{test: "TestA/x", what: "it waits for what never comes: every goroutine of the test is blocked"}, readCrash(bubble, "02-token"))
	assert.Equal(t, "the run of the tests broke off", readCrash("", "02-token").what, "no words at all")
}
