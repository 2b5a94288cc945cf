package main

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
)

// What a JSON parser may take for JSON and what it must not, after RFC 8259. A
// body that two parsers could read in two ways is refused: the one in front of
// us may be another.
func TestJSON(t *testing.T) {
	s := newServer(t)
	const (
		malformed = "MALFORMED_REQUEST"
		invalid   = "VALIDATION_FAILED"
		read      = "INVALID_CREDENTIALS" // the body was understood
	)
	rows := []struct{ name, body, code string }{
		{"members in another order", `{"password":"x","username":"x"}`, read},
		{"white space wherever it may be", " \t\r\n{ \"username\" : \"x\" ,\n\"password\"\t:\r\"x\" } \n", read},
		{"escapes in a name", `{"user\u006eame":"x","password":"x"}`, read},
		{"every escape in a value", `{"username":"x","password":"\"\\\/\b\f\n\r\t\u0041"}`, read},
		{"a NUL in a value", `{"username":"x\u0000","password":"\u0000"}`, read},
		{"a pair of surrogates", `{"username":"\ud83d\ude00","password":"x"}`, read},
		{"characters past the BMP", `{"username":"😀","password":"𝄞"}`, read},
		{"noncharacters", "{\"username\":\"\uffff\",\"password\":\"\U0010ffff\"}", read},
		{"a replacement character of its own", `{"username":"\ufffd","password":"x"}`, read},
		{"DEL and C1 controls as they are", "{\"username\":\"\x7f\",\"password\":\"\u0080\"}", read},
		{"line separators of JavaScript", "{\"username\":\"\u2028\",\"password\":\"\u2029\"}", read},
		{"15 kB of password", `{"username":"x","password":"` + strings.Repeat("x", 15<<10) + `"}`, read},

		{"a number", `{"username":1,"password":"x"}`, invalid},
		{"a huge number", `{"username":1e999999,"password":"x"}`, invalid},
		{"a number of 10,000 digits", `{"username":` + strings.Repeat("9", 10_000) + `,"password":"x"}`, invalid},
		{"true", `{"username":true,"password":"x"}`, invalid},
		{"null", `{"username":null,"password":"x"}`, invalid},
		{"an array", `{"username":["x"],"password":"x"}`, invalid},
		{"an object", `{"username":{"$ne":""},"password":{"$ne":""}}`, invalid},
		{"an empty object", `{}`, invalid},
		{"an empty name", `{"":"x","username":"x","password":"x"}`, invalid},
		{"a name in other letters", `{"Username":"x","password":"x"}`, invalid},
		{"a name with a long s", `{"uſername":"x","password":"x"}`, invalid},
		{"a Kelvin sign", `{"username":"x","password":"x","\u212a":"x"}`, invalid},
		{"a prototype", `{"__proto__":{"admin":true},"username":"x","password":"x"}`, invalid},
		{"a thousand unknown members", "{" + manyMembers(1000) + "}", invalid},

		{"nothing", "", malformed},
		{"white space", " \n", malformed},
		{"a byte order mark", "\ufeff{}", malformed},
		{"UTF-16", "\xff\xfe{\x00}\x00", malformed},
		{"UTF-16 without a mark", "\x00{\x00}", malformed},
		{"a NUL behind", "{}\x00", malformed},
		{"a form feed as white space", "\f{}", malformed},
		{"a no-break space", "\u00a0{}", malformed},
		{"a string", `"x"`, malformed},
		{"a number alone", `0`, malformed},
		{"null alone", `null`, malformed},
		{"an array of objects", `[{}]`, malformed},
		{"two objects", `{}{}`, malformed},
		{"two objects on two lines", "{}\n{}", malformed},
		{"text behind", `{} x`, malformed},
		{"a comment", `{/**/}`, malformed},
		{"a line comment", "{}//", malformed},
		{"a hash comment", "{}#", malformed},
		{"a comma at the end", `{"username":"x",}`, malformed},
		{"two commas", `{"username":"x",,"password":"x"}`, malformed},
		{"a comma at the start", `{,"username":"x"}`, malformed},
		{"a semicolon", `{"username":"x";"password":"x"}`, malformed},
		{"no colon", `{"username" "x"}`, malformed},
		{"two colons", `{"username"::"x"}`, malformed},
		{"no value", `{"username":}`, malformed},
		{"no name", `{:"x"}`, malformed},
		{"a name without quotes", `{username:"x"}`, malformed},
		{"single quotes", `{'username':'x'}`, malformed},
		{"a number for a name", `{1:"x"}`, malformed},
		{"a name twice", `{"username":"x","username":"y","password":"x"}`, malformed},
		{"a name twice, once with an escape", `{"username":"x","\u0075sername":"y","password":"x"}`, malformed},
		{"an unknown name twice", `{"a":1,"a":1}`, malformed},
		{"a raw line break in a string", "{\"username\":\"x\n\"}", malformed},
		{"a raw tab in a string", "{\"username\":\"x\t\"}", malformed},
		{"a raw NUL in a string", "{\"username\":\"x\x00\"}", malformed},
		{"an unknown escape", `{"username":"\x41"}`, malformed},
		{"an escaped quote of another language", `{"username":"\'"}`, malformed},
		{"half an escape", `{"username":"\u00"}`, malformed},
		{"an escape that is not hexadecimal", `{"username":"\u00zz"}`, malformed},
		{"a capital U", `{"username":"\U0041"}`, malformed},
		{"a backslash at the end", `{"username":"\`, malformed},
		{"the first half of a pair", `{"username":"\ud800","password":"x"}`, malformed},
		{"the second half of a pair", `{"username":"\udc00","password":"x"}`, malformed},
		{"a pair the wrong way round", `{"username":"\udc00\ud800","password":"x"}`, malformed},
		{"half a pair before another escape", `{"username":"\ud83d\u0041","password":"x"}`, malformed},
		{"half a pair in a name", `{"\ud800":"x"}`, malformed},
		{"half a pair in a value that is thrown away", `{"a":{"b":["\ud800"]}}`, malformed},
		{"half a pair as UTF-8", "{\"username\":\"\xed\xa0\x80\"}", malformed},
		{"an overlong slash", "{\"username\":\"\xc0\xaf\"}", malformed},
		{"a byte past Unicode", "{\"username\":\"\xf4\xbf\xbf\xbf\"}", malformed},
		{"half a character", "{\"username\":\"\xe2\x82\"}", malformed},
		{"Latin-1", "{\"username\":\"\xe9\"}", malformed},
		{"invalid UTF-8 outside of strings", "{\xff}", malformed},
		{"a leading zero", `{"a":01}`, malformed},
		{"a plus sign", `{"a":+1}`, malformed},
		{"a dot without digits", `{"a":1.}`, malformed},
		{"digits without a number before the dot", `{"a":.5}`, malformed},
		{"an exponent without digits", `{"a":1e}`, malformed},
		{"hexadecimal", `{"a":0x1}`, malformed},
		{"not a number", `{"a":NaN}`, malformed},
		{"infinity", `{"a":-Infinity}`, malformed},
		{"full-width digits", `{"a":１}`, malformed},
		{"Python's True", `{"a":True}`, malformed},
		{"undefined", `{"a":undefined}`, malformed},
		{"half a word", `{"a":tru}`, malformed},
		{"an object that does not end", `{"username":"x"`, malformed},
		{"an object that ends as an array", `{"username":"x"]`, malformed},
		{"a bracket too many", `{"username":"x"}}`, malformed},
		{"10,000 arrays, one in the other", `{"a":` + strings.Repeat("[", 10_000), malformed},
		{"5,000 objects, one in the other", strings.Repeat(`{"":`, 4000), malformed},
		{"a deep value that is well formed", `{"a":` + strings.Repeat("[", 8000) + strings.Repeat("]", 8000) + `}`, invalid},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			a := s.do("POST", "/login", row.body, header("Content-Type", "application/json"))
			assert.Equal(t, row.code, a.code(), a.body)
			assert.Less(t, len(a.body), 8<<10, "an answer does not grow with what was sent")
			a = s.do("POST", "/signup", row.body, header("Content-Type", "application/json"))
			assert.Equal(t, http.StatusBadRequest, a.status, "no nickname, so nobody signs up: %s", a.body)
		})
	}
	assert.NotContains(t, s.log.String(), `"msg":"panic"`)
}

func manyMembers(n int) string {
	var members []string
	for i := range n {
		members = append(members, `"`+strconv.Itoa(i)+`":0`)
	}
	return strings.Join(members, ",")
}

// One media type is read; no other parser may look at a body.
func TestJSON_contentEncodings(t *testing.T) {
	s := newServer(t)
	s.signUp()
	for encoding, code := range map[string]string{
		"":                   "",
		"identity":           "",
		"Identity, identity": "",
		"gzip":               "UNSUPPORTED_MEDIA_TYPE", // a plain body that says so is no better
		"identity, gzip":     "UNSUPPORTED_MEDIA_TYPE",
		"br":                 "UNSUPPORTED_MEDIA_TYPE",
		"x":                  "UNSUPPORTED_MEDIA_TYPE",
	} {
		a := s.do("POST", "/login", testkit.JinHoLogsIn, header("Content-Encoding", encoding))
		assert.Equal(t, code, a.code(), "%q", encoding)
	}
	for _, row := range []struct{ method, path, body string }{
		{"POST", "/signup", `{"username":"second","password":"12341234","nickname":"Second"}`},
		{"PUT", "/me/password", `{"currentPassword":"12341234","newPassword":"new-password"}`},
		{"DELETE", "/me", `{"currentPassword":"12341234"}`},
	} {
		access, _ := s.logIn()
		a := s.do(row.method, row.path, row.body, bearer(access), header("Content-Encoding", "gzip"))
		assert.Equal(t, http.StatusUnsupportedMediaType, a.status, row.path)
	}
	s.logIn() // the password is the same, and the account is there
}

func TestJSON_mediaTypes(t *testing.T) {
	s := newServer(t)
	for contentType, code := range map[string]string{
		"application/json":                                  "INVALID_CREDENTIALS",
		"application/json; charset=utf-8":                   "INVALID_CREDENTIALS",
		"APPLICATION/JSON ;charset=\"UTF-8\"":               "INVALID_CREDENTIALS",
		"application/json; charset=utf-16":                  "UNSUPPORTED_MEDIA_TYPE",
		"application/json; charset=utf-8; charset=us-ascii": "UNSUPPORTED_MEDIA_TYPE",
		"application/json, text/plain":                      "UNSUPPORTED_MEDIA_TYPE",
		"application/json; profile=x":                       "UNSUPPORTED_MEDIA_TYPE",
		"application/json;":                                 "INVALID_CREDENTIALS",
		"application/jsonx":                                 "UNSUPPORTED_MEDIA_TYPE",
		"application/json+x":                                "UNSUPPORTED_MEDIA_TYPE",
		"application/problem+json":                          "UNSUPPORTED_MEDIA_TYPE",
		"text/json":                                         "UNSUPPORTED_MEDIA_TYPE",
		"text/plain":                                        "UNSUPPORTED_MEDIA_TYPE", // what a form of another site can send
		"application/x-www-form-urlencoded":                 "UNSUPPORTED_MEDIA_TYPE",
		"multipart/form-data; boundary=x":                   "UNSUPPORTED_MEDIA_TYPE",
		"application/xml":                                   "UNSUPPORTED_MEDIA_TYPE",
		"":                                                  "UNSUPPORTED_MEDIA_TYPE",
		"/":                                                 "UNSUPPORTED_MEDIA_TYPE",
		"json":                                              "UNSUPPORTED_MEDIA_TYPE",
		"application/json; charset=" + strings.Repeat("x", 9000): "UNSUPPORTED_MEDIA_TYPE",
	} {
		a := s.do("POST", "/login", `{"username":"x","password":"x"}`, header("Content-Type", contentType))
		if a.code() == "TOO_MANY_REQUESTS" {
			t.Fatal("too many rows for one name")
		}
		assert.Equal(t, code, a.code(), contentType)
	}
}
