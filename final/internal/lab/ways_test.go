package lab

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	middleware "example.com/authbook/01-middleware"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// through sends a request through the steps to a handler, and returns its way.
func (l *Lab) through(t *testing.T, r *http.Request, h http.HandlerFunc, steps ...middleware.Middleware) *way {
	t.Helper()
	rec := httptest.NewRecorder()
	rec.Header().Set("X-Request-Id", "one")
	middleware.Chain(steps...)(h).ServeHTTP(rec, r)
	return l.ways.of("one")
}

// slow takes a second on the way in, and two on the way out.
func slow(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(time.Second)
		defer time.Sleep(2 * time.Second)
		next.ServeHTTP(w, r)
	})
}

func TestStep_measuresTheWayInAndOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newTestLab(t)
		refuse := func(http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) })
		}
		never := func(http.ResponseWriter, *http.Request) { t.Error("it was refused before") }
		got := l.through(t, httptest.NewRequest("GET", "/me", nil), never,
			l.Step("a", slow), l.Step("b", slow), l.Step("c", refuse), l.Step("d", slow))
		s := func(n time.Duration) *time.Duration { return new(n * time.Second) }
		assert.Equal(t, []*stay{
			{Name: "a", In: 0, Passed: s(1), Back: s(4), Out: 6 * time.Second},
			{Name: "b", In: time.Second, Passed: s(2), Back: s(2), Out: 4 * time.Second},
			{Name: "c", In: 2 * time.Second, Out: 2 * time.Second},
		}, got.Steps, "c answered by itself, and nobody asked d")
	})
}

func TestStep_comesBackFromAPanic(t *testing.T) {
	l := newTestLab(t)
	quiet := slog.New(slog.NewTextHandler(io.Discard, nil))
	got := l.through(t, httptest.NewRequest("GET", "/me", nil), func(http.ResponseWriter, *http.Request) { panic("oops") },
		l.Step("Recover", middleware.Recover(l.Logger(quiet))), l.Step("inner", middleware.SecurityHeaders))
	require.Len(t, got.Steps, 2)
	assert.NotNil(t, got.Steps[1].Back)
	assert.NotZero(t, got.Steps[1].Out)
	require.Len(t, got.Log, 1)
	assert.Contains(t, got.Log[0], "msg=panic")
	assert.LessOrEqual(t, len(got.Log[0]), keptBytes, "not the whole stack")
}

// Red code may answer and still be at work. The page reads the way meanwhile.
func TestStep_goesOnWhileThePageReads(t *testing.T) {
	l, mayEnd, ended := newTestLab(t), make(chan struct{}), make(chan struct{})
	leaves := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			go func() {
				defer close(ended)
				<-mayEnd
				next.ServeHTTP(httptest.NewRecorder(), r)
			}()
		})
	}
	l.through(t, httptest.NewRequest("GET", "/me", nil), func(http.ResponseWriter, *http.Request) {},
		l.Step("leaves", leaves), l.Step("inner", pass))
	close(mayEnd)
	page{t, l}.ask("GET", "chain/one", "", &way{})
	<-ended
}

// What a request brought with it may be a secret. The ring has names and lengths.
func TestWays_keepNoSecret(t *testing.T) {
	l := newTestLab(t)
	r := httptest.NewRequest("POST", "/users/hush-path?token=hush-query", strings.NewReader("hush-body"))
	r.Header.Set("Authorization", "Bearer hush-token")
	r.Header.Set("Cookie", "refresh=hush-cookie")
	r.Header.Set("X-Anything", "hush-header")
	mux := http.NewServeMux()
	mux.HandleFunc("POST /users/{name}", func(_ http.ResponseWriter, r *http.Request) { _, _ = io.ReadAll(r.Body) })
	log := l.Logger(slog.New(slog.NewTextHandler(io.Discard, nil)))
	nowhere := func(*http.Request) string { return "" }
	got := l.through(t, r, mux.ServeHTTP, l.Step("AccessLog", middleware.AccessLog(log, nowhere)))
	text, err := json.Marshal(got)
	require.NoError(t, err)
	assert.NotContains(t, string(text), "hush")
	assert.NotContains(t, strings.Join(got.Log, ""), "hush")
	assert.Equal(t, "POST /users/{name}", got.Route)
	assert.Equal(t, []length{{"Authorization", 17}, {"Cookie", 19}, {"X-Anything", 11}}, got.Headers)
	assert.Equal(t, 16, got.Query)
	assert.EqualValues(t, 9, got.Body)
	require.Len(t, got.Log, 1)
	assert.Contains(t, got.Log[0], `route="POST /users/{name}"`, "what the log kept")
}

// Red code may log what it must not. The lab says what that was, and does not keep it.
func TestWays_nameASecretThatIsLogged(t *testing.T) {
	l := newTestLab(t)
	r := httptest.NewRequest("GET", "/me?token=hush-query", nil)
	r.Header.Set("Authorization", "Bearer hush-token")
	r.Header.Set("Cookie", "refresh=hush-cookie; a=b")
	log := l.Logger(slog.New(slog.NewTextHandler(io.Discard, nil)))
	var late context.Context
	leaks := func(_ http.ResponseWriter, r *http.Request) {
		late = r.Context()
		log.InfoContext(late, r.URL.String(), "cookie", r.Header["Cookie"])
		l.Audit(late, "token_refused", []slog.Attr{slog.String("reason", "no hush-token"), slog.String("user_id", "7")})
		panic("bad token: " + r.Header.Get("Authorization"))
	}
	got := l.through(t, r, leaks, l.Step("Recover", middleware.Recover(log)))
	log.InfoContext(late, "hush-token")
	require.Len(t, got.Log, 3, "nothing is heard once the answer is there")
	assert.NotContains(t, strings.Join(got.Log, ""), "hush")
	assert.Contains(t, got.Log[0], `msg="/me?[query]" cookie="[refresh=[Cookie]; a=b]"`)
	assert.Equal(t, `level=INFO msg="audit token_refused" reason="no [Authorization]"`, got.Log[1])
	assert.Contains(t, got.Log[2], `panic="bad token: Bearer [Authorization]"`)
}

// Every request of the page is there, but for the questions about them.
func TestWays_areThoseOfTheLabToo(t *testing.T) {
	l := newTestLab(t)
	ask := func(path string) *way {
		r := httptest.NewRequest("GET", "http://localhost"+path, nil)
		r.RemoteAddr = "127.0.0.1:1234"
		return l.through(t, r, l.ServeHTTP, l.Step("a", pass))
	}
	require.NotNil(t, ask("/lab/api/exercises"))
	assert.Equal(t, "GET /lab/api/exercises", ask("/lab/api/chain/one").Route, "still the one before")
}

func TestWays_areTheLastOnes(t *testing.T) {
	l := newTestLab(t)
	r := httptest.NewRequest("GET", "/me", nil)
	require.NotNil(t, l.through(t, r, http.NotFound, l.Step("a", pass)))
	another := httptest.NewRecorder()
	for range keptWays - 1 {
		l.Step("a", pass)(http.NotFoundHandler()).ServeHTTP(another, r)
	}
	assert.NotNil(t, l.ways.of("one"))
	l.Step("a", pass)(http.NotFoundHandler()).ServeHTTP(another, r)
	assert.Nil(t, l.ways.of("one"))
	assert.Nil(t, l.ways.of("unknown"))
}

func pass(next http.Handler) http.Handler { return next }
