package lab

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	jwtbasics "example.com/authbook/02-jwt-basics"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// newTestLab returns a lab of a server that refuses all tokens but one.
func newTestLab(t *testing.T) *Lab {
	t.Helper()
	l, err := New(Config{Missing: http.NotFoundHandler(), Judge: func(token string) error {
		if token == "the server's own" {
			return nil
		}
		return jwtbasics.ErrHeader
	}})
	require.NoError(t, err)
	return l
}

// post sends JSON to the lab as its page does, and reads the answer.
func (l *Lab) post(t *testing.T, path string, body, answer any) {
	t.Helper()
	text, err := json.Marshal(body)
	require.NoError(t, err)
	r := httptest.NewRequest("POST", "/lab/api/"+path, strings.NewReader(string(text)))
	r.Host, r.RemoteAddr = "localhost:8080", "127.0.0.1:5000"
	rec := httptest.NewRecorder()
	l.ServeHTTP(rec, r)
	require.Equal(t, http.StatusOK, rec.Code, rec.Body)
	require.NoError(t, json.Unmarshal(rec.Body.Bytes(), answer))
}

func (l *Lab) signed(t *testing.T, header, payload string) string {
	t.Helper()
	var a tokenText
	l.post(t, "anatomy/sign", map[string]string{"header": header, "payload": payload}, &a)
	return a.Token
}

// judged is "check" for each judge, with ! where its base64url was refused, and ok for a
// token that is accepted.
func (l *Lab) judged(t *testing.T, token string) (all []string, server verdict) {
	t.Helper()
	var a struct {
		Judges []verdict
		Server verdict
	}
	l.post(t, "anatomy/judge", tokenText{token}, &a)
	for _, v := range a.Judges {
		word := v.Refused
		if v.Accepted {
			word = "ok"
		}
		if v.Decoding {
			word += "!"
		}
		all = append(all, word)
	}
	return all, a.Server
}

// A learner's code may panic where the lab asks it which check it was.
func TestJudge_outlivesAPanic(t *testing.T) {
	const token = "e30.e30.AA"
	boom := func(string) error { panic("TODO") }
	for name, first := range map[string]verify{
		"that tells why": func(string) error { return jwtbasics.ErrMalformed }, "that judges": boom,
	} {
		j := byHand(nil)
		j.open, j.build = boom, func(jwtbasics.Policy) (verify, error) { return first, nil }
		got := j.verdict(token)
		assert.False(t, got.Accepted, name)
		assert.Equal(t, none, got.Refused, name)
		assert.NotEmpty(t, got.Error, name)
	}
}

func TestAnatomy_namesTheFirstCheckThatRefuses(t *testing.T) {
	l := newTestLab(t)
	const alg, typ = `{"alg":"HS256"}`, `{"alg":"HS256","typ":"JWT"}`
	claims := func(change string) string {
		now := time.Now().Unix()
		if change == "expired" {
			now, change = now-1000, " > "
		}
		const format = `{"iss":"authbook","aud":"authbook","sub":"a","sid":"b","jti":"c","iat":%d,"exp":%d}`
		text := fmt.Sprintf(format, now, now+900)
		old, replaced, _ := strings.Cut(change, " > ")
		require.Contains(t, text, old)
		return strings.Replace(text, old, replaced, 1)
	}
	good := l.signed(t, typ, claims(" > "))
	var issued tokenText
	l.post(t, "anatomy/token", nil, &issued)
	encoded, _, _ := strings.Cut(issued.Token, ".")
	head, err := jwtbasics.DecodeSegment(encoded)
	require.NoError(t, err)
	issuedHeader := string(head)
	rows := []struct {
		name, token, want string // by hand, library, server
	}{
		{"as the server signs", issued.Token, "header ok ok"},
		{"as the codecs of chapter 02 sign", good, "ok ok header"},
		{"two segments", "a.b", "split split split"},
		{"nothing", "", "split split split"},
		{"padding at its end", good + "=", "signature! signature! header"},
		{"padding on the server's own", issued.Token + "=", "header signature! signature!"},
		{"a header that is no base64url", "?" + good, "header! header! header"},
		{"alg in small letters", l.signed(t, strings.ToLower(alg), claims(" > ")), "header header header"},
		{"the algorithm of another key", l.signed(t, `{"alg":"HS512"}`, claims(" > ")), "header signature header"},
		{"a kid that names a file", l.signed(t, `{"alg":"HS256","kid":"../../dev/null","typ":"JWT"}`, claims(" > ")), "header ok header"},
		{"alg twice", l.signed(t, `{"alg":"HS256","alg":"HS256"}`, claims(" > ")), "header ok header"},
		{"a header that is a list", l.signed(t, `[]`, claims(" > ")), "header header header"},
		{"another signature", good[:len(good)-8] + "AAAAAAAA", "signature signature header"},
		{"claims that are no JSON", l.signed(t, typ, `{`), "claims claims header"},
		{"no sub", l.signed(t, typ, claims(`"sub":"a", > `)), "claims claims header"},
		{"another audience", l.signed(t, typ, claims(`"aud":"authbook" > "aud":"shop"`)), "policy policy header"},
		{"for longer than the policy allows", l.signed(t, typ, claims(`"exp":1 > "exp":9`)), "policy policy header"},
		{"an end that is past", l.signed(t, typ, claims("expired")), "times times header"},
		{"the server's header and an end that is past", l.signed(t, issuedHeader, claims("expired")), "header times times"},
		{"the server's header and another audience", l.signed(t, issuedHeader, claims(`"aud":"authbook" > "aud":"shop"`)), "header policy policy"},
		{"the server's header and no sub", l.signed(t, issuedHeader, claims(`"sub":"a", > `)), "header claims claims"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, server := l.judged(t, row.token)
			assert.Equal(t, row.want, strings.Join(got, " "))
			assert.Equal(t, header, server.Refused, "the server's own keys know none of these")
		})
	}
	_, server := l.judged(t, "the server's own")
	assert.True(t, server.Accepted)
}
