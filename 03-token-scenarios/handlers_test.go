package tokens

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const cookieName = "__Host-refresh"

// request is one POST with the headers, given as "Name: value".
func request(ctx context.Context, headers ...string) *http.Request {
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/", nil)
	for _, header := range headers {
		name, value, _ := strings.Cut(header, ": ")
		r.Header.Add(name, value)
	}
	return r
}

// by puts the caller into the request, as the bearer check does.
func by(t *testing.T, f *fixture, p Pair) *http.Request {
	t.Helper()
	caller, err := f.Authenticate(t.Context(), p.AccessToken)
	require.NoError(t, err, "the caller must be logged in")
	return request(context.WithValue(t.Context(), callerKey{}, caller))
}

func cookieHeader(p Pair) string { return "Cookie: " + cookieName + "=" + p.RefreshToken }
func bearerHeader(p Pair) string { return "Authorization: Bearer " + p.AccessToken }

func TestHandlers_OpenSession(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.8")
	f := newFixture()
	w := httptest.NewRecorder()
	access, err := f.http.OpenSession(w, request(t.Context()), "jinho", 0)
	require.NoError(t, err)
	who, err := f.Authenticate(t.Context(), access)
	require.NoError(t, err, "the access token must work")
	assert.Equal(t, "JIN HO", who.Username)
	cookies := w.Result().Cookies()
	require.Len(t, cookies, 1)
	assert.Equal(t, int(IdleLimit/time.Second), cookies[0].MaxAge, "the cookie must last as long as the session")
	f.refresh(t, Pair{RefreshToken: cookies[0].Value})
	assert.Empty(t, w.Body.String(), "the answer is the log-in handler's business")
}

func TestHandlers_OpenSession_displacesTheOldest(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.12")
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		var pairs []Pair
		for range MaxSessions {
			pairs = append(pairs, f.open(t, "jinho"))
			<-time.After(time.Second)
		}
		_, err := f.http.OpenSession(httptest.NewRecorder(), request(t.Context()), "jinho", 0)
		require.NoError(t, err)
		event := record{event: "session_displaced", user: "jinho", session: pairs[0].Session.ID}
		assert.Equal(t, []record{event}, f.log.take(), "its owner may ask why it ended")
		assert.ErrorIs(t, authenticated(t, f, pairs[0]), ErrRevoked)
		assert.NoError(t, authenticated(t, f, pairs[1]))
	})
}

func TestHandlers_OpenSession_refused(t *testing.T) {
	exercise.Needs(t, "3.1")
	f := newFixture()
	w := httptest.NewRecorder()
	access, err := f.http.OpenSession(w, request(t.Context()), "jinho", 7)
	require.ErrorIs(t, err, ErrUserChanged, "log-in answers this one like a wrong password")
	assert.Empty(t, access)
	assert.Empty(t, w.Header(), "a log-in that failed must set no cookie")
}

func TestHandlers_Renewable(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.7", "3.8")
	f := newFixture()
	phone, laptop := f.open(t, "jinho"), f.open(t, "jinho")
	old := f.refresh(t, phone)
	f.refresh(t, old)
	rows := []struct {
		name    string
		headers []string
		want    bool
	}{
		{"the session's token", []string{cookieHeader(old)}, true},
		{"one of an old generation", []string{cookieHeader(phone)}, true},
		{"no cookie", nil, false},
		{"a bearer is no cookie", []string{"Authorization: Bearer " + phone.RefreshToken}, false},
		{"another session's token", []string{cookieHeader(laptop)}, false},
		{"a tampered token", []string{"Cookie: " + cookieName + "=" + tamper(phone.RefreshToken)}, false},
		{"a planted second cookie", []string{cookieHeader(phone), cookieHeader(laptop)}, false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, f.http.Renewable(request(t.Context(), row.headers...), phone.Session.ID))
		})
	}
}

// The token before a renewal is a copy's, from the first second.
func TestHandlers_SetRenewed(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.7", "3.8")
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		before := f.open(t, "jinho")
		f.store.Store.(*MemoryStore).Renew(before.Session.ID)
		w := httptest.NewRecorder()
		f.store.down = "Load"
		assert.Equal(t, problem.Unavailable, code(f.http.SetRenewed(w, request(t.Context()), before.Session.ID)))
		assert.Empty(t, w.Header())

		f.store.down = ""
		require.NoError(t, f.http.SetRenewed(w, request(t.Context()), before.Session.ID))
		_, err := f.Refresh(t.Context(), before.RefreshToken)
		assert.ErrorIs(t, err, ErrReused, "there is no grace")
		renewed := w.Result().Cookies()[0].Value
		_, err = f.Refresh(t.Context(), renewed)
		assert.ErrorIs(t, err, ErrRevoked, "two parties held the session")
	})
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		before := f.open(t, "jinho")
		f.store.Store.(*MemoryStore).Renew(before.Session.ID)
		w := httptest.NewRecorder()
		require.NoError(t, f.http.SetRenewed(w, request(t.Context()), before.Session.ID))
		next := f.refresh(t, Pair{RefreshToken: w.Result().Cookies()[0].Value})
		assert.NoError(t, authenticated(t, f, next), "the owner goes on")
	})
}

