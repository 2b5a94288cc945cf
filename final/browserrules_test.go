package main

import (
	"net/http"
	"strings"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every answer, refusals too, tells browsers to keep it to themselves.
func TestHeaders_onEveryAnswer(t *testing.T) {
	for _, publicURL := range []string{"http://localhost:8080", "https://auth.example.com"} {
		t.Run(publicURL, func(t *testing.T) {
			s := newServer(t, func(c *config.Config) { c.PublicURL = config.Origin(publicURL); c.RatePerSecond = 1 })
			s.signUp()
			access, refresh := s.logIn()
			form := header("Content-Type", "text/plain")
			answers := map[string]answer{
				"signup taken":     s.do("POST", "/signup", testkit.JinHo),
				"login":            s.do("POST", "/login", testkit.JinHoLogsIn),
				"login wrong":      s.do("POST", "/login", `{"username":"x","password":"y"}`),
				"login malformed":  s.do("POST", "/login", `{`),
				"login media type": s.do("POST", "/login", `x`, form),
				"login cross site": s.do("POST", "/login", testkit.JinHoLogsIn, header("Origin", "https://evil.example")),
				"login method":     s.do("GET", "/login", ""),
				"refresh":          s.do("POST", "/refresh", "", cookie(refresh)),
				"refresh nothing":  s.do("POST", "/refresh", ""),
				"me":               s.do("GET", "/me", "", bearer(access)),
				"me nobody":        s.do("GET", "/me", ""),
				"me head":          s.do("HEAD", "/me", "", bearer(access)),
				"sessions":         s.do("GET", "/me/sessions", "", bearer(access)),
				"password wrong": s.do("PUT", "/me/password", `{"currentPassword":"x","newPassword":"new-password"}`,
					bearer(access)),
				"too large":         s.do("PUT", "/me/password", strings.Repeat(" ", 20_000), bearer(access)),
				"roles denied":      s.do("PATCH", "/admin/users/x/roles", `{"roles":["USER"]}`, bearer(access)),
				"nothing here":      s.do("GET", "/nothing", ""),
				"healthz":           s.do("GET", "/healthz", ""),
				"version":           s.do("GET", "/version", ""),
				"openapi":           s.do("GET", "/openapi.json", ""),
				"home":              s.do("GET", "/", ""),
				"swagger":           s.do("GET", "/swagger/index.html", ""),
				"swagger redirect":  s.do("GET", "/swagger/", ""),
				"swagger script":    s.do("GET", "/swagger/swagger-ui-bundle.js", ""),
				"logout everywhere": s.do("POST", "/logout/all", "", bearer(access)),
				"logout":            s.do("POST", "/logout", "", cookie(refresh)),
				"too many": until429(t,
					func() answer { return s.do("POST", "/login", `{"username":"y","password":"y"}`) }),
			}
			for name, a := range answers {
				h := a.header
				assert.Equal(t, []string{"nosniff"}, h.Values("X-Content-Type-Options"), name)
				assert.Equal(t, []string{"DENY"}, h.Values("X-Frame-Options"), name)
				assert.Equal(t, []string{"no-referrer"}, h.Values("Referrer-Policy"), name)
				require.Len(t, h.Values("Content-Security-Policy"), 1, name)
				policy := directives(h.Get("Content-Security-Policy"))
				assert.Equal(t, "'none'", policy["frame-ancestors"], name)
				assert.Equal(t, "'none'", policy["default-src"], name)
				for _, directive := range []string{"script-src", "style-src"} {
					assert.NotContains(t, policy[directive], "unsafe", "%s of %s", directive, name)
					assert.NotContains(t, policy[directive], "*", "%s of %s", directive, name)
				}
				for _, header := range []string{
					"Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Server", "X-Powered-By",
				} {
					assert.Empty(t, h.Values(header), "%s of %s", header, name)
				}
				if !strings.HasPrefix(name, "swagger") {
					assert.Equal(t, "no-store", h.Get("Cache-Control"), name)
				}
				assert.Equal(t, strings.HasPrefix(publicURL, "https"), h.Get("Strict-Transport-Security") != "", name)
			}
		})
	}
}

func directives(policy string) map[string]string {
	all := map[string]string{}
	for directive := range strings.SplitSeq(policy, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(directive), " ")
		all[name] = value
	}
	return all
}

