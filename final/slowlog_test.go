package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unreadLog makes standard error of the process a pipe that nobody reads until
// read is called. That reads to the end, and returns how many lines there are,
// and how many were left out by what they say.
func (s *serverProcess) unreadLog() (read func() (lines, leftOut int)) {
	reader, writer, err := os.Pipe()
	require.NoError(s.t, err)
	s.t.Cleanup(func() { reader.Close() })
	s.cmd.Stderr = writer
	s.start()
	require.NoError(s.t, writer.Close())
	return func() (lines, leftOut int) {
		for log := bufio.NewScanner(reader); log.Scan(); {
			var line struct{ Lines int }
			require.NoError(s.t, json.Unmarshal(log.Bytes(), &line), "half a line: %s", log.Text())
			leftOut += line.Lines
			if line.Lines == 0 {
				lines++
			}
		}
		return lines, leftOut
	}
}

// pollUntil lets eight clients ask GET /healthz until there were so many
// answers, and returns the longest time that one took.
func (s *serverProcess) pollUntil(answers int64) time.Duration {
	var longest [8]time.Duration
	var clients sync.WaitGroup
	for i := range longest {
		clients.Go(func() {
			for s.answers.Load() < answers {
				start := time.Now()
				a, err := s.send("GET", "/healthz", "")
				if !assert.NoError(s.t, err) || !assert.Equal(s.t, http.StatusOK, a.status) {
					return
				}
				longest[i] = max(longest[i], time.Since(start))
			}
		})
	}
	clients.Wait()
	return slices.Max(longest[:])
}

// Who reads the log may stop: journald that hangs, a pipe into a disk that is
// full. No request waits for them, and afterwards the log says what it lacks. The
// audit log lacks nothing.
func TestLog_thatNobodyReadsStopsNobody(t *testing.T) {
	testkit.SkipUnlessLong(t)
	t.Parallel()
	s := newProcess(t, map[string]string{"DATABASE_URL": testdb.SQLite(t), "LOG_FORMAT": "json", "ADMIN_ADDR": "off"})
	s.client.Timeout = 5 * time.Second
	read := s.unreadLog()
	const answers = 7_000 // of some 200 bytes: more than the pipe and the server hold
	s.loadUntil(func() {
		assert.Less(t, s.pollUntil(answers), time.Second)
		s.enough.Store(true)
	})
	require.Empty(t, s.lost)

	s.terminate()
	lines, leftOut := read()
	require.NoError(t, <-s.exited)
	assert.Positive(t, leftOut)
	assert.EqualValues(t, s.answers.Load()+1, lines+leftOut,
		"each request and the stop have a line, or are counted in one")
	assert.NotEmpty(t, s.changes)
	s.checkAudit()
}
