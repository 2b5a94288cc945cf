package deploy

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// answers is a server with one answer to all.
func answers(status int, body string) http.RoundTripper {
	return roundTripper(func(*http.Request) (*http.Response, error) {
		w := httptest.NewRecorder()
		w.WriteHeader(status)
		_, _ = w.WriteString(body)
		return w.Result(), nil
	})
}

func TestVisitor_knowsWhetherItsUserMayExist(t *testing.T) {
	for status, want := range map[int]bool{201: true, 299: true, 300: false, 409: false} {
		v := newVisitor("http://test", answers(status, ""))
		require.Error(t, v.run(t.Context(), check{request: "POST /signup", send: newUser}), "no check wants status 0")
		assert.Equal(t, want, v.mayExist, "a sign-up that was answered %d", status)
	}
}

func TestVisitor_readsNoMoreThanAnAnswerHas(t *testing.T) {
	v := newVisitor("http://test", answers(200, strings.Repeat("x", 2<<20)))
	a, err := v.send(t.Context(), check{request: "GET /"})
	require.NoError(t, err)
	assert.Len(t, a.body, 1<<20, "a server that never ends must not fill the memory of who asks it")
}

func TestVisitor_waitsTwoMinutesInAll(t *testing.T) {
	for after, want := range map[string]bool{"120": true, "121": false} {
		synctest.Test(t, func(t *testing.T) {
			a := answer{header: http.Header{"Retry-After": {after}},
				body: []byte(`{"code":"` + string(problem.TooManyRequests) + `"}`)}
			started := time.Now()
			assert.Equal(t, want, newVisitor("http://test", nil).wait(t.Context(), a), "asked to wait %s seconds", after)
			assert.Equal(t, want, time.Since(started) == 2*time.Minute)
		})
	}
}

func TestVisitor_givesUpOnASilentServerAfterThirtySeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		started := time.Now()
		v := newVisitor("http://test", roundTripper(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		}))
		_, err := v.send(t.Context(), check{request: "GET /"})
		require.ErrorIs(t, err, errNoAnswer)
		assert.Equal(t, 30*time.Second, time.Since(started), "the first answer over HTTPS may wait for the certificate")
	})
}
