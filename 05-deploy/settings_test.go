package deploy

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/05-deploy/internal/testserver"
	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What an operator may set must not look like a broken release.

func TestVerify_knowsThatSwaggerMayBeOff(t *testing.T) {
	exercise.Needs(t, "5.10")
	report := Verify(t.Context(), start(t, testserver.New(testserver.SwaggerOff, "abc").Handler(nil)))
	require.NoError(t, report.Err())
	assert.Contains(t, report.Results, Result{"Swagger UI is off", nil})
	assert.NotContains(t, report.Results, Result{"Swagger UI is there", nil})
}

func TestVerify_waitsWhereTheServerAsksForIt(t *testing.T) {
	exercise.Needs(t, "5.10")
	rows := []struct {
		name  string
		code  problem.Code
		after time.Duration // Retry-After of each refusal
		want  string
	}{
		{"for a place in the limit of its address", problem.TooManyRequests, 10 * time.Second, ""},
		{"for a place among the hashes", problem.Overloaded, time.Second, ""},
		{"but not for ever", problem.TooManyRequests, 100 * time.Second,
			"expected 409 USER_ALREADY_EXISTS, got 429 TOO_MANY_REQUESTS"},
		{"nor for a server that is not ready", problem.Unavailable, time.Second, "expected 201, got 503 UNAVAILABLE"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := testserver.New(testserver.None, "abc")
				started := time.Now()
				err := verify(t.Context(), "http://test", everySecond(row.code, row.after, server.Handler(nil))).Err()
				assert.LessOrEqual(t, time.Since(started), 5*time.Minute, "the machine waits no longer for the verdict")
				if row.want != "" {
					require.ErrorContains(t, err, row.want)
					return
				}
				require.NoError(t, err)
				assert.Zero(t, server.Users())
			})
		})
	}
}

// everySecond refuses each request with a body once, before it lets it through.
func everySecond(code problem.Code, after time.Duration, next http.Handler) http.RoundTripper {
	refused := false
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		w := httptest.NewRecorder()
		refused = !refused && r.ContentLength > 0
		if !refused {
			next.ServeHTTP(w, r)
			return w.Result(), nil
		}
		problem.Write(w, problem.RetryLater(code, after, nil))
		return w.Result(), nil
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }
