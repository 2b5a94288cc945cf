package middleware_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/01-middleware"
	"github.com/stretchr/testify/assert"
	"golang.org/x/time/rate"
)

// byHeader lets a test choose whose request it is.
func byHeader(r *http.Request) string { return r.Header.Get("Client") }

// from is a request of that client.
func from(client string) *http.Request {
	r := get("/")
	r.Header.Set("Client", client)
	return r
}

func TestRateLimit(t *testing.T) {
	type step struct {
		after      time.Duration // since the step before
		client     string
		status     int
		retryAfter string
	}
	rows := []struct {
		name  string
		steps []step // against two at once and one every four seconds
	}{
		{"the burst passes and the next one is told when to come back", []step{
			{0, "a", 200, ""}, {0, "a", 200, ""}, {0, "a", 429, "4"},
		}},
		{"Retry-After is what is left of the wait", []step{
			{0, "a", 200, ""}, {0, "a", 200, ""}, {time.Second, "a", 429, "3"}, {2500 * time.Millisecond, "a", 429, "1"},
		}},
		{"who waits as told is let in, once", []step{
			{0, "a", 200, ""}, {0, "a", 200, ""}, {0, "a", 429, "4"}, {4 * time.Second, "a", 200, ""}, {0, "a", 429, "4"},
		}},
		{"a refused request costs nothing", []step{
			{0, "a", 200, ""}, {0, "a", 200, ""}, {0, "a", 429, "4"}, {0, "a", 429, "4"}, {0, "a", 429, "4"},
			{4 * time.Second, "a", 200, ""},
		}},
		{"after a rest the whole burst is there again, and no more", []step{
			{0, "a", 200, ""}, {0, "a", 200, ""}, {time.Hour, "a", 200, ""}, {0, "a", 200, ""}, {0, "a", 429, "4"},
		}},
		{"one client does not use up another's", []step{
			{0, "a", 200, ""}, {0, "a", 200, ""}, {0, "a", 429, "4"}, {0, "b", 200, ""}, {0, "b", 200, ""}, {0, "b", 429, "4"},
		}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := middleware.RateLimit(rate.Every(4*time.Second), 2, byHeader, 100)(http.HandlerFunc(ok))
				for i, step := range row.steps {
					<-time.After(step.after)
					w := send(h, from(step.client))
					assert.Equal(t, step.status, w.Code, "step %d", i+1)
					assert.Equal(t, step.retryAfter, w.Header().Get("Retry-After"), "step %d", i+1)
					if step.status == http.StatusTooManyRequests {
						assert.Equal(t, "TOO_MANY_REQUESTS", codeOf(w.Body.Bytes()))
					}
				}
			})
		})
	}
}

func TestRateLimit_holdsForAllHandlersTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		limit := middleware.RateLimit(1, 1, byHeader, 100)
		logIn, signUp := limit(http.HandlerFunc(ok)), limit(http.HandlerFunc(ok))
		assert.Equal(t, 200, send(logIn, from("a")).Code)
		assert.Equal(t, 429, send(signUp, from("a")).Code, "two doors must not double the number of tries")
	})
}

func TestRateLimit_refusesNumbersThatCanNotWork(t *testing.T) {
	for name, build := range map[string]func(){
		"no rate":  func() { middleware.RateLimit(0, 1, byHeader, 100) },
		"no burst": func() { middleware.RateLimit(1, 0, byHeader, 100) },
		"one key":  func() { middleware.RateLimit(1, 1, byHeader, 1) },
	} {
		assert.Panics(t, build, name)
	}
	assert.NotPanics(t, func() { middleware.RateLimit(1, 1, byHeader, 2) }, "two keys are enough")
}