func TestHandlers_Refresh(t *testing.T) {
	type row struct {
		name   string
		needs  []string
		before func(*testing.T, *fixture, Pair)
		// headers of the request, for the pair of the log-in
		headers func(Pair) []string
		want    problem.Code
		status  int
		event   string // in the audit log; none if empty
		user    string // whom the event names
		session bool   // whether it names the session
	}
	needs := []string{"3.1", "3.3", "3.4", "3.7"}
	cookie := func(p Pair) []string { return []string{cookieHeader(p)} }
	exercise.SynctestRows(t, "3.8", []row{
		{name: "the cookie gets the next pair", needs: needs, headers: cookie, status: 200,
			event: "refresh", user: "jinho", session: true},
		{name: "no cookie", needs: needs, status: 401, want: problem.TokenNotFound,
			headers: func(Pair) []string { return nil }},
		{name: "a bearer is no cookie", needs: needs, status: 401, want: problem.TokenNotFound,
			headers: func(p Pair) []string { return []string{bearerHeader(p), "Authorization: Bearer " + p.RefreshToken} }},
		{name: "the http server's cookie name", needs: needs, status: 401, want: problem.TokenNotFound,
			headers: func(p Pair) []string { return []string{"Cookie: refresh=" + p.RefreshToken} }},
		{name: "a tampered token", needs: needs, status: 401, want: problem.InvalidToken, event: "refresh_failed",
			headers: func(p Pair) []string { return []string{"Cookie: " + cookieName + "=" + tamper(p.RefreshToken)} }},
		{name: "an access token in the cookie", needs: needs, status: 401, want: problem.InvalidToken, event: "refresh_failed",
			headers: func(p Pair) []string { return []string{"Cookie: " + cookieName + "=" + p.AccessToken} }},
		{name: "a planted second cookie", needs: needs, status: 401, want: problem.InvalidToken, event: "refresh_failed",
			headers: func(p Pair) []string { return []string{cookieHeader(p), "Cookie: " + cookieName + "=planted"} }},
		{name: "a session whose time is over", needs: needs, headers: cookie, status: 401, want: problem.TokenExpired,
			event: "refresh_failed", user: "jinho", session: true,
			before: func(*testing.T, *fixture, Pair) { <-time.After(IdleLimit) }},
		{name: "a reused token", needs: needs, headers: cookie, status: 401, want: problem.InvalidToken,
			event: "refresh_reuse", user: "jinho", session: true,
			before: func(t *testing.T, f *fixture, p Pair) { f.refresh(t, f.refresh(t, p)) }},
		{name: "a reused token whose session can't be ended", needs: needs, headers: cookie, status: 503, want: problem.Unavailable,
			event: "refresh_failed", user: "jinho", session: true,
			before: func(t *testing.T, f *fixture, p Pair) { f.refresh(t, f.refresh(t, p)); f.store.down = "Revoke" }},
		{name: "a store that can't answer", needs: needs, headers: cookie, status: 503, want: problem.Unavailable,
			event: "refresh_failed", session: true,
			before: func(_ *testing.T, f *fixture, _ Pair) { f.store.down = "all" }},
	}, func(t *testing.T, row row) {
		f := newFixture()
		pair := f.open(t, "jinho")
		if row.before != nil {
			row.before(t, f, pair)
		}
		w := serve(f.http.Refresh, request(t.Context(), row.headers(pair)...))
		require.Equal(t, row.status, w.Code, "body: %s", w.Body)
		var events []record
		if row.event != "" {
			events = []record{{event: row.event, user: row.user, code: string(row.want)}}
		}
		if row.session {
			events[0].session = pair.Session.ID
		}
		assert.Equal(t, events, f.log.take(), "the audit log must say what happened, and to whose session")
		assert.Equal(t, "no-store", w.Header().Get("Cache-Control"), "no cache may keep a token, or its refusal")
		if row.status != http.StatusOK {
			assert.Contains(t, w.Body.String(), `"code":"`+string(row.want)+`"`, "the client branches on it")
			assert.Empty(t, w.Header().Values("Set-Cookie"), "a failed refresh must leave the cookie to another tab")
			return
		}
		next, err := f.Refresh(t.Context(), pair.RefreshToken) // within the grace: the same successor
		require.NoError(t, err)
		assert.Equal(t, next.RefreshToken, w.Result().Cookies()[0].Value, "the cookie must be the successor")
		assert.Regexp(t, `^\{"token":"[^"]+"\}\n$`, w.Body.String(), "the contract's shape, and nothing else")
		assert.Equal(t, "application/json", w.Header().Get("Content-Type"))
	})
}

