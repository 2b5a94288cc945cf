package deploy

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
)

// status is the status with which a handler answers.
func status(t *testing.T, h func(http.ResponseWriter, *http.Request) error) int {
	t.Helper()
	rec := httptest.NewRecorder()
	if err := h(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)); err != nil {
		problem.Write(rec, err)
	}
	return rec.Code
}

func TestHealth_Ready(t *testing.T) {
	type row struct {
		name  string
		ping  func(context.Context) error
		drain bool
		ready int
		why   string
	}
	answers := func(context.Context) error { return nil }
	refuses := func(context.Context) error { return errors.New("connection refused") }
	hangs := func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Hour): // it answers when nobody waits any more
			return nil
		}
	}
	slow := func(ctx context.Context) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(1999 * time.Millisecond):
			return nil
		}
	}
	rows := []row{
		{"a healthy server is ready", answers, false, 200, "it can take traffic"},
		{"a draining server is not ready", answers, true, 503, "a load balancer must send its traffic elsewhere"},
		{"without its database it is not ready", refuses, false, 503, "every request would fail"},
		{"with a database that takes its time it is ready", slow, false, 200, "a check may take two seconds"},
		{"with a database that hangs it is not ready", hangs, false, 503, "a late answer is as bad as none"},
	}
	exercise.SynctestRows(t, "5.3", rows, func(t *testing.T, row row) {
		health := NewHealth(row.ping)
		if row.drain {
			health.Drain()
		}
		asked := time.Now()
		assert.Equal(t, row.ready, status(t, health.Ready), row.why)
		assert.LessOrEqual(t, time.Since(asked), 2*time.Second, "a monitor has a timeout too")
		assert.Equal(t, 200, status(t, health.Alive), "it is alive all the same: a restart would help nobody")
	})
}

func TestHealth_Ready_hidesTheCause(t *testing.T) {
	exercise.Needs(t, "5.3")
	health := NewHealth(func(context.Context) error { return errors.New("db at 10.0.0.3 refused") })
	rec := httptest.NewRecorder()
	problem.Write(rec, health.Ready(rec, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)))
	assert.NotContains(t, rec.Body.String(), "10.0.0.3", "anybody can ask; the cause is for the log")
}

func TestHealth_Ready_goesWithTheOneWhoAsked(t *testing.T) {
	exercise.Needs(t, "5.3")
	gone, leave := context.WithCancel(t.Context())
	leave()
	var pinged error
	health := NewHealth(func(ctx context.Context) error {
		pinged = ctx.Err()
		return pinged
	})
	_ = health.Ready(httptest.NewRecorder(), httptest.NewRequestWithContext(gone, http.MethodGet, "/", nil))
	assert.ErrorIs(t, pinged, context.Canceled, "who asked has gone: the database works for nobody")
}
