package gorun

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/authbook/internal/text"
)

func TestRead(t *testing.T) {
	tests := []struct {
		name, events string
		want         Outcome
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
			Outcome{Rows: []Row{{Name: "TestA/x", Failed: 1, Output: "    bad\n"}, {Name: "TestA/y", Passed: 1}}}},
		{"a test that failed by itself is a row too", `
{"Action":"run","Test":"TestA"}
{"Action":"run","Test":"TestA/x"}
{"Action":"pass","Test":"TestA/x"}
{"Action":"output","Test":"TestA","Output":"no rows\n"}
{"Action":"fail","Test":"TestA"}
{"Action":"output","Output":"FAIL\n"}`,
			Outcome{Rows: []Row{{Name: "TestA", Failed: 1, Output: "no rows\n"}, {Name: "TestA/x", Passed: 1}}}},
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
			Outcome{Rows: []Row{{Name: "TestA", Passed: 1, Failed: 2, Output: "first\n"}}}},
		{"what the compiler says", `
{"Action":"build-output","Output":"# p\n"}
{"Action":"build-output","Output":"./p.go:1:1: undefined: x\n"}
{"Action":"build-fail"}
{"Action":"fail"}`,
			Outcome{Build: "# p\n./p.go:1:1: undefined: x\n"}},
		{"a run that broke off", `
{"Action":"run","Test":"TestA"}
{"Action":"output","Test":"TestA","Output":"panic: x\n"}
{"Action":"fail","Test":"TestA"}
{"Action":"fail"}`,
			Outcome{Rows: []Row{{Name: "TestA", Failed: 1, Output: "panic: x\n"}}, Crash: "panic: x\n"}},
		{"no tests", `
{"Action":"output","Output":"PASS\n"}
{"Action":"pass"}`,
			Outcome{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := readEvents(text.English, strings.NewReader(tt.events))
			assert.Equal(t, tt.want, got)
		})
	}
}

// What an impostor did is in the language of who runs the tests.
func TestReadEvents_inKorean(t *testing.T) {
	const events = `{"Action":"run","Test":"T"}
{"Action":"attr","Test":"T","Key":"differs","Value":"Should be true"}
{"Action":"fail","Test":"T"}`
	for language, want := range map[text.Language]string{
		text.English: "Should be true", text.Korean: text.Korean.Said("Should be true"),
	} {
		got, _ := readEvents(language, strings.NewReader(events))
		assert.Equal(t, want, got.Rows[0].Differs)
	}
	assert.NotEqual(t, "Should be true", text.Korean.Said("Should be true"))
}
