package text

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestSpeech(t *testing.T) {
	s := speechOf(map[string]string{
		"the body":            "본문",
		"%s of row %d":        "케이스 %[2]d의 %[1]s",
		"got %q":              "%q{을/를} 받았습니다",
		"the body %d":         "본문 %d",
		"got %s: %s":          "%s{을/를} 받았습니다. %s",
		"it is %s: %s":        "%s입니다. %s",
		"the rest: %s":        "나머지: %s",
		"Not equal:":          "기대한 값과 실제 값이 다릅니다.",
		"a 100% sure message": "확실합니다",
	})
	for _, row := range []struct {
		name, line string
		want       []string
	}{
		{"a text as it stands", "the body", []string{"본문"}},
		{"a value that is a text comes along", "the body of row 3", []string{"케이스 3의 본문"}},
		{"a particle fits its value", `got "서버"`, []string{`"서버"를 받았습니다`}},
		{"a message of testify", "    Messages:   \tthe rest: the body", []string{"    Messages:   \t나머지: 본문"}},
		{"words behind a place", "    chain_test.go:12: the body", []string{"    chain_test.go:12: 본문"}},
		{"what testify says gets a line above it", "        Error:      \tNot equal: ",
			[]string{"        기대한 값과 실제 값이 다릅니다.", "        Error:      \tNot equal: "}},
		{"a message of our own under a name of testify", "        Error:      \tthe body of row 3",
			[]string{"        Error:      \t케이스 3의 본문"}},
		{"words behind a name", `  "a row": got A: the body`, []string{`  "a row": A를 받았습니다. 본문`}},
		{"a text with a colon is a value", "got A: it is B: the body", []string{"A를 받았습니다. B입니다. 본문"}},
		{"a number is no word", "the body of stone", []string{"the body of stone"}},
		{"an error whose first word is one of ours", "the body: refused or not", []string{"the body: refused or not"}},
		{"an error with several parts", "2 checks failed: got A: the body", []string{"2 checks failed: got A: the body"}},
		{"a name that is a text with a number", "the body 3: got A: the body", []string{"본문 3: A를 받았습니다. 본문"}},
		{"one word behind a name is a value", "        kind: body", []string{"        kind: body"}},
		{"what nobody knows stays", "        expected: 1", []string{"        expected: 1"}},
		{"a percent sign is no verb here", "a 100% sure message", []string{"확실합니다"}},
	} {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, s.line(row.line)) })
	}
	assert.Equal(t, []string{"the body"}, speech{}.line("the body"), "English stays English")
}

// What go says stays, with a line of ours above it.
func TestSpeech_explained(t *testing.T) {
	s := speechOf(map[string]string{"undefined:": "없는 이름입니다.", "nil pointer dereference": "nil입니다.",
		"panic: ": "패닉입니다.", "twice: %s": "두 번: %s", refused: "받아들이지 않습니다."})
	for _, row := range []struct {
		name, line string
		want       []string
	}{
		{"a line of the compiler", "  a.go:3:2: undefined: x", []string{"  없는 이름입니다.", "    a.go:3:2: undefined: x"}},
		{"a line of the compiler with no words that we know", "a.go:3:2: goto L jumps into block",
			[]string{"받아들이지 않습니다.", "  a.go:3:2: goto L jumps into block"}},
		{"a place in a line of git", "error: a.go: needs merge", []string{"error: a.go: needs merge"}},
		{"a panic at a place", "  a_test.go:3: panic: a nil pointer dereference",
			[]string{"  nil입니다.", "  a_test.go:3: panic: a nil pointer dereference"}},
		{"a panic in words of the learner's own", "panic: oh", []string{"패닉입니다.", "panic: oh"}},
		{"words of ours behind a place with a column", "a.go:3:2: twice: b", []string{"a.go:3:2: 두 번: b"}},
		{"a line in Korean says it itself", "없습니다: undefined: x", []string{"없습니다: undefined: x"}},
		{"a Korean name in a line of go", "open '/home/김/새 폴더/a.go': undefined: x",
			[]string{"없는 이름입니다.", "  open '/home/김/새 폴더/a.go': undefined: x"}},
		{"a line that nobody knows", "a line of git", []string{"a line of git"}},
	} {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, s.explained(row.line)) })
	}
	value := `                expected: "undefined: x"`
	assert.Equal(t, []string{value}, s.line(value), "a value is no line of go")
	assert.Equal(t, "undefined: x", English.Explained("undefined: x"), "English stays English")
	assert.Empty(t, English.Meaning("undefined: x"))
}

// What an analyzer reports is put together from parts: each of them is Korean.
func TestSaid_ofAnAnalyzer(t *testing.T) {
	for english, korean := range map[string]string{
		"the MAC of a message is compared with bytes.Equal, which takes longer the more of it is right; " +
			"hmac.Equal and subtle.ConstantTimeCompare do not": "bytes.Equal로 비교하는 것은 메시지의 MAC입니다",
		"token, here t, is compared in a switch, which takes longer the more of it is right; " +
			"hmac.Equal and subtle.ConstantTimeCompare do not": "token(여기서는 t)",
		"the token chooses its algorithm: pass jwt.WithValidMethods with the one you sign with; and " +
			"a token without exp lives for ever: pass jwt.WithExpirationRequired()": "니다. jwt.WithExpirationRequired()",
	} {
		assert.Contains(t, Korean.Said(english), korean)
		assert.NotRegexp(t, "[a-z]+ [a-z]+ ", Korean.Said(english))
	}
}
