package main

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSignUp_ofATakenName(t *testing.T) {
	s := newServer(t)
	s.signUp()
	for _, name := range []string{"JIN HO", "jin ho", "Jin Ho", "ＪＩＮ ＨＯ"} {
		a := s.do("POST", "/signup", `{"username":"`+name+`","password":"other-password","nickname":"Thief"}`)
		assert.Equal(t, http.StatusConflict, a.status, name)
		assert.Equal(t, "USER_ALREADY_EXISTS", a.code())
	}
	access, _ := s.logIn()
	assert.Contains(t, s.do("GET", "/me", "", bearer(access)).body, "Mentos", "the first user is unchanged")
}

func TestSignUp_neverSetsRoles(t *testing.T) {
	s := newServer(t)
	for _, member := range []string{
		`"role":"ADMIN"`, `"roles":["ADMIN"]`, `"roles":[{"role":"ADMIN"}]`, `"isAdmin":true`, `"Username":"x"`,
	} {
		a := s.do("POST", "/signup", `{"username":"JIN HO","password":"12341234","nickname":"Mentos",`+member+`}`)
		assert.Equal(t, "VALIDATION_FAILED", a.code(), member)
	}
	s.signUp() // nothing was half-written
	access, _ := s.logIn()
	assert.Contains(t, s.do("GET", "/me", "", bearer(access)).body, `"roles":[{"role":"USER"}]`,
		"nor is the first user an administrator")
}

func TestLogIn_tellsAnUnknownUserNothing(t *testing.T) {
	s := newServer(t)
	s.signUp()
	wrong := s.do("POST", "/login", `{"username":"JIN HO","password":"12341235"}`)
	unknown := s.do("POST", "/login", `{"username":"nobody","password":"12341234"}`)
	impossible := s.do("POST", "/login", `{"username":"a/b","password":"1"}`)
	assert.Equal(t, http.StatusUnauthorized, wrong.status)
	assert.Equal(t, "INVALID_CREDENTIALS", wrong.code())
	for _, a := range []answer{unknown, impossible} {
		assert.Equal(t, wrong.status, a.status)
		assert.Equal(t, wrong.body, a.body)
		for _, name := range []string{"Date", "X-Request-Id"} {
			a.header.Del(name)
			wrong.header.Del(name)
		}
		assert.Equal(t, wrong.header, a.header)
	}
}

// until429 sends the request until the throttle answers.
func until429(t *testing.T, send func() answer) answer {
	t.Helper()
	for range 20 {
		if a := send(); a.status == http.StatusTooManyRequests {
			return a
		}
	}
	t.Fatal("twenty wrong guesses were not throttled")
	return answer{}
}

func TestLogIn_isThrottledAlikeForKnownAndUnknownNames(t *testing.T) {
	s := stoppedClock()(newServer(t))
	s.signUp()
	known := until429(t, func() answer { return s.do("POST", "/login", `{"username":"JIN HO","password":"wrong"}`) })
	right := s.do("POST", "/login", testkit.JinHoLogsIn)
	assert.Equal(t, http.StatusTooManyRequests, right.status, "during the backoff the right password waits too")
	unknown := until429(t, func() answer { return s.do("POST", "/login", `{"username":"nobody","password":"wrong"}`) })
	assert.Equal(t, known.body, unknown.body)
	for _, a := range []answer{known, unknown} {
		seconds, err := strconv.Atoi(a.header.Get("Retry-After"))
		require.NoError(t, err)
		assert.Positive(t, seconds)
	}
}

func TestLogIn_throttleHoldsForTheOtherDoors(t *testing.T) {
	s := stoppedClock()(newServer(t))
	s.signUp()
	access, _ := s.logIn()
	until429(t, func() answer {
		return s.do("PUT", "/me/password", `{"currentPassword":"wrong","newPassword":"new-password"}`, bearer(access))
	})
	assert.Equal(t, http.StatusTooManyRequests,
		s.do("DELETE", "/me", `{"currentPassword":"wrong"}`, bearer(access)).status,
		"three doors must not mean three times the guesses")
	assert.Equal(t, http.StatusOK, s.me(access))
}

// All of them cost a hash, also with the right password: without a limit one
// user could keep the hash workers busy, and everybody else out.
func TestRequestsWithAPassword_areLimitedByAddress(t *testing.T) {
	s := newServer(t, func(c *config.Config) { c.RatePerSecond = 0.2 }) // two at once
	s.signUp()
	access, _ := s.logIn()
	for _, row := range []struct{ method, path, body string }{
		{"POST", "/signup", `{"username":"second","password":"12341234","nickname":"Second"}`},
		{"POST", "/login", testkit.JinHoLogsIn},
		{"PUT", "/me/password", `{"currentPassword":"12341234","newPassword":"new-password"}`},
		{"DELETE", "/me", `{"currentPassword":"12341234"}`},
	} {
		a := s.do(row.method, row.path, row.body, bearer(access))
		assert.Equal(t, "TOO_MANY_REQUESTS", a.code(), row.path)
		assert.NotEmpty(t, a.header.Get("Retry-After"), row.path)
	}
	assert.Equal(t, http.StatusOK, s.me(access), "the account is there, and other routes are not limited")
}

func TestChangePassword(t *testing.T) {
	s := newServer(t)
	s.signUp()
	here, _ := s.logIn()
	elsewhere, refreshElsewhere := s.logIn()

	wrong := s.do("PUT", "/me/password", `{"currentPassword":"12341235","newPassword":"new-password"}`, bearer(here))
	assert.Equal(t, "INVALID_CREDENTIALS", wrong.code())
	weak := s.do("PUT", "/me/password", `{"currentPassword":"12341234","newPassword":"short"}`, bearer(here))
	assert.Equal(t, "VALIDATION_FAILED", weak.code())
	assert.Equal(t, http.StatusOK, s.me(elsewhere), "a refused change changes nothing")

	changed := s.do("PUT", "/me/password", `{"currentPassword":"12341234","newPassword":"new-password"}`, bearer(here))
	require.Equal(t, http.StatusNoContent, changed.status, changed.body)
	assert.Equal(t, http.StatusOK, s.me(here), "this session goes on")
	assert.Equal(t, http.StatusUnauthorized, s.me(elsewhere), "every other session ends")
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/refresh", "", cookie(refreshElsewhere)).status)
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/login", testkit.JinHoLogsIn).status,
		"the old password is over")
	assert.Equal(t, http.StatusOK, s.do("POST", "/login", `{"username":"JIN HO","password":"new-password"}`).status)
	assert.Equal(t, http.StatusUnauthorized, s.do("PUT", "/me/password", `{}`).status)
}

// A thief may have copied the cookie of the very session that goes on.
func TestChangePassword_renewsTheRefreshToken(t *testing.T) {
	const change = `{"currentPassword":"12341234","newPassword":"new-password"}`
	t.Run("and the one before is reuse at once, on the other server too", func(t *testing.T) {
		here, there := two(t)
		here.signUp()
		access, before := here.logIn()
		changed := here.do("PUT", "/me/password", change, bearer(access), cookie(before))
		require.Equal(t, http.StatusNoContent, changed.status, changed.body)
		assert.Equal(t, "INVALID_TOKEN", there.do("POST", "/refresh", "", cookie(before)).code())
		assert.Contains(t, there.log.String(), `"event":"refresh_reuse"`)
		assert.Equal(t, http.StatusUnauthorized, here.me(access), "nobody keeps the session")
		assert.Equal(t, "INVALID_TOKEN", here.do("POST", "/refresh", "", cookie(changed.refresh(t))).code())
	})
	t.Run("and the next one works on every server", func(t *testing.T) {
		here, there := two(t)
		here.signUp()
		access, before := here.logIn()
		next := here.do("PUT", "/me/password", change, bearer(access), cookie(before)).refresh(t)
		for range 2 {
			a := there.do("POST", "/refresh", "", cookie(next))
			require.Equal(t, http.StatusOK, a.status, a.body)
			assert.Equal(t, http.StatusOK, here.me(a.token(t)))
			next = a.refresh(t)
		}
	})
	t.Run("and not that of a client which sends none", func(t *testing.T) {
		s := newServer(t)
		s.signUp()
		access, before := s.logIn()
		changed := s.do("PUT", "/me/password", change, bearer(access))
		require.Equal(t, http.StatusNoContent, changed.status, changed.body)
		assert.NotContains(t, strings.Join(changed.header.Values("Set-Cookie"), " "), "refresh=")
		assert.Equal(t, http.StatusOK, s.do("POST", "/refresh", "", cookie(before)).status, "it would be logged out")
	})
	t.Run("and takes nothing from who may not change it", func(t *testing.T) {
		s := newServer(t)
		s.signUp()
		access, before := s.logIn()
		wrong := s.do("PUT", "/me/password", `{"currentPassword":"12341235","newPassword":"new-password"}`,
			bearer(access), cookie(before))
		assert.Equal(t, "INVALID_CREDENTIALS", wrong.code())
		foreign := s.do("PUT", "/me/password", change, bearer(access), cookie(before), header("Sec-Fetch-Site", "cross-site"))
		assert.Equal(t, "ACCESS_DENIED", foreign.code())
		assert.Equal(t, http.StatusOK, s.do("POST", "/refresh", "", cookie(before)).status)
	})
}

func TestDeleteMe(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, refresh := s.logIn()
	assert.Equal(t, "INVALID_CREDENTIALS", s.do("DELETE", "/me", `{"currentPassword":"12341235"}`, bearer(access)).code())
	assert.Equal(t, "VALIDATION_FAILED", s.do("DELETE", "/me", `{}`, bearer(access)).code())
	require.Equal(t, http.StatusNoContent, s.do("DELETE", "/me", `{"currentPassword":"12341234"}`, bearer(access)).status)
	assert.Equal(t, http.StatusUnauthorized, s.me(access))
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/refresh", "", cookie(refresh)).status)
	assert.Equal(t, http.StatusUnauthorized, s.do("POST", "/login", testkit.JinHoLogsIn).status)
	s.signUp() // the name is free again
	again, _ := s.logIn()
	assert.Equal(t, http.StatusUnauthorized, s.me(access), "an old token is not the new user's")
	assert.Equal(t, http.StatusOK, s.me(again))
}

// command runs `final admin …` on the server's database, as an operator would
// beside the running server.
func (s *server) command(args ...string) error {
	s.t.Helper()
	return run(context.Background(), append([]string{"admin"}, args...),
		s.operatorEnv(), io.Discard, io.Discard)
}

func TestSetRoles(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, _ := s.logIn()
	const path = "/admin/users/JIN%20HO/roles"
	assert.Equal(t, "ACCESS_DENIED", s.do("PATCH", path, `{"roles":["ADMIN"]}`, bearer(access)).code())
	assert.Equal(t, "TOKEN_NOT_FOUND", s.do("PATCH", path, `{"roles":["ADMIN"]}`).code())

	s.makeAdmin("jin ho")
	require.Equal(t, http.StatusCreated,
		s.do("POST", "/signup", `{"username":"second","password":"four odd words","nickname":"Second"}`).status)
	raised := s.do("PATCH", "/admin/users/SECOND/roles", `{"roles":["ADMIN","USER"]}`, bearer(access))
	assert.Equal(t, http.StatusOK, raised.status, "the token from before the grant counts: roles are read on each request")
	assert.JSONEq(t, `{"username":"second","nickname":"Second","roles":[{"role":"ADMIN"},{"role":"USER"}]}`, raised.body)

	lowered := s.do("PATCH", path, `{"roles":["USER"]}`, bearer(access))
	assert.Equal(t, http.StatusOK, lowered.status)
	assert.Equal(t, "ACCESS_DENIED", s.do("PATCH", path, `{"roles":["ADMIN"]}`, bearer(access)).code(),
		"a role that was taken counts no more, at once")

	second := s.do("POST", "/login", `{"username":"second","password":"four odd words"}`).token(t)
	rows := []struct {
		name, path, body, code string
	}{
		{"taking ADMIN from the last administrator", "/admin/users/second/roles", `{"roles":["USER"]}`, "LAST_ADMIN"},
		{"an unknown role", path, `{"roles":["ROOT"]}`, "VALIDATION_FAILED"},
		{"an unknown user", "/admin/users/nobody/roles", `{"roles":["USER"]}`, "NOT_FOUND"},
		{"a name that cannot exist", "/admin/users/a%2Fb/roles", `{"roles":["USER"]}`, "NOT_FOUND"},
		{"roles of the wrong type", path, `{"roles":"ADMIN"}`, "VALIDATION_FAILED"},
		{"a body that is no JSON", path, `{`, "MALFORMED_REQUEST"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.code, s.do("PATCH", row.path, row.body, bearer(second)).code())
		})
	}
	assert.Equal(t, "LAST_ADMIN", s.do("DELETE", "/me", `{"currentPassword":"four odd words"}`, bearer(second)).code())
	assert.Equal(t, http.StatusOK, s.me(second))
}

// Whoever tries the first password of the list must not be an administrator.
func TestSamplePassword_isNoAdministrators(t *testing.T) {
	const (
		path   = "/admin/users/second/roles"
		raise  = `{"roles":["ADMIN","USER"]}`
		sample = `{"currentPassword":"four odd words","newPassword":"12341234"}`
	)
	s := newServer(t)
	s.signUp()
	s.makeAdmin("jin ho") // as an older release let it be
	access, _ := s.logIn()
	s.do("POST", "/signup", `{"username":"second","password":"12341234","nickname":"Second"}`)
	second := s.do("POST", "/login", `{"username":"second","password":"12341234"}`).token(t)

	refused := s.do("PATCH", path, raise, bearer(access))
	assert.Contains(t, refused.body, `{"field":"roles","code":"SAMPLE_PASSWORD"`)
	require.ErrorContains(t, s.command("grant", "second"), "second has the sample password of the course")
	assert.Equal(t, "ACCESS_DENIED", s.do("PATCH", path, raise, bearer(second)).code(), "nobody made them one")
	assert.Equal(t, http.StatusOK, s.do("PATCH", path, `{"roles":["USER"]}`, bearer(access)).status)
	assert.Equal(t, http.StatusOK, s.do("PATCH", "/admin/users/JIN%20HO/roles", raise, bearer(access)).status,
		"who is one stays one")

	change := `{"currentPassword":"12341234","newPassword":"four odd words"}`
	require.Equal(t, http.StatusNoContent, s.do("PUT", "/me/password", change, bearer(second)).status)
	require.Equal(t, http.StatusOK, s.do("PATCH", path, raise, bearer(access)).status)
	back := s.do("PUT", "/me/password", sample, bearer(second))
	assert.Contains(t, back.body, `{"field":"newPassword","code":"TOO_COMMON"`, "and then can't take it again")
	require.NoError(t, s.command("revoke", "second"))
	assert.Equal(t, http.StatusNoContent, s.do("PUT", "/me/password", sample, bearer(second)).status, "a user may")
}
