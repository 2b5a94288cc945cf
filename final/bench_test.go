package main

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/store"
	"example.com/authbook/final/internal/testdb"
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
func benchApp(b *testing.B, hasher accounts.Hasher) *app {
	b.Helper()
	log, err := os.Create(filepath.Join(b.TempDir(), "log"))
	require.NoError(b, err)
	db, err := store.Open(b.Context(), testdb.SQLite(b))
	require.NoError(b, err)
	b.Cleanup(func() {
		require.NoError(b, db.Close())
		require.NoError(b, log.Close())
	})
	a, err := newApp(config{
		secret:        []byte(goodSecret),
		publicURL:     "http://localhost:8080",
		ratePerSecond: 1e6,
		hasher:        hasher,
	}, db, slog.New(slog.NewJSONHandler(log, nil)))
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
	h := benchApp(b, cheapHasher()).handler()
	post(b, h, "/signup", jinHo, http.StatusCreated)
	var login struct{ Token string }
	require.NoError(b, json.Unmarshal([]byte(post(b, h, "/login", jinHoLogsIn, http.StatusOK)), &login))
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
