package lab

import (
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	middleware "example.com/authbook/01-middleware"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// page asks a lab as its page does.
type page struct {
	t   *testing.T
	lab *Lab
}

func newPage(t *testing.T) page {
	t.Helper()
	l, err := New(Config{Missing: http.NotFoundHandler()})
	require.NoError(t, err)
	return page{t, l}
}

// ask sends the request and reads the answer into v, if it is 200.
func (p page) ask(method, path, body string, v any) *httptest.ResponseRecorder {
	p.t.Helper()
	r := httptest.NewRequestWithContext(p.t.Context(), method, "http://localhost/lab/api/"+path, strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:1234"
	rec := httptest.NewRecorder()
	p.lab.ServeHTTP(rec, r)
	if rec.Code == http.StatusOK {
		require.NoError(p.t, json.Unmarshal(rec.Body.Bytes(), v), rec.Body)
	}
	return rec
}

// step presses a button: "refresh owner", "jump 30", "me thief 1".
func (p page) step(words string) (v sessionsView) {
	p.t.Helper()
	name, rest, _ := strings.Cut(words, " ")
	body := `{"step":"` + name + `","who":"owner","seconds":` + rest + `}`
	if name != "jump" {
		who, server, second := strings.Cut(rest, " ")
		if !second {
			server = "0"
		}
		body = `{"step":"` + name + `","who":"` + who + `","server":` + server + `}`
	}
	rec := p.ask("POST", "sessions/step", body, &v)
	require.Equal(p.t, http.StatusOK, rec.Code, "%s: %s", words, rec.Body)
	return v
}

// A story is what buttons are pressed, and what the last one shows.
func TestSessions(t *testing.T) {
	type want struct {
		status  int
		code    string
		event   string
		decider string // an exercise or a given file
		session string
	}
	rows := []struct {
		name  string
		steps string
		want  want
	}{
		{"nobody has a token before the log-in", "refresh owner",
			want{401, "TOKEN_NOT_FOUND", "", "03-token-scenarios/cookie.go", ""}},
		{"of either kind", "me owner", want{401, "TOKEN_NOT_FOUND", "", "1.9", ""}},
		{"a log-in opens a session", "login owner", want{200, "", "login", "4.8", good}},
		{"its access token lets the owner in", "login owner, me owner", want{200, "", "", "3.4", good}},
		{"on the second server too", "login owner, me owner 1", want{200, "", "", "3.4", good}},
		{"for a quarter of an hour, and the five seconds that clocks may differ", "login owner, jump 903, me owner",
			want{200, "", "", "3.4", good}},
		{"and no longer", "login owner, jump 904, me owner", want{401, "TOKEN_EXPIRED", "", "02-jwt-basics/verifier.go", good}},
		{"a refresh rotates", "login owner, refresh owner", want{200, "", "refresh", "3.8", grace}},
		{"a lost answer costs nothing", "login owner, lose owner, refresh owner", want{200, "", "refresh_repeated", "3.7", grace}},
		{"also where the other server is asked", "login owner, lose owner, refresh owner 1", want{200, "", "refresh_repeated", "3.7", grace}},
		{"the token before is good in the last moment of the grace",
			"login owner, refresh owner, jump 29, replay owner", want{200, "", "refresh_repeated", "3.7", grace}},
		{"and not after it", "login owner, refresh owner, jump 30, replay owner", want{401, "INVALID_TOKEN", "refresh_reuse", "3.7", ended}},
		{"a thief is not caught within the grace",
			"login owner, steal thief, refresh owner, jump 27, refresh thief, me thief", want{200, "", "", "3.4", grace}},
		{"and is caught after it",
			"login owner, steal thief, refresh owner, jump 30, refresh thief", want{401, "INVALID_TOKEN", "refresh_reuse", "3.7", ended}},
		{"then the owner is out as well",
			"login owner, steal thief, refresh owner, jump 30, refresh thief, refresh owner", want{401, "INVALID_TOKEN", "refresh_failed", "3.3", ended}},
		{"a thief who came first is found out by the owner",
			"login owner, steal thief, refresh thief, jump 30, refresh owner, me thief", want{401, "INVALID_TOKEN", "", "3.4", ended}},
		{"fourteen days without a refresh end a session", "login owner, jump 1209599, refresh owner", want{401, "TOKEN_EXPIRED", "refresh_failed", "3.3", expired}},
		{"one second less does not", "login owner, jump 1209598, refresh owner", want{200, "", "refresh", "3.8", grace}},
		{"after a log-out the token is dead on both servers", "login owner, steal thief, logout owner, refresh thief 1",
			want{401, "INVALID_TOKEN", "refresh_failed", "3.3", ended}},
		{"a new password throws the thief out at once", "login owner, steal thief, password owner, refresh thief",
			want{401, "INVALID_TOKEN", "refresh_reuse", "3.7", ended}},
		{"which leaves no token before in its grace", "login owner, password owner", want{204, "", "password_change", "04-signup-login/me.go", good}},
		{"and needs a live session", "login owner, refresh owner, jump 30, replay owner, password owner",
			want{401, "INVALID_TOKEN", "", "3.4", ended}},
		{"the owner logs in with the new one", "login owner, password owner, logout owner, login owner", want{200, "", "login", "4.8", good}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			p := newPage(t)
			var v sessionsView
			for words := range strings.SplitSeq(row.steps, ", ") {
				v = p.step(words)
			}
			got := want{v.Last.Status, v.Last.Code, "", v.Last.Exercise + v.Last.Given, v.Last.After}
			if len(v.Last.Events) > 0 {
				got.event = v.Last.Events[len(v.Last.Events)-1].Name
			}
			assert.Equal(t, row.want, got)
		})
	}
}

func TestSessions_fiftyAtOnce(t *testing.T) {
	p := newPage(t)
	p.step("login owner")
	v := p.step("fifty owner")
	assert.Equal(t, &crowd{OK: 50, Successors: 1}, v.Last.Crowd)
	assert.Len(t, v.Last.Events, 50, "the log keeps them all")
	assert.Equal(t, []string{"A1", "a2"}, v.Last.Got)
	assert.Equal(t, []span{{good, 3}}, spansOf(v)["a2"], "the life of the access token begins with this step")
	assert.Equal(t, "A1", v.Clients[owner].Cookie, "one rotation")
	assert.Equal(t, 200, p.step("refresh owner").Last.Status, "whose token goes on")
}

// A lost answer leaves the jar as it is; a stolen cookie is in both.
func TestSessions_jars(t *testing.T) {
	p := newPage(t)
	p.step("login owner")
	assert.Equal(t, clientView{Cookie: "A0", Access: "a1"}, p.step("lose owner").Clients[owner])
	v := p.step("steal thief")
	assert.Equal(t, "A0", v.Clients[thief].Cookie)
	v = p.step("refresh owner")
	assert.Equal(t, clientView{Cookie: "A1", Before: "A0", Access: "a3"}, v.Clients[owner])
	assert.Equal(t, clientView{Cookie: "A0"}, v.Clients[thief])
}

// What the page shows of a step is how things stood when the server had the request.
func TestSessions_lastMomentOfTheGrace(t *testing.T) {
	p := newPage(t)
	for _, words := range []string{"login owner", "refresh owner", "jump 29"} {
		p.step(words)
	}
	v := p.step("replay owner")
	assert.Equal(t, grace, v.Last.Was)
	assert.Equal(t, []span{{good, 2}, {grace, 3}}, spansOf(v)["A0"], "exactly thirty seconds")
	v = p.step("replay owner")
	assert.Equal(t, 401, v.Last.Status)
	assert.Equal(t, spent, v.Last.Was, "one second more")
}

func spansOf(v sessionsView) map[string][]span {
	spans := map[string][]span{}
	for _, l := range v.Lives {
		spans[l.Name] = l.Spans
	}
	return spans
}

// The bars of the time line: refresh tokens A0 and A1.
func TestSessions_timeLine(t *testing.T) {
	p := newPage(t)
	for _, words := range []string{"login owner", "refresh owner", "jump 31", "replay owner"} {
		p.step(words)
	}
	spans := spansOf(p.step("jump 1"))
	assert.Equal(t, []span{{good, 2}, {grace, 3}, {spent, 4}, {ended, 5}}, spans["A0"])
	assert.Equal(t, []span{{good, 3}, {ended, 5}}, spans["A1"])
	assert.Equal(t, []span{{good, 3}, {ended, 5}}, spans["a2"], "the access tokens end with the session")
}

// No answer has a token, a cookie or the password.
func TestSessions_tellsNoSecret(t *testing.T) {
	p := newPage(t)
	var v sessionsView
	for _, words := range []string{
		"login owner", "steal thief", "refresh owner", "me owner", "fifty owner", "password owner",
	} {
		p.step(words)
		world := p.lab.stage.world
		text := p.ask("GET", "sessions", "", &v).Body.String()
		for _, c := range world.clients {
			for _, secret := range []string{c.access, c.refresh, c.before, world.password} {
				if secret != "" {
					assert.NotContains(t, text, secret, words)
				}
			}
		}
		assert.NotContains(t, text, "eyJ", words)
		assert.NotContains(t, text, "rt1.", words)
	}
}

func TestSessions_refusesWhatNoButtonSends(t *testing.T) {
	for _, body := range []string{
		`{"step":"login","who":"thief"}`, `{"step":"password","who":"thief"}`, `{"step":"refresh","who":"nobody"}`,
		`{"step":"nothing","who":"owner"}`, `{"step":"refresh","who":"owner","server":2}`,
		`{"step":"refresh","who":"owner","server":-1}`, `{"step":"jump","who":"owner","seconds":0}`,
		`{"step":"jump","who":"owner","seconds":2592001}`, `{`,
	} {
		var v sessionsView
		p := newPage(t)
		assert.Equal(t, http.StatusBadRequest, p.ask("POST", "sessions/step", body, &v).Code, body)
		assert.Equal(t, http.StatusOK, p.ask("GET", "sessions", "", &v).Code)
		assert.Len(t, v.Steps, 1, "nothing but the sign-up happened: %s", body)
	}
}

// Where two tokens have one name, the page tells of one what is true of the other.
func TestSessions_namesNoTwoTokensAlike(t *testing.T) {
	for name, step := range map[string]string{"tokens of a session": "refresh owner", "sessions": "login owner"} {
		t.Run(name, func(t *testing.T) {
			p, names := newPage(t), map[string]bool{}
			before := p.step("login owner").Clients[owner]
			p.step("steal thief") // whose cookie the page never forgets
			for range 30 {
				now := p.step(step).Clients[owner]
				assert.False(t, names[now.Access], "%s again", now.Access)
				assert.NotEqual(t, before.Cookie, now.Cookie)
				names[now.Access] = true
			}
		})
	}
}

// However long somebody plays, the lab keeps little.
func TestSessions_isBounded(t *testing.T) {
	p := newPage(t)
	p.step("login owner")
	first := p.lab.stage.world
	var v sessionsView
	for range mostSteps {
		v = p.step("refresh owner")
		require.LessOrEqual(t, len(v.Steps), keptSteps)
		require.LessOrEqual(t, len(v.Lives), keptLives+6)
	}
	assert.NotSame(t, first, p.lab.stage.world, "a new world has begun")
	p.ask("POST", "sessions/reset", "", &v)
	assert.Equal(t, "sign up", v.Steps[0].Label)
	assert.Equal(t, int64(0), v.Now)
	assert.Equal(t, http.StatusCreated, v.Last.Status)
}

// A learner's code may panic anywhere.
func TestSend_outlivesAPanic(t *testing.T) {
	got := send(t.Context(), http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("TODO") }),
		request{method: "GET", path: "/"})
	assert.Equal(t, http.StatusInternalServerError, got.status)
}