// What another site's page can make a browser send changes nothing: the routes
// that read or set the cookie ask the browser where a request comes from.
func TestCrossOrigin(t *testing.T) {
	const own = "https://auth.example.com"
	rows := []struct {
		name    string
		headers map[string]string
		passes  bool
	}{
		{"a program that is no browser", nil, true},
		{"our own page", map[string]string{"Sec-Fetch-Site": "same-origin", "Origin": own}, true},
		{"our own page behind a proxy that changes Host", map[string]string{"Origin": own}, true},
		{"typed in by a person", map[string]string{"Sec-Fetch-Site": "none"}, true},
		{"another site", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, false},
		{"another site in a browser without Sec-Fetch-Site", map[string]string{"Origin": "https://evil.example"}, false},
		{"a sibling host of ours", map[string]string{"Sec-Fetch-Site": "same-site", "Origin": "https://blog.example.com"}, false},
		{"a sibling host, and no Origin", map[string]string{"Sec-Fetch-Site": "same-site"}, false},
		{"our host over plain HTTP", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "http://auth.example.com"}, false},
		{"our host on another port", map[string]string{"Sec-Fetch-Site": "same-site", "Origin": own + ":8443"}, false},
		{"a frame in a sandbox", map[string]string{"Sec-Fetch-Site": "cross-site", "Origin": "null"}, false},
		{"an Origin that only begins like ours", map[string]string{"Origin": own + ".evil.example"}, false},
		{"a word that no browser sends", map[string]string{"Sec-Fetch-Site": "friendly"}, false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := newServer(t, func(c *config.Config) { c.PublicURL = own })
			s.signUp()
			access, refresh := s.logIn()
			from := func(r *http.Request) {
				for name, value := range row.headers {
					r.Header.Set(name, value)
				}
			}
			for _, path := range []string{"/login", "/refresh", "/logout", "/logout/all"} {
				body := ""
				if path == "/login" {
					body = testkit.JinHoLogsIn
				}
				a := s.do("POST", path, body, cookie(refresh), bearer(access), from)
				if row.passes {
					assert.NotEqual(t, http.StatusForbidden, a.status, path)
					continue
				}
				assert.Equal(t, "ACCESS_DENIED", a.code(), path)
				assert.Empty(t, a.header.Values("Set-Cookie"), path)
				assert.Equal(t, http.StatusOK, s.me(access), "nothing has ended")
			}
		})
	}
}

// Two cookies of one name: one of them was planted.
func TestCookies_ofTheSameName(t *testing.T) {
	s := newServer(t)
	s.signUp()
	_, mine := s.logIn()
	_, planted := s.logIn()
	raw := func(value string) option { return header("Cookie", value) }
	assert.Equal(t, "INVALID_TOKEN",
		s.do("POST", "/refresh", "", raw("refresh="+mine.Value+"; refresh="+planted.Value)).code())
	assert.Equal(t, "INVALID_TOKEN",
		s.do("POST", "/refresh", "", raw("refresh="+planted.Value+"; refresh="+mine.Value)).code())
	assert.Equal(t, "INVALID_TOKEN", s.do("POST", "/refresh", "", raw("refresh=nonsense; refresh="+mine.Value)).code())
	assert.Equal(t, "TOKEN_NOT_FOUND", s.do("POST", "/refresh", "", raw("REFRESH="+mine.Value)).code(),
		"names have a case")
	assert.Equal(t, "TOKEN_NOT_FOUND", s.do("POST", "/refresh", "", raw("refresh=")).code())
	assert.Equal(t, http.StatusOK, s.do("POST", "/refresh", "", raw("refresh="+mine.Value+"; refresh="+mine.Value)).status,
		"twice the same is one")
	for _, c := range []*http.Cookie{mine, planted} {
		assert.Equal(t, http.StatusOK, s.do("POST", "/refresh", "", cookie(c)).status, "and nothing was revoked")
	}
}
