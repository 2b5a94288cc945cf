package middleware_test

import (
	"cmp"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBearerToken(t *testing.T) {
	none, bad := problem.TokenNotFound, problem.InvalidToken
	rows := []struct {
		name    string
		path    string
		headers []string
		token   string
		code    problem.Code // "" if the token is found
	}{
		{name: "a token is found", headers: []string{"Bearer a.b.c"}, token: "a.b.c"},
		{name: "all characters of a token68", headers: []string{"Bearer AZaz09-._~+/=="}, token: "AZaz09-._~+/=="},
		{name: "the scheme in lower case", headers: []string{"bearer a.b.c"}, token: "a.b.c"},
		{name: "the scheme in upper case", headers: []string{"BEARER a.b.c"}, token: "a.b.c"},
		{name: "several spaces, as RFC 6750 allows", headers: []string{"Bearer   a.b.c"}, token: "a.b.c"},
		{name: "a token that begins with the scheme's name", headers: []string{"Bearer Bearer"}, token: "Bearer"},

		{name: "no header", code: none},
		{name: "an empty header", headers: []string{""}, code: none},
		{name: "the scheme alone", headers: []string{"Bearer"}, code: none},
		{name: "the scheme and spaces", headers: []string{"Bearer  "}, code: none},
		{name: "another scheme", headers: []string{"Basic amluOjEyMzQ="}, code: none},
		{name: "a scheme that begins like Bearer", headers: []string{"Bearerx a.b.c"}, code: none},
		{name: "a token without its scheme", headers: []string{"a.b.c"}, code: none},
		{name: "a token in the query string", path: "/?access_token=a.b.c&token=a.b.c", code: none},

		{name: "two headers", headers: []string{"Bearer a.b.c", "Bearer d.e.f"}, code: bad},
		{name: "the same header twice", headers: []string{"Bearer a.b.c", "Bearer a.b.c"}, code: bad},
		{name: "another scheme beside it", headers: []string{"Basic amluOjEyMzQ=", "Bearer a.b.c"}, code: bad},
		{name: "two tokens", headers: []string{"Bearer a.b.c d.e.f"}, code: bad},
		{name: "the scheme twice", headers: []string{"Bearer Bearer a.b.c"}, code: bad},
		{name: "a list of credentials", headers: []string{"Bearer a.b.c, Bearer d.e.f"}, code: bad},
		{name: "quotes", headers: []string{`Bearer "a.b.c"`}, code: bad},
		{name: "a tab instead of a space is another scheme", headers: []string{"Bearer\ta.b.c"}, code: none},
		{name: "a tab after the space", headers: []string{"Bearer \ta.b.c"}, code: bad},
		{name: "a letter that is not ASCII", headers: []string{"Bearer a.b.ç"}, code: bad},
		{name: "a NUL", headers: []string{"Bearer a.b\x00.c"}, code: bad},
		{name: "a line end", headers: []string{"Bearer a.b.c\r\n"}, code: bad},
		{name: "padding alone", headers: []string{"Bearer =="}, code: bad},
		{name: "padding in the middle", headers: []string{"Bearer a=b"}, code: bad},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r := get(cmp.Or(row.path, "/"))
			r.Header["Authorization"] = row.headers
			token, err := middleware.BearerToken(r)
			assert.Equal(t, row.token, token, "a token that comes with an error would be used one day")
			if row.code == "" {
				require.NoError(t, err)
				return
			}
			require.Error(t, err)
			assert.Equal(t, row.code, problem.From(err).Code)
			assert.NotContains(t, err.Error(), "a.b", "an error is logged, and a token is a secret")
		})
	}
}

func FuzzBearerToken(f *testing.F) {
	for _, seed := range []string{"Bearer a.b.c", "bearer  x==", "Bearer", "Basic abc", "Bearer a b", "Bearer \xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		r := get("/")
		r.Header.Set("Authorization", header)
		token, err := middleware.BearerToken(r)
		if err != nil {
			assert.Empty(t, token)
			return
		}
		assert.Regexp(t, `^[A-Za-z0-9\-._~+/]+=*$`, token)
		assert.Regexp(t, `^(?i:bearer) +`, header)
	})
}
