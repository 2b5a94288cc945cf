package lab

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"

	middleware "example.com/authbook/01-middleware"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMeasure(t *testing.T) {
	p := newPage(t)
	rows := []struct {
		name   string
		memory int
		passes int
		status int
	}{
		{"the least", 8, 1, http.StatusOK},
		{"too little memory for one lane", 7, 1, http.StatusBadRequest},
		{"more than 64 MiB", 64<<10 + 1, 1, http.StatusBadRequest},
		{"no pass", 8, 0, http.StatusBadRequest},
		{"ten passes", 8, 10, http.StatusOK},
		{"eleven", 8, 11, http.StatusBadRequest},
		{"a number that is none", -1, 1, http.StatusBadRequest},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var m costs
			got := page{t, p.lab}.ask("POST", "password/measure",
				fmt.Sprintf(`{"memoryKiB":%d,"passes":%d}`, row.memory, row.passes), &m)
			require.Equal(t, row.status, got.Code, got.Body)
			if row.status == http.StatusOK {
				assert.Positive(t, m.Argon2id)
				assert.Greater(t, m.Bcrypt, 100*m.SHA256, "bcrypt is slow, and SHA-256 is not")
				assert.Positive(t, m.Processors)
			}
		})
	}
}

// A hash can't be stopped. So the place is free when the hash is over, and not when its
// client has gone.
func TestBench_alone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := &bench{work: make(chan struct{}, 1)}
		hashing := make(chan struct{})
		ctx, hangUp := context.WithCancel(t.Context())
		var first error
		go func() { first = b.alone(ctx, func(context.Context) error { <-hashing; return nil }) }()
		synctest.Wait()
		nothing := func(context.Context) error { return nil }

		assert.Equal(t, problem.Overloaded, problem.From(b.alone(t.Context(), nothing)).Code, "one at a time")
		hangUp()
		synctest.Wait()
		require.ErrorIs(t, first, context.Canceled, "who hangs up waits no longer")
		assert.Equal(t, problem.Overloaded, problem.From(b.alone(t.Context(), nothing)).Code, "but the hash still runs")
		other, endless := bench{work: make(chan struct{}, 1)}, make(chan struct{})
		defer close(endless)
		assert.ErrorIs(t, other.alone(t.Context(), func(context.Context) error { <-endless; return nil }), errEndless)
		close(hashing)
		synctest.Wait()
		assert.NoError(t, b.alone(t.Context(), nothing))
		assert.Panics(t, func() { _ = b.alone(t.Context(), func(context.Context) error { panic("TODO") }) }, "for the log")
		for range 20_000 {
			require.NoError(t, b.alone(t.Context(), nothing), "whoever has an answer finds the place free")
		}
	})
}

func TestTook_beginsNothingForWhoHasGone(t *testing.T) {
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	_, err := took(ctx, func() error { return errors.New("it began") })
	assert.ErrorIs(t, err, context.Canceled)
}

// The flood ends when its client hangs up, and says what it has measured.
func TestFlood(t *testing.T) {
	p := newPage(t)
	returned := make(chan struct{}, 1)
	var log bytes.Buffer
	logged := middleware.AccessLog(slog.New(slog.NewTextHandler(&log, nil)), loopback)(p.lab)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		logged.ServeHTTP(w, r)
		returned <- struct{}{}
	}))
	defer server.Close()
	ctx, hangUp := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, "POST", server.URL+"/lab/api/password/flood", strings.NewReader("{}"))
	require.NoError(t, err)
	go func() { _, _ = server.Client().Do(r) }()

	var got floodPoints
	require.Eventually(t, func() bool {
		p.ask("GET", "password/flood", "", &got)
		return len(got.Queued) > 0
	}, 20*floodTime, logInEvery)
	hangUp()
	<-returned
	assert.Regexp(t, `level=INFO .*status=499`, log.String(), "who stops it makes no failure of the server")
	p.ask("GET", "password/flood", "", &got)
	assert.False(t, got.Done)
	assert.Empty(t, got.Free, "the second round has not begun")
	assert.Positive(t, got.Refused, "the queue is full, and tells so")
}
