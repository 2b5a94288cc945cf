package tokens

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHandlers_Sessions(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.7", "3.8")
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		old := f.open(t, "jinho")
		<-time.After(time.Hour)
		current, other := f.open(t, "jinho"), f.open(t, "minsu")
		<-time.After(time.Minute)
		f.refresh(t, old)
		<-time.After(59 * time.Second)
		f.refresh(t, current)
		w := serve(f.http.Sessions, by(t, f, current))
		require.Equal(t, http.StatusOK, w.Code, "body: %s", w.Body)
		assert.JSONEq(t, `{"sessions":[
			{"id":"`+current.Session.ID+`","created":"2000-01-01T01:00:00Z","lastUsed":"2000-01-01T01:01:00Z",
				"device":"unknown","network":"unknown","current":true},
			{"id":"`+old.Session.ID+`","created":"2000-01-01T00:00:00Z","lastUsed":"2000-01-01T01:01:00Z",
				"device":"unknown","network":"unknown","current":false}
		]}`, w.Body.String(), "one's own live sessions, with the last use to the minute, and nobody else's")
		assert.Equal(t, "no-store", w.Header().Get("Cache-Control"))

		r := by(t, f, other)
		require.NoError(t, f.LogOutAll(t.Context(), "minsu"))
		w = serve(f.http.Sessions, r)
		assert.JSONEq(t, `{"sessions":[]}`, w.Body.String(), "none is an empty list, not null")

		f.store.down = "List"
		w = serve(f.http.Sessions, r)
		assert.Equal(t, http.StatusServiceUnavailable, w.Code, "503: an empty list would say that nobody is logged in")
	})
}

func TestHandlers_Sessions_sayWhereTheyWereOpened(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4")
	f := newFixture()
	access, err := f.http.OpenSession(httptest.NewRecorder(), request(t.Context(), "User-Agent: Firefox"), "jinho", 0)
	require.NoError(t, err)
	body := serve(f.http.Sessions, by(t, f, Pair{AccessToken: access})).Body.String()
	assert.Contains(t, body, `"device":"Firefox","network":"192.0.2.0/24"`, "its owner must know it again")
}

func TestHandlers_EndSession(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4")
	type row struct {
		name  string
		id    func(phone, laptop, others Pair) string
		down  string // the method of the store that can't answer
		code  int
		ended bool // whether the laptop's session is over
	}
	for _, row := range []row{
		{name: "one's own", id: func(_, laptop, _ Pair) string { return laptop.Session.ID }, code: 204, ended: true},
		{name: "another user's", id: func(_, _, others Pair) string { return others.Session.ID }, code: 404},
		{name: "nobody's", id: func(_, _, _ Pair) string { return "NOSUCH" }, code: 404},
		{name: "one's own, while the store is down", down: "RevokeOwn", code: 503,
			id: func(_, laptop, _ Pair) string { return laptop.Session.ID }},
	} {
		t.Run(row.name, func(t *testing.T) {
			f := newFixture()
			phone, laptop, others := f.open(t, "jinho"), f.open(t, "jinho"), f.open(t, "minsu")
			r := by(t, f, phone)
			r.SetPathValue("id", row.id(phone, laptop, others))
			f.store.down = row.down
			w := serve(f.http.EndSession, r)
			require.Equal(t, row.code, w.Code, "body: %s", w.Body)
			assert.Empty(t, w.Header().Values("Set-Cookie"), "the cookie is of another session")
			event := f.log.take()[0]
			if row.ended {
				assert.Equal(t, record{event: "session_end", user: "jinho", session: laptop.Session.ID}, event)
				assert.ErrorIs(t, authenticated(t, f, laptop), ErrRevoked)
			} else {
				assert.Equal(t, "session_end_failed", event.event)
				assert.Equal(t, phone.Session.ID, event.session, "what the client named may be any text")
				assert.NoError(t, authenticated(t, f, laptop))
			}
			assert.NoError(t, authenticated(t, f, phone), "the device that asked")
			assert.NoError(t, authenticated(t, f, others), "another person's")
		})
	}
}

func TestHandlers_EndSession_ofOneThatIsOver(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4")
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		expired, revoked := f.open(t, "jinho"), f.open(t, "jinho")
		require.NoError(t, f.End(t.Context(), "jinho", revoked.Session.ID))
		<-time.After(IdleLimit)
		r := by(t, f, f.open(t, "jinho"))
		for name, pair := range map[string]Pair{"expired": expired, "revoked": revoked} {
			r.SetPathValue("id", pair.Session.ID)
			assert.Equal(t, http.StatusNotFound, serve(f.http.EndSession, r).Code, "%s: the list has it no more", name)
		}
	})
}

func TestHandlers_EndOtherSessions(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4")
	f := newFixture()
	phone, laptop, others := f.open(t, "jinho"), f.open(t, "jinho"), f.open(t, "minsu")
	r := by(t, f, phone)
	f.store.down = "RevokeAll"
	w := serve(f.http.EndOtherSessions, r)
	require.Equal(t, http.StatusServiceUnavailable, w.Code, "503: nothing ended, and the client may try again")
	event := record{event: "session_end_others_failed", user: "jinho", session: phone.Session.ID, code: "UNAVAILABLE"}
	assert.Equal(t, []record{event}, f.log.take())

	f.store.down = ""
	w = serve(f.http.EndOtherSessions, r)
	require.Equal(t, http.StatusNoContent, w.Code, "body: %s", w.Body)
	assert.Empty(t, w.Header().Values("Set-Cookie"), "the session goes on, and its cookie too")
	event.event, event.code = "session_end_others", ""
	assert.Equal(t, []record{event}, f.log.take())
	assert.NoError(t, authenticated(t, f, phone), "the device that asked")
	assert.ErrorIs(t, authenticated(t, f, laptop), ErrRevoked, "every other device of the person")
	assert.NoError(t, authenticated(t, f, others), "other people stay logged in")
}

// A thief can't keep a session by hanging up, and neither can a closing tab.
func TestSessions_End_thoughTheClientHangsUp(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4")
	f := newFixture()
	phone, laptop := f.open(t, "jinho"), f.open(t, "jinho")
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	require.NoError(t, f.End(ctx, "jinho", phone.Session.ID))
	require.NoError(t, f.EndOthers(ctx, "jinho", phone.Session.ID))
	assert.ErrorIs(t, authenticated(t, f, phone), ErrRevoked)
	assert.ErrorIs(t, authenticated(t, f, laptop), ErrRevoked)
}