func TestHandlers_LogOut(t *testing.T) {
	type row struct {
		name    string
		needs   []string
		headers func(phone, laptop Pair) []string
		phone   error // of the phone's session afterwards
		laptop  error
		status  int
	}
	needs := []string{"3.1", "3.3", "3.4"}
	exercise.SynctestRows(t, "3.10", []row{
		{name: "the cookie's session", needs: needs, phone: ErrRevoked, status: 204,
			headers: func(phone, _ Pair) []string { return []string{cookieHeader(phone)} }},
		{name: "the bearer's session", needs: needs, phone: ErrRevoked, status: 204,
			headers: func(phone, _ Pair) []string { return []string{bearerHeader(phone)} }},
		{name: "the scheme in any case", needs: needs, phone: ErrRevoked, status: 204,
			headers: func(phone, _ Pair) []string { return []string{"Authorization: bEARER  " + phone.AccessToken} }},
		{name: "both", needs: needs, phone: ErrRevoked, laptop: ErrRevoked, status: 204,
			headers: func(phone, laptop Pair) []string { return []string{cookieHeader(phone), bearerHeader(laptop)} }},
		{name: "two tokens of one session", needs: needs, phone: ErrRevoked, status: 204,
			headers: func(phone, _ Pair) []string { return []string{cookieHeader(phone), bearerHeader(phone)} }},
		{name: "both of two cookies", needs: needs, phone: ErrRevoked, laptop: ErrRevoked, status: 204,
			headers: func(phone, laptop Pair) []string { return []string{cookieHeader(phone), cookieHeader(laptop)} }},
		{name: "nothing", needs: needs, status: 204,
			headers: func(_, _ Pair) []string { return nil }},
		{name: "garbage", needs: needs, status: 204,
			headers: func(_, _ Pair) []string { return []string{"Cookie: " + cookieName + "=x", "Authorization: Bearer"} }},
		{name: "tampered tokens", needs: needs, status: 204,
			headers: func(phone, laptop Pair) []string {
				phone.RefreshToken, laptop.AccessToken = tamper(phone.RefreshToken), tamper(laptop.AccessToken)
				return []string{cookieHeader(phone), bearerHeader(laptop)}
			}},
		{name: "another scheme is no bearer", needs: needs, status: 204,
			headers: func(phone, _ Pair) []string { return []string{"Authorization: Basic " + phone.AccessToken} }},
	}, func(t *testing.T, row row) {
		f := newFixture()
		phone, laptop := f.open(t, "jinho"), f.open(t, "jinho")
		var events []record
		if row.phone != nil {
			events = append(events, record{event: "logout", user: "jinho", session: phone.Session.ID})
		}
		if row.laptop != nil {
			events = append(events, record{event: "logout", user: "jinho", session: laptop.Session.ID})
		}
		for range 2 { // the second time it must answer the same
			w := serve(f.http.LogOut, request(t.Context(), row.headers(phone, laptop)...))
			assert.Equal(t, events, f.log.take(), "the audit log must name each session once, and whose it is")
			require.Equal(t, row.status, w.Code, "body: %s", w.Body)
			assert.Empty(t, w.Body.String())
			require.Len(t, w.Result().Cookies(), 1)
			assert.Negative(t, w.Result().Cookies()[0].MaxAge, "the browser must forget the cookie")
		}
		why := "%s afterwards: log-out ends each session that was presented, and no other"
		assert.ErrorIs(t, authenticated(t, f, phone), row.phone, why, "the phone")
		assert.ErrorIs(t, authenticated(t, f, laptop), row.laptop, why, "the laptop")
	})
}