// The page says why a server of the lab failed, for nobody else does.
func TestSessions_tellWhyTheyFailed(t *testing.T) {
	p := newPage(t)
	p.step("login owner")
	w := p.lab.stage.world
	secret := w.clients[owner].refresh
	w.servers[0] = middleware.Errors(nil)(func(http.ResponseWriter, *http.Request) error { panic("no " + secret) })
	last := p.step("refresh owner").Last
	require.Len(t, last.Events, 1)
	assert.Equal(t, "panic", last.Events[0].Name)
	assert.Regexp(t, `^no … \(01-middleware/errors\.go:\d+\)$`, last.Events[0].Reason)
	assert.Empty(t, last.Exercise, "the line tells more")

	w.servers[0] = middleware.Errors(slog.New(ear{slog.DiscardHandler, w}))(
		func(http.ResponseWriter, *http.Request) error { return errors.New("not " + secret) })
	assert.Equal(t, []event{{Name: "request failed", Reason: "not …"}}, p.step("refresh owner").Last.Events)
}

// A learner's code may also never return. Who waits for it hears so, and the page goes on.
func TestSessions_outlivesALoop(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, looping := newPage(t), make(chan struct{})
		defer close(looping)
		p.step("login owner")
		p.lab.stage.world.servers[0] = http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-looping })
		got := p.ask("POST", "sessions/step", `{"step":"refresh","who":"owner"}`, nil)
		assert.Equal(t, http.StatusInternalServerError, got.Code)
		assert.Equal(t, http.StatusOK, p.step("login owner").Last.Status, "in a world that begins anew")
	})
}
