package accounts

import (
	"io"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// decodeTarget is a request body of both types of member.
type decodeTarget struct {
	Word string   `json:"word"`
	List []string `json:"list"`
}

func TestDecode(t *testing.T) {
	const ok = problem.Code("")
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	type row struct {
		name      string
		mediaType string // application/json if empty
		body      string
		code      problem.Code
		wrong     []string // field CODE
	}
	rows := []row{
		{name: "one object", body: `{"word":"x","list":["a"]}`},
		{name: "white space around it", body: " {\"word\":\"x\"}\r\n"},
		{name: "charset=UTF-8", mediaType: "application/json; charset=UTF-8", body: `{}`},
		{name: "the media type in capitals", mediaType: "Application/JSON", body: `{}`},

		{name: "no media type", mediaType: "-", body: `{}`, code: problem.UnsupportedMediaType},
		{name: "text/plain", mediaType: "text/plain", body: `{}`, code: problem.UnsupportedMediaType},
		{name: "a form", mediaType: "application/x-www-form-urlencoded", body: `{}`, code: problem.UnsupportedMediaType},
		{name: "a type that starts alike", mediaType: "application/jsonp", body: `{}`, code: problem.UnsupportedMediaType},
		{name: "another charset", mediaType: "application/json; charset=euc-kr", body: `{}`, code: problem.UnsupportedMediaType},
		{name: "another parameter", mediaType: "application/json; v=1", body: `{}`, code: problem.UnsupportedMediaType},
		{name: "another parameter with a known value", mediaType: "application/json; v=utf-8", body: `{}`, code: problem.UnsupportedMediaType},
		{name: "a media type that is none", mediaType: "application/json;;", body: `{}`, code: problem.UnsupportedMediaType},

		{name: "no body", body: "", code: problem.MalformedRequest},
		{name: "white space alone", body: " \n", code: problem.MalformedRequest},
		{name: "a byte order mark", body: "\ufeff{}", code: problem.MalformedRequest},
		{name: "a NUL byte", body: "{\"word\":\"a\x00\"}", code: problem.MalformedRequest},
		{name: "a NUL byte after the object", body: "{}\x00", code: problem.MalformedRequest},
		{name: "invalid UTF-8 in a value", body: "{\"word\":\"\xff\"}", code: problem.MalformedRequest},
		{name: "an encoded surrogate", body: "{\"word\":\"\xed\xa0\x80\"}", code: problem.MalformedRequest},
		{name: "half of an escaped surrogate pair", body: `{"word":"\ud800"}`, code: problem.MalformedRequest},
		{name: "half of a pair in a name", body: `{"\ud800":1}`, code: problem.MalformedRequest},
		{name: "data after the object", body: `{} {}`, code: problem.MalformedRequest},
		{name: "a comma at the end", body: `{"word":"x",}`, code: problem.MalformedRequest},
		{name: "single quotes", body: `{'word':'x'}`, code: problem.MalformedRequest},
		{name: "a comment", body: `{/**/}`, code: problem.MalformedRequest},
		{name: "an object cut short", body: `{"word":"x"`, code: problem.MalformedRequest},
		{name: "NaN", body: `{"word":NaN}`, code: problem.MalformedRequest},
		{name: "an array", body: `[]`, code: problem.MalformedRequest},
		{name: "null", body: `null`, code: problem.MalformedRequest},
		{name: "a name that comes twice", body: `{"word":"x","word":"y"}`, code: problem.MalformedRequest},
		{name: "8,000 arrays in each other", body: deep(8000), code: problem.MalformedRequest},
		{name: "10,000 arrays that never close", body: deep(10000)[:10000], code: problem.MalformedRequest},
		{name: "10,000 arrays in each other", body: deep(10000), code: problem.PayloadTooLarge},

		{name: "16 KiB to the byte", body: `{"word":"` + strings.Repeat("x", 16<<10-11) + `"}`},
		{name: "a byte more", body: `{"word":"` + strings.Repeat("x", 16<<10-10) + `"}`, code: problem.PayloadTooLarge},
		{name: "a megabyte of white space", body: strings.Repeat(" ", 1<<20) + `{}`, code: problem.PayloadTooLarge},

		{name: "a number for a string", body: `{"word":7}`, wrong: []string{"word WRONG_TYPE"}},
		{name: "null for a string", body: `{"word":null}`, wrong: []string{"word WRONG_TYPE"}},
		{name: "an object for a string", body: `{"word":{"a":1,"a":2}}`, wrong: []string{"word WRONG_TYPE"}},
		{name: "deep arrays for a string", body: `{"word":` + deep(4000) + `}`, wrong: []string{"word WRONG_TYPE"}},
		{name: "a string for an array", body: `{"list":"x"}`, wrong: []string{"list WRONG_TYPE"}},
		{name: "a number in the array", body: `{"list":["x",1]}`, wrong: []string{"list WRONG_TYPE"}},
		{name: "an unknown member", body: `{"role":"ADMIN"}`, wrong: []string{"role UNKNOWN_FIELD"}},
		{name: "a name in another case", body: `{"Word":"x"}`, wrong: []string{"Word UNKNOWN_FIELD"}},
		{name: "a name that Go would fold", body: `{"liſt":["x"]}`, wrong: []string{"liſt UNKNOWN_FIELD"}},
		{name: "all wrong members at once", body: `{"a":1,"word":2,"list":3}`,
			wrong: []string{"a UNKNOWN_FIELD", "word WRONG_TYPE", "list WRONG_TYPE"}},
	}
	exercise.Rows(t, "4.2", rows, func(t *testing.T, row row) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(row.body))
		switch row.mediaType {
		case "":
			r.Header.Set("Content-Type", "application/json")
		case "-":
		default:
			r.Header.Set("Content-Type", row.mediaType)
		}
		wrong, err := decode(httptest.NewRecorder(), r, &decodeTarget{})
		if row.code != ok {
			require.Error(t, err, "this is not one JSON object in application/json")
			assert.Equal(t, row.code, problem.From(err).Code, "the code tells the client what to correct")
			return
		}
		require.NoError(t, err)
		assert.Equal(t, row.wrong, answer{fields: wrong}.fieldCodes(), "each wrong member is named, and no other")
	})
}

func TestDecode_twoMediaTypes(t *testing.T) {
	r := httptest.NewRequest("POST", "/", strings.NewReader("{}"))
	r.Header["Content-Type"] = []string{"application/json", "text/plain"}
	_, err := decode(httptest.NewRecorder(), r, &decodeTarget{})
	assert.Equal(t, problem.UnsupportedMediaType, problem.From(err).Code, "which of the two would count?")
}

func TestDecode_saysWhatIsWrong(t *testing.T) {
	for body, want := range map[string]string{
		"":  "The body is empty; send a JSON object.",
		"x": "The body is not one JSON value; look at byte 1.",
	} {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		_, err := decode(httptest.NewRecorder(), r, &decodeTarget{})
		assert.Equal(t, want, problem.From(err).Detail, "a body %q", body)
	}
}

func TestClip(t *testing.T) {
	name := strings.Repeat("가", 64)
	assert.Equal(t, name, clip(name), "a name of 64 characters is repeated whole")
	assert.Equal(t, name+"…", clip(name+"가"))
}

// brokenBody fails as a connection does that the client closed.
type brokenBody struct{}

func (brokenBody) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

func TestDecode_bodyCutShort(t *testing.T) {
	r := httptest.NewRequest("POST", "/", brokenBody{})
	r.Header.Set("Content-Type", "application/json")
	_, err := decode(httptest.NewRecorder(), r, &decodeTarget{})
	assert.Equal(t, problem.MalformedRequest, problem.From(err).Code, "a client that hangs up is no fault of the server")
}

// What a client typed into the wrong place may be a secret.
func TestDecode_neverRepeatsAValue(t *testing.T) {
	type row struct{ name, body string }
	rows := []row{
		{"a wrong type", `{"word":["hunter2"]}`},
		{"no quotes", `{"word":hunter2}`},
		{"an object cut short", `{"word":"hunter2"`},
		{"no object", `hunter2`},
		{"an unknown member", `{"other":"hunter2"}`},
	}
	exercise.Rows(t, "4.2", rows, func(t *testing.T, row row) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(row.body))
		r.Header.Set("Content-Type", "application/json")
		wrong, err := decode(httptest.NewRecorder(), r, &decodeTarget{})
		if err == nil {
			err = problem.Invalid(wrong...)
		}
		rec := httptest.NewRecorder()
		problem.Write(rec, err)
		assert.NotContains(t, rec.Body.String(), "hunter2", "clients log what they are answered")
	})
}

func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{"word":"x","list":["a","b"]}`, `{"word":"\ud83d\ude00"}`, `{"word":"\ud800"}`,
		`{"a":1,"a":2}`, `{"word":null}`, "\ufeff{}", `[[[[`, `{"word":"\\ud800"}`, ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		exercise.Needs(t, "4.2")
		defer func() { assert.Nil(t, recover(), "no input may cause a panic") }()
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		var dst decodeTarget
		_, err := decode(httptest.NewRecorder(), r, &dst)
		if err != nil {
			assert.Less(t, problem.From(err).Code.Status(), 500, "no input is the server's fault")
			return
		}
		assert.True(t, utf8.ValidString(dst.Word), "what was read is text")
		if !strings.Contains(body, "\ufffd") && !strings.Contains(strings.ToLower(body), `\ufffd`) {
			assert.NotContains(t, dst.Word, "\ufffd", "nothing was replaced")
		}
	})
}
