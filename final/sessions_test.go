package main

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRefresh_rotates(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, first := s.logIn()

	a := s.do("POST", "/refresh", "", cookie(first))
	require.Equal(t, http.StatusOK, a.status, a.body)
	second := a.refresh(t)
	assert.NotEqual(t, first.Value, second.Value)
	assert.NotEqual(t, access, a.token(t))
	assert.Equal(t, http.StatusOK, s.me(a.token(t)))

	again := s.do("POST", "/refresh", "", cookie(first))
	require.Equal(t, http.StatusOK, again.status, "a lost response must not log anybody out")
	assert.Equal(t, second.Value, again.refresh(t).Value, "the same successor, not a second one")
}

func TestRefresh_ofAnOldTokenEndsTheSession(t *testing.T) {
	s := newServer(t)
	s.signUp()
	_, first := s.logIn()
	second := s.do("POST", "/refresh", "", cookie(first)).refresh(t)
	last := s.do("POST", "/refresh", "", cookie(second))
	require.Equal(t, http.StatusOK, s.me(last.token(t)))

	stolen := s.do("POST", "/refresh", "", cookie(first))
	assert.Equal(t, "INVALID_TOKEN", stolen.code())
	assert.Empty(t, stolen.header.Values("Set-Cookie"), "a failed refresh leaves cookies alone")
	assert.Equal(t, http.StatusUnauthorized, s.me(last.token(t)), "two generations old is theft: nobody keeps the session")
	assert.Equal(t, "INVALID_TOKEN", s.do("POST", "/refresh", "", cookie(last.refresh(t))).code())
}

func TestRefresh_refuses(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, good := s.logIn()
	rows := []struct {
		name, value, code string
	}{
		{"a token with a changed MAC", flipLast(good.Value), "INVALID_TOKEN"},
		{"a token with a raised generation", strings.Replace(good.Value, ".0.", ".1.", 1), "INVALID_TOKEN"},
		{"an access token", access, "INVALID_TOKEN"},
		{"nonsense", "nonsense", "INVALID_TOKEN"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			a := s.do("POST", "/refresh", "", cookie(&http.Cookie{Name: "refresh", Value: row.value}))
			assert.Equal(t, http.StatusUnauthorized, a.status)
			assert.Equal(t, row.code, a.code())
			assert.Equal(t, http.StatusOK, s.me(access), "a forged token must not end the session")
		})
	}
	t.Run("a request without the cookie", func(t *testing.T) {
		assert.Equal(t, "TOKEN_NOT_FOUND", s.do("POST", "/refresh", "").code())
	})
	t.Run("another site's page", func(t *testing.T) {
		a := s.do("POST", "/refresh", "", cookie(good), header("Sec-Fetch-Site", "cross-site"))
		assert.Equal(t, "ACCESS_DENIED", a.code())
	})
	assert.Equal(t, http.StatusOK, s.do("POST", "/refresh", "", cookie(good)).status,
		"after all that, the real token still works")
}

// flipLast changes a bit that a lenient decoder would not look at the same way:
// the first character of the last segment.
func flipLast(token string) string {
	i := strings.LastIndex(token, ".") + 1
	flipped := byte('A')
	if token[i] == 'A' {
		flipped = 'B'
	}
	return token[:i] + string(flipped) + token[i+1:]
}

func TestMe_refusesARefreshToken(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, refresh := s.logIn()
	assert.Equal(t, "INVALID_TOKEN", s.do("GET", "/me", "", bearer(refresh.Value)).code())
	assert.Equal(t, "TOKEN_NOT_FOUND", s.do("GET", "/me", "").code())
	assert.Equal(t, "TOKEN_NOT_FOUND", s.do("GET", "/me", "", cookie(refresh)).code(),
		"the cookie opens /refresh and nothing else")
	assert.Equal(t, http.StatusOK, s.me(access))
}

