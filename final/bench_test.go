package main

import (
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/logs"
	"example.com/authbook/final/internal/store"
	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"example.com/authbook/final/internal/web"
	"github.com/stretchr/testify/require"
)

// deaf is a ResponseWriter that keeps nothing, so that a benchmark measures
// the server and not the recorder of a test.
type deaf struct{ header http.Header }

func (d *deaf) Header() http.Header         { return d.header }
func (d *deaf) Write(p []byte) (int, error) { return len(p), nil }
func (d *deaf) WriteHeader(int)             {}

// benchApp is the whole application on a new SQLite database, with a hasher
// that costs next to nothing and its log in a file.
func benchApp(b *testing.B, hasher accounts.Hasher) *web.App {
	b.Helper()
	log, err := os.Create(filepath.Join(b.TempDir(), "log"))
	require.NoError(b, err)
	db, err := store.Open(b.Context(), testdb.SQLite(b))
	require.NoError(b, err)
	b.Cleanup(func() {
		require.NoError(b, db.Close())
		require.NoError(b, log.Close())
	})
	c := config.Config{RatePerSecond: 1e6, Hasher: hasher}
	site := web.Site{Origin: "http://localhost:8080", Secret: []byte(testkit.Secret)}
	logger := slog.New(slog.NewJSONHandler(log, nil))
	trail := logs.NewTrail(log, logger)
	b.Cleanup(trail.Close)
	a, err := web.New(c, site, db, logger, trail)
	require.NoError(b, err)
	return a
}

// post sends a body and returns the answer's.
func post(b *testing.B, h http.Handler, path, body string, status int) string {
	b.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	require.Equal(b, status, w.Code, w.Body.String())
	return w.Body.String()
}

// BenchmarkMe is GET /me without the network: the whole chain, the token, the
// read of the session and its user, and the access log.
func BenchmarkMe(b *testing.B) {
	h := benchApp(b, testkit.Hasher()).Handler()
	post(b, h, "/signup", testkit.JinHo, http.StatusCreated)
	var login struct{ Token string }
	require.NoError(b, json.Unmarshal([]byte(post(b, h, "/login", testkit.JinHoLogsIn, http.StatusOK)), &login))
	b.ReportAllocs()
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		r := httptest.NewRequest("GET", "/me", nil)
		r.Header.Set("Authorization", "Bearer "+login.Token)
		for pb.Next() {
			h.ServeHTTP(&deaf{http.Header{}}, r)
		}
	})
}

// free is a hasher that costs nothing.
type free struct{ accounts.Hasher }

func (f free) Hash(string) string { return f.Dummy() }

// BenchmarkSignUp compares POST /signup, with all but the hash and the network,
// with a bare loop that inserts the same rows, and reports the ratio of their
// rates. The two take turns, so that both see the same disk.
func BenchmarkSignUp(b *testing.B) {
	const batch, clients = 64, 64
	a := benchApp(b, free{accounts.ProductionCost()})
	h := a.Handler()
	bare, err := sql.Open("sqlite", "file:"+testdb.SQLite(b)+"?_pragma=journal_mode(wal)&_pragma=synchronous(full)")
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, bare.Close()) })
	bare.SetMaxOpenConns(1)
	_, err = bare.ExecContext(b.Context(), `CREATE TABLE users (
		id TEXT NOT NULL PRIMARY KEY, username TEXT NOT NULL, username_key TEXT NOT NULL UNIQUE, nickname TEXT NOT NULL,
		password_hash TEXT NOT NULL, password_version BIGINT NOT NULL, roles TEXT NOT NULL, disabled BOOLEAN NOT NULL,
		created BIGINT NOT NULL) WITHOUT ROWID`)
	require.NoError(b, err)
	insert, err := bare.PrepareContext(b.Context(),
		`INSERT INTO users VALUES ($1, $2, $2, 'Load', $3, 0, 'USER', false, 0)`)
	require.NoError(b, err)

	hash := accounts.ProductionCost().Dummy()
	var signUps, inserts time.Duration
	rounds := 0
	for b.Loop() {
		start := time.Now()
		var wait sync.WaitGroup
		for client := range clients {
			wait.Go(func() {
				for n := client; n < batch; n += clients {
					body := fmt.Sprintf(`{"username":"u %d %d","password":"12341234","nickname":"Load"}`, rounds, n)
					post(b, h, "/signup", body, http.StatusCreated)
				}
			})
		}
		wait.Wait()
		signUps += time.Since(start)
		start = time.Now()
		for n := range batch {
			_, err := insert.ExecContext(b.Context(), rand.Text(), fmt.Sprintf("u %d %d", rounds, n), hash)
			require.NoError(b, err)
		}
		inserts += time.Since(start)
		rounds++
	}
	perSecond := func(d time.Duration) float64 { return float64(rounds*batch) / d.Seconds() }
	b.ReportMetric(perSecond(signUps), "sign-ups/s")
	b.ReportMetric(perSecond(inserts), "inserts/s")
	b.ReportMetric(perSecond(signUps)/perSecond(inserts), "ratio")
	b.ReportMetric(0, "ns/op") // of a batch of both: it would only confuse
}
