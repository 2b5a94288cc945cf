package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The lab gets a prediction about each exercise that is green, once.
func TestAnswerLab(t *testing.T) {
	s, out := openSession(t, fixture.NewCourse(t))
	require.NoError(t, fixture.Start(t.Context(), s.course, "1"))
	socket := socketFor(filepath.Join(t.TempDir(), "exercises.json"))
	stop := answerLab(t.Context(), s, socket)
	defer stop()
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", socket)
	}
	client := http.Client{Transport: &http.Transport{DialContext: dial}}
	ask := func(query string) (status int, q labQuestion) {
		t.Helper()
		got, err := client.Get("http://workbook/?" + query)
		require.NoError(t, err)
		defer got.Body.Close()
		text, err := io.ReadAll(got.Body)
		require.NoError(t, err)
		if got.StatusCode == http.StatusOK {
			require.NoError(t, json.Unmarshal(text, &q))
		}
		return got.StatusCode, q
	}
	status, _ := ask("chapters=1&lang=en")
	assert.Equal(t, http.StatusNotFound, status, "nothing is green")

	revealAll(t, s, "01-greet")
	ch, err := s.course.Chapter("1")
	require.NoError(t, err)
	_, err = s.runner.Examine(t.Context(), ch, ch.Exercises, gorun.Effort{})
	require.NoError(t, err)
	out.Reset()
	asked := map[string]labQuestion{}
	for range ch.Exercises {
		status, q := ask("chapters=13&lang=en")
		require.Equal(t, http.StatusOK, status)
		asked[q.Exercise] = q
	}
	require.Len(t, asked, len(ch.Exercises), "each has its own")
	assert.Contains(t, asked["1.2"].Text, "Somebody gets it wrong:")
	assert.Contains(t, asked["1.2"].Because, "rows fail. One that fails is `Test")
	assert.NotEmpty(t, asked["1.2"].Choices)
	status, _ = ask("chapters=13&lang=en")
	assert.Equal(t, http.StatusNotFound, status, "no more")
	status, _ = ask("chapters=2&lang=ko")
	assert.Equal(t, http.StatusNotFound, status, "another chapter")
	assert.Empty(t, out.String(), "the terminal is the server's")
}

// A run that takes long is not begun again.
func TestPredictor_letsTheLabAskAgain(t *testing.T) {
	p := &predictor{made: map[string]chan *labQuestion{"chapters=1": make(chan *labQuestion, 1)}}
	ask := func() int {
		r, err := http.NewRequest("GET", "/?chapters=1", nil)
		require.NoError(t, err)
		rec := httptest.NewRecorder()
		p.handler(t.Context())(rec, r)
		return rec.Code
	}
	assert.Equal(t, http.StatusAccepted, ask())
	p.made["chapters=1"] <- &labQuestion{}
	p.wait = time.Minute
	assert.Equal(t, http.StatusOK, ask())
	assert.Empty(t, p.made)
}