func TestRefresh_inParallelGivesOneSuccessor(t *testing.T) {
	s := newServer(t)
	s.signUp()
	_, first := s.logIn()
	const clients = 50
	successors := make([]string, clients)
	var group sync.WaitGroup
	for i := range clients {
		group.Go(func() {
			a := s.do("POST", "/refresh", "", cookie(first))
			assert.Equal(t, http.StatusOK, a.status, a.body)
			successors[i] = strings.Join(a.header.Values("Set-Cookie"), " ")
		})
	}
	group.Wait()
	for _, successor := range successors {
		value, _, _ := strings.Cut(successor, ";")
		want, _, _ := strings.Cut(successors[0], ";")
		assert.Equal(t, want, value)
	}
}

func TestLogOut(t *testing.T) {
	rows := []struct {
		name    string
		present func(access string, refresh *http.Cookie) []option
		ends    bool
	}{
		{"the cookie ends the session", func(_ string, c *http.Cookie) []option { return []option{cookie(c)} }, true},
		{"the access token ends the session", func(a string, _ *http.Cookie) []option { return []option{bearer(a)} }, true},
		{"nothing ends nothing", func(string, *http.Cookie) []option { return nil }, false},
		{"nonsense ends nothing", func(string, *http.Cookie) []option {
			return []option{bearer("nonsense"), cookie(&http.Cookie{Name: "refresh", Value: "nonsense"})}
		}, false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := newServer(t)
			s.signUp()
			access, refresh := s.logIn()
			for range 2 { // the second time is no different
				assert.Equal(t, http.StatusNoContent, s.do("POST", "/logout", "", row.present(access, refresh)...).status)
			}
			want := http.StatusOK
			if row.ends {
				want = http.StatusUnauthorized
			}
			assert.Equal(t, want, s.me(access))
			assert.Equal(t, want, s.do("POST", "/refresh", "", cookie(refresh)).status)
		})
	}
}

func TestLogOut_endsTheSessionsOfBothCredentials(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, _ := s.logIn()
	other, refresh := s.logIn()
	s.do("POST", "/logout", "", bearer(access), cookie(refresh))
	assert.Equal(t, http.StatusUnauthorized, s.me(access))
	assert.Equal(t, http.StatusUnauthorized, s.me(other))
}

func TestLogOut_fromAnotherSiteEndsNothing(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, refresh := s.logIn()
	for _, path := range []string{"/logout", "/logout/all"} {
		a := s.do("POST", path, "", cookie(refresh), bearer(access), header("Origin", "https://evil.example"))
		assert.Equal(t, "ACCESS_DENIED", a.code())
	}
	a := s.do("POST", "/login", testkit.JinHoLogsIn, header("Origin", "https://evil.example"))
	assert.Equal(t, "ACCESS_DENIED", a.code())
	assert.Equal(t, http.StatusOK, s.me(access))
}

func TestLogOutAll_endsEverySession(t *testing.T) {
	s := newServer(t)
	s.signUp()
	first, refresh := s.logIn()
	second, _ := s.logIn()
	require.Equal(t, http.StatusNoContent, s.do("POST", "/logout/all", "", bearer(second)).status)
	assert.Equal(t, http.StatusUnauthorized, s.me(first))
	assert.Equal(t, http.StatusUnauthorized, s.me(second))
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/refresh", "", cookie(refresh)).status)
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/logout/all", "", bearer(second)).status)
}