func TestHandlers_LogOut_whileTheStoreIsDown(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.10")
	f := newFixture()
	pair := f.open(t, "jinho")
	failed := record{event: "logout_failed", session: pair.Session.ID, code: "UNAVAILABLE"}
	f.store.down = "all"
	w := serve(f.http.LogOut, request(t.Context(), cookieHeader(pair)))
	assert.Equal(t, []record{failed}, f.log.take(), "operators must see which session goes on")
	assert.Equal(t, http.StatusServiceUnavailable, w.Code,
		"503: try again. 204 would be a lie, and 500 an error that was given no code, see refusal.go")
	assert.NotContains(t, w.Body.String(), errDown.Error(), "the cause is for the log")
	assert.Empty(t, w.Header().Values("Set-Cookie"), "without the cookie nobody could try again")
	f.store.down = "Revoke"
	serve(f.http.LogOut, request(t.Context(), cookieHeader(pair)))
	failed.user = "jinho"
	assert.Equal(t, []record{failed}, f.log.take(), "and whose it is")
	f.store.down = "Load"
	serve(f.http.LogOut, request(t.Context(), cookieHeader(pair)))
	unnamed := record{event: "logout", session: pair.Session.ID}
	assert.Equal(t, []record{unnamed}, f.log.take(), "a log-out must not fail because nobody can name the user")
	f.store.down = ""
	assert.ErrorIs(t, authenticated(t, f, pair), ErrRevoked, "a second try must still be able to log out")
}

func TestHandlers_LogOutAll(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4")
	f := newFixture()
	phone, laptop, other := f.open(t, "jinho"), f.open(t, "jinho"), f.open(t, "minsu")
	r := by(t, f, phone)
	f.store.down = "RevokeAll"
	w := serve(f.http.LogOutAll, r)
	require.Equal(t, http.StatusServiceUnavailable, w.Code, "503: nothing ended, and the client may try again")
	require.Empty(t, w.Header().Values("Set-Cookie"), "nothing ended, so the cookie stays")
	event := record{event: "logout_all_failed", user: "jinho", session: phone.Session.ID, code: "UNAVAILABLE"}
	assert.Equal(t, []record{event}, f.log.take(), "operators must see a log-out that failed")
	f.store.down = ""
	w = serve(f.http.LogOutAll, r)
	require.Equal(t, http.StatusNoContent, w.Code, "body: %s", w.Body)
	event.event, event.code = "logout_all", ""
	assert.Equal(t, []record{event}, f.log.take(), "and one that worked")
	require.Len(t, w.Result().Cookies(), 1)
	assert.Negative(t, w.Result().Cookies()[0].MaxAge, "the caller's session has ended too")
	assert.ErrorIs(t, authenticated(t, f, phone), ErrRevoked, "the device that asked")
	assert.ErrorIs(t, authenticated(t, f, laptop), ErrRevoked, "every other device of the person")
	assert.NoError(t, authenticated(t, f, other), "other people stay logged in")
}

// Handlers behind the bearer check fail closed without it.
func TestHandlers_withoutACaller(t *testing.T) {
	f := newFixture()
	for name, handler := range map[string]func(http.ResponseWriter, *http.Request) error{
		"LogOutAll":        f.http.LogOutAll,
		"Sessions":         f.http.Sessions,
		"EndSession":       f.http.EndSession,
		"EndOtherSessions": f.http.EndOtherSessions,
	} {
		w := serve(handler, request(t.Context()))
		assert.Equal(t, http.StatusUnauthorized, w.Code, "%s must not act for nobody", name)
		assert.Empty(t, w.Header().Values("Set-Cookie"))
	}
}

func TestHandlers_audit_saysFromWhereAndWhy(t *testing.T) {
	exercise.Needs(t, "3.1", "3.8")
	f := newFixture()
	pair := f.open(t, "jinho")
	f.store.down = "Rotate"
	serve(f.http.Refresh, request(t.Context(), cookieHeader(pair)))
	require.Len(t, f.log.records, 1)
	assert.Equal(t, "192.0.2.1", f.log.records[0].address, "where the request came from")
	assert.Contains(t, f.log.records[0].reason, errDown.Error(), "what the client was not told")
	assert.NotContains(t, f.log.records[0].reason, pair.RefreshToken, "a log holds no token")
}

func TestHandlers_audit_tellsARepeatedRefreshFromTheFirst(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.7", "3.8")
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		pair := f.open(t, "jinho")
		for _, event := range []string{"refresh", "refresh_repeated", "refresh_repeated"} {
			w := serve(f.http.Refresh, request(t.Context(), cookieHeader(pair)))
			require.Equal(t, http.StatusOK, w.Code, "body: %s", w.Body)
			want := []record{{event: event, user: "jinho", session: pair.Session.ID}}
			assert.Equal(t, want, f.log.take(), "a thief within the grace shows in nothing else")
			<-time.After(time.Second)
		}
	})
}
