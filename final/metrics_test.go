package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// scrape returns what Prometheus would read.
func (s *server) scrape() string {
	w := httptest.NewRecorder()
	s.app.Metrics().ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/metrics", nil))
	require.Equal(s.t, http.StatusOK, w.Code)
	return w.Body.String()
}

func TestMetrics(t *testing.T) {
	s := newServer(t, func(c *config.Config) { c.DatabaseURL, c.BackupEvery = testdb.SQLite(t), time.Minute })
	s.signUp()
	token, refresh := s.logIn()
	require.Equal(t, http.StatusOK, s.me(token))
	require.Equal(t, http.StatusUnauthorized, s.me("x"))
	require.Equal(t, http.StatusUnauthorized,
		s.do("POST", "/login", `{"username":"JIN HO","password":"wrong password"}`).status)
	// No scrape waits for a database that is slow: it tells what was known before.
	eventually(t, "the database must be asked", func() bool {
		return strings.Contains(s.scrape(), "\nauthbook_sessions 1\n") && strings.Contains(s.scrape(), "\nauthbook_ready 1\n")
	})
	before := s.scrape()
	require.Equal(t, http.StatusNoContent, s.do("POST", "/logout", "", cookie(refresh)).status)

	rows := []struct{ name, line string }{
		{"requests are counted by method, route and status", `http_requests_total{code="200",method="GET",route="/me"} 1`},
		{"refused ones too", `http_requests_total{code="401",method="GET",route="/me"} 1`},
		{"their time is measured", `http_request_duration_seconds_count{route="/me"} 2`},
		{"events have the audit log's names", `authbook_events_total{event="login"} 1`},
		{"failed ones too", `authbook_events_total{event="login_failed"} 1`},
		{"an alarming one before its first time", `authbook_events_total{event="refresh_reuse"} 0`},
		{"live sessions are counted", `authbook_sessions 1`},
		{"so are the waits for a hash", `authbook_hash_wait_seconds_count 3`},
		{"nobody waits now", `authbook_hash_queue 0`},
		{"and none is hashed", `authbook_hash_running 0`},
		{"the server is ready", `authbook_ready 1`},
		{"the database failed nobody", `authbook_database_failures_total 0`},
		{"its connections are counted", `go_sql_open_connections{db_name="write"} 1`},
		{"there is no backup", `authbook_last_backup_timestamp_seconds 0`},
		{"where one is wanted each minute", `authbook_backup_interval_seconds 60`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Contains(t, strings.Split(before, "\n"), row.line)
		})
	}
	assert.Contains(t, before, "authbook_build_info{")
	assert.Contains(t, before, "\nauthbook_connections ")
	assert.Regexp(t, `\nauthbook_database_call_seconds_count [1-9]`, before)
	assert.Regexp(t, `\nprocess_start_time_seconds 1\.\d+e\+09`, before)
	assert.Regexp(t, `\nauthbook_disk_free_bytes{folder="database"} [1-9]`, before)
	assert.Contains(t, s.scrape(), "\nauthbook_sessions 1\n", "the database is not asked again for a minute")
}

// An alarm that comes at each deploy is one that nobody hears.
func TestMetrics_countTheChecksOfAShipApart(t *testing.T) {
	s := newServer(t)
	require.NoError(t, deploy.Verify(t.Context(), s.url).Err())
	scraped := s.scrape()
	assert.Contains(t, scraped, "authbook_events_total{event=\"refresh_reuse\"} 0\n")
	assert.Contains(t, scraped, "authbook_events_total{event=\"refresh_reuse_of_check\"} 1\n")

	s.signUp()
	_, first := s.logIn()
	second := s.do("POST", "/refresh", "", cookie(first)).refresh(t)
	require.Equal(t, http.StatusOK, s.do("POST", "/refresh", "", cookie(second)).status)
	require.Equal(t, http.StatusUnauthorized, s.do("POST", "/refresh", "", cookie(first)).status)
	assert.Contains(t, s.scrape(), "authbook_events_total{event=\"refresh_reuse\"} 1\n", "of anybody else it is an alarm")
}

var metricPattern = regexp.MustCompile(`\b(?:authbook|http|go|process)_[a-z_]+`)

// A metric with another name would be an alarm that nobody hears.
func TestMetrics_areThoseOfTheAlarmsAndTheDashboard(t *testing.T) {
	s := newServer(t, func(c *config.Config) { c.DatabaseURL, c.BackupCommand = testdb.SQLite(t), "cat" })
	s.signUp()
	s.app.WatchCertificate(func() float64 { return 1 })
	s.app.WatchLog(func() int64 { return 0 })
	known := metricPattern.FindAllString(s.scrape(), -1)
	for _, name := range []string{"alerts.yml", "dashboard.json"} {
		text, err := os.ReadFile(filepath.Join("..", "docs", "operations", name))
		require.NoError(t, err)
		named := metricPattern.FindAllString(string(text), -1)
		assert.Greater(t, len(named), 10, name)
		for _, metric := range named {
			assert.Contains(t, known, metric, name)
		}
	}
}