func TestEndSession(t *testing.T) {
	s := newServer(t)
	s.signUp()
	here, refreshHere := s.logIn()
	there, refreshThere := s.logIn()
	require.Equal(t, http.StatusCreated,
		s.do("POST", "/signup", `{"username":"second","password":"12341234","nickname":"Second"}`).status)
	second := s.do("POST", "/login", `{"username":"second","password":"12341234"}`)

	end := func(id string) answer { return s.do("DELETE", "/me/sessions/"+id, "", bearer(here)) }
	unknown, foreign := end("A5HJ3WZ4V2BLKTFR7AMXN6OECD"), end(sessionOf(second.refresh(t)))
	assert.Equal(t, "NOT_FOUND", unknown.code())
	assert.Equal(t, unknown.body, foreign.body, "nobody learns which sessions others have")
	unknown.header.Del("X-Request-Id")
	foreign.header.Del("X-Request-Id")
	unknown.header.Del("Date")
	foreign.header.Del("Date")
	assert.Equal(t, unknown.header, foreign.header)
	assert.Equal(t, http.StatusOK, s.me(second.token(t)), "and nobody ends them")
	for _, id := range []string{"%00", "%FF", "a%2Fb", "%E2%80%AE"} {
		assert.Equal(t, "NOT_FOUND", end(id).code(), id)
	}

	require.Equal(t, http.StatusNoContent, end(sessionOf(refreshThere)).status)
	assert.Equal(t, http.StatusUnauthorized, s.me(there))
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/refresh", "", cookie(refreshThere)).status)
	assert.Equal(t, http.StatusOK, s.me(here))
	assert.Equal(t, "NOT_FOUND", end(sessionOf(refreshThere)).code(), "it is over")
	require.Equal(t, http.StatusNoContent, end(sessionOf(refreshHere)).status, "it may be the one that asks")
	assert.Equal(t, http.StatusUnauthorized, end(sessionOf(refreshHere)).status)
	assert.Equal(t, "INVALID_TOKEN", s.do("POST", "/refresh", "", cookie(refreshHere)).code())
}

// sessionOf is the id of the session that a refresh cookie belongs to.
func sessionOf(c *http.Cookie) string { return strings.Split(c.Value, ".")[1] }

func TestEndOtherSessions_keepsTheCallers(t *testing.T) {
	s := newServer(t)
	s.signUp()
	first, refresh := s.logIn()
	here, refreshHere := s.logIn()
	require.Equal(t, http.StatusNoContent, s.do("DELETE", "/me/sessions", "", bearer(here)).status)
	assert.Equal(t, http.StatusUnauthorized, s.me(first))
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/refresh", "", cookie(refresh)).status)
	assert.Equal(t, http.StatusOK, s.me(here))
	assert.Equal(t, http.StatusOK, s.do("POST", "/refresh", "", cookie(refreshHere)).status)
	assert.Equal(t, http.StatusUnauthorized, s.do("DELETE", "/me/sessions", "", bearer(first)).status)
}

func TestSessions_sayWhereTheyWereOpened(t *testing.T) {
	s := newServer(t)
	s.signUp()
	s.do("POST", "/login", testkit.JinHoLogsIn,
		header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0"))
	a := s.do("POST", "/login", testkit.JinHoLogsIn, header("User-Agent", "\u202ecurl/8.5.0"))
	list := s.do("GET", "/me/sessions", "", bearer(a.token(t))).body
	assert.Contains(t, list, `"device":"Firefox on Linux","network":"127.0.0.0/24"`)
	assert.Contains(t, list, `"device":"curl","network":"127.0.0.0/24"`)
}

func TestSessions_listsTheLiveOnes(t *testing.T) {
	s := newServer(t)
	s.signUp()
	_, over := s.logIn()
	s.do("POST", "/logout", "", cookie(over))
	s.logIn()
	access, _ := s.logIn()

	var body struct {
		Sessions []struct {
			ID      string
			Current bool
		}
	}
	require.NoError(t, json.Unmarshal([]byte(s.do("GET", "/me/sessions", "", bearer(access)).body), &body))
	require.Len(t, body.Sessions, 2)
	assert.True(t, body.Sessions[0].Current, "the newest comes first, and it is this one")
	assert.False(t, body.Sessions[1].Current)
	assert.Equal(t, http.StatusUnauthorized, s.do("GET", "/me/sessions", "").status)
}
