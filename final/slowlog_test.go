package main

import (
	"bufio"
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"

	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// unreadLog makes standard error of the process a pipe that nobody reads until
// read is called. That reads to the end, and returns how many lines there are of
// requests and of the stop, and how many were left out by what others say. A busy
// machine may have more to tell, such as that the upkeep was too slow.
func (s *serverProcess) unreadLog() (read func() (lines, leftOut int)) {
	reader, writer, err := os.Pipe()
	require.NoError(s.t, err)
	s.t.Cleanup(func() { reader.Close() })
	s.cmd.Stderr = writer
	s.start()
	require.NoError(s.t, writer.Close())
	return func() (lines, leftOut int) {
		for log := bufio.NewScanner(reader); log.Scan(); {
			var line struct {
				Msg   string
				Lines int
			}
			require.NoError(s.t, json.Unmarshal(log.Bytes(), &line), "half a line: %s", log.Text())
			leftOut += line.Lines
			if line.Msg == "request" || strings.HasPrefix(line.Msg, "stopping: ") {
				lines++
			} else {
				s.t.Log(log.Text())
			}
		}
		return lines, leftOut
	}
}

// pollUntil lets eight clients ask GET /healthz until there were so many answers.
func (s *serverProcess) pollUntil(answers int64) {
	var clients sync.WaitGroup
	for range 8 {
		clients.Go(func() {
			for s.answers.Load() < answers {
				a, err := s.send("GET", "/healthz", "")
				if !assert.NoError(s.t, err) || !assert.Equal(s.t, http.StatusOK, a.status) {
					return
				}
			}
		})
	}
	clients.Wait()
}

// Who reads the log may stop: journald that hangs, a pipe into a disk that is
// full. No request waits for them, which would be for ever, and afterwards the log
// says what it lacks. The audit log lacks nothing.
func TestLog_thatNobodyReadsStopsNobody(t *testing.T) {
	testkit.SkipUnlessLong(t)
	t.Parallel()
	s := newProcess(t, map[string]string{"DATABASE_URL": testdb.SQLite(t), "LOG_FORMAT": "json", "ADMIN_ADDR": "off"})
	read := s.unreadLog()
	const answers = 7_000 // of some 200 bytes: more than the pipe and the server hold
	s.loadUntil(func() {
		s.pollUntil(answers)
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