// What clients send must not make the metrics grow, nor show in them.
func TestMetrics_holdNothingThatAClientChose(t *testing.T) {
	s := newServer(t)
	send := func(method, path string) {
		r, err := http.NewRequestWithContext(t.Context(), method, s.url+path, nil)
		require.NoError(t, err)
		res, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
	}
	attack := func(n int) {
		send("GET", fmt.Sprintf("/hunter2-%d", n))
		send("PATCH", fmt.Sprintf("/admin/users/hunter2-%d/roles", n))
		send(fmt.Sprintf("HUNTER%d", n), "/me")
		send("GET", fmt.Sprintf("/me?hunter2=%d", n))
	}
	lines := func() int { return strings.Count(s.scrape(), "http_request") }
	attack(0)
	first := lines()
	for n := range 20 {
		attack(n)
	}
	assert.Equal(t, first, lines())
	text := s.scrape()
	assert.NotContains(t, strings.ToLower(text), "hunter")
	assert.Contains(t, text, `http_requests_total{code="404",method="GET",route="unmatched"} 21`)
	assert.Contains(t, text, `http_requests_total{code="405",method="other",route="unmatched"} 21`)
	assert.Contains(t, text, `route="/admin/users/{username}/roles"`)
}

func TestMetrics_areNotForThePublic(t *testing.T) {
	s := newServer(t)
	res, err := http.Get(s.url + "/metrics")
	require.NoError(t, err)
	defer res.Body.Close()
	assert.Equal(t, http.StatusNotFound, res.StatusCode)
}

// metricsAt returns the body of GET /metrics, and "" where nobody answers.
func metricsAt(addr string) string {
	res, err := http.Get("http://" + addr + "/metrics")
	if err != nil {
		return ""
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	return string(text)
}

func TestAdminAddr(t *testing.T) {
	t.Parallel()
	env := func(adminAddr string) map[string]string {
		return map[string]string{
			"ADDR": "127.0.0.1:0", "DATABASE_URL": filepath.Join(t.TempDir(), "authbook.db"), "ADMIN_ADDR": adminAddr,
		}
	}
	t.Run("a free address shows the metrics, and says where", func(t *testing.T) {
		_, printed, stop := start(t, env("127.0.0.1:0"))
		defer stop()
		require.Eventually(t, func() bool { return strings.Contains(printed.String(), "/metrics\n") }, time.Minute,
			time.Millisecond)
		_, rest, _ := strings.Cut(printed.String(), "Metrics:           http://")
		addr, _, _ := strings.Cut(rest, "/")
		assert.Contains(t, metricsAt(addr), "authbook_build_info")
	})
	t.Run("a taken address does not stop the start, and is used once it is free", func(t *testing.T) {
		other, err := net.Listen("tcp", "127.0.0.1:0")
		require.NoError(t, err)
		testkit.Reserve(t, other)
		addr := other.Addr().String()
		s := startProcess(t, env(addr))
		assert.Equal(t, http.StatusOK, s.must("GET", "/readyz", "").status)
		require.Eventually(t, func() bool { return strings.Contains(s.log.String(), "no metrics yet") }, time.Minute,
			time.Millisecond)
		assert.Contains(t, s.log.String(), addr)
		require.NoError(t, other.Close())
		require.Eventually(t, func() bool { return strings.Contains(metricsAt(addr), "authbook_build_info") }, time.Minute,
			10*time.Millisecond)
	})
	t.Run("off is off", func(t *testing.T) {
		_, printed, stop := start(t, env("off"))
		stop()
		assert.NotContains(t, printed.String(), "Metrics")
	})
}

// Anybody can hang up, as often as they like. An operator is called for what the
// server did wrong, and for nothing else.
func TestLogIn_ofAClientThatHangsUpIsNoFailure(t *testing.T) {
	s := newServer(t)
	s.signUp()
	before := len(s.log.String())
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	r := httptest.NewRequestWithContext(ctx, "POST", "/login", strings.NewReader(testkit.JinHoLogsIn))
	r.Header.Set("Content-Type", "application/json")
	s.app.Handler().ServeHTTP(httptest.NewRecorder(), r)

	logged := s.log.String()[before:]
	assert.Equal(t, 1, strings.Count(logged, "\n"), logged)
	assert.Contains(t, logged, `"level":"INFO","msg":"request","method":"POST","route":"POST /login","status":499,`)
	assert.Contains(t, s.scrape(), `http_requests_total{code="499",method="POST",route="/login"} 1`)
	assert.NotContains(t, s.scrape(), `http_requests_total{code="5`)
}
