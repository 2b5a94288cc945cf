package main

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"example.com/authbook/docs"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/contract"
	"example.com/authbook/final/internal/logs"
	"example.com/authbook/final/internal/serve"
	"example.com/authbook/final/internal/store"
	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"example.com/authbook/final/internal/web"
	"github.com/stretchr/testify/require"
)

// spec checks every exchange of these tests against docs/openapi.yaml, and in
// the end that every documented answer was seen. A test binary that is to be the
// server does without.
var spec = sync.OnceValue(func() *contract.Spec {
	document, err := docs.OpenAPIJSON()
	if err != nil {
		panic(err)
	}
	s, err := contract.New(document)
	if err != nil {
		panic(err)
	}
	return s
})

func TestMain(m *testing.M) {
	if os.Getenv(beServer) != "" {
		os.Exit(process(cheapServer))
	}
	if err := serve.CheckFinished(); err != nil {
		_, _ = io.WriteString(os.Stderr, err.Error()+"\n")
		os.Exit(1)
	}
	os.Exit(spec().Main(m))
}

// server is the whole application on a fresh database, with everything real
// but the cost of a hash.
type server struct {
	t      *testing.T
	url    string
	config config.Config
	db     *store.DB
	app    *web.App
	log    *testkit.Log
	logger *slog.Logger
	disk   *auditDisk
	trail  *logs.Trail
}

// newServer starts a server. Each change is made to its configuration first.
func newServer(t *testing.T, changes ...func(*config.Config)) *server {
	t.Helper()
	c := config.Config{
		DatabaseURL:   testdb.URL(t),
		AuditDir:      t.TempDir(),
		AuditDays:     90,
		Secret:        []byte(testkit.Secret),
		PublicURL:     "http://localhost:8080",
		RatePerSecond: 1e6,
		Swagger:       true,
		Hasher:        testkit.Hasher(),
	}
	for _, change := range changes {
		change(&c)
	}
	db, err := store.Open(t.Context(), c.DatabaseURL)
	require.NoError(t, err)
	t.Cleanup(func() { db.Close() })
	log := &testkit.Log{}
	logger := slog.New(slog.NewJSONHandler(log, nil))
	disk := &auditDisk{log: log}
	trail := logs.NewTrail(disk, logger)
	t.Cleanup(trail.Close)
	a, err := web.New(c, web.Site{Origin: c.PublicURL, Secret: c.Secret}, db, logger, trail)
	require.NoError(t, err)
	listener := httptest.NewServer(a.Handler())
	t.Cleanup(listener.Close)
	return &server{t: t, url: listener.URL, config: c, db: db, app: a, log: log, logger: logger, disk: disk, trail: trail}
}

// answer is a response, read whole.
type answer struct {
	status int
	header http.Header
	body   string
}

// code is the code of a problem.
func (a answer) code() string {
	var p struct{ Code string }
	_ = json.Unmarshal([]byte(a.body), &p)
	return p.Code
}

// token is the access token of an answer to /login or /refresh.
func (a answer) token(t *testing.T) string {
	t.Helper()
	var body struct{ Token string }
	require.NoError(t, json.Unmarshal([]byte(a.body), &body))
	require.NotEmpty(t, body.Token, a.body)
	return body.Token
}

// refresh is the refresh cookie that an answer sets.
func (a answer) refresh(t *testing.T) *http.Cookie { return a.cookie(t, "refresh") }

// cookie is the one cookie of that name, or of __Host- and that name.
func (a answer) cookie(t *testing.T, name string) *http.Cookie {
	t.Helper()
	var found []*http.Cookie
	for _, c := range (&http.Response{Header: a.header}).Cookies() {
		if strings.TrimPrefix(c.Name, "__Host-") == name {
			found = append(found, c)
		}
	}
	require.Len(t, found, 1, "one cookie")
	return found[0]
}

// option changes a request before it is sent.
type option func(*http.Request)

func bearer(token string) option {
	return func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
}

func cookie(c *http.Cookie) option {
	return func(r *http.Request) { r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value}) }
}

func header(name, value string) option {
	return func(r *http.Request) { r.Header.Set(name, value) }
}

// do sends a request; a body goes as JSON unless an option says otherwise. On a machine
// that stands still for a quarter of a second an answer comes before its record. So do
// waits for that too.
func (s *server) do(method, path, body string, options ...option) answer {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(body))
	require.NoError(s.t, err)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for _, option := range options {
		option(r)
	}
	client := &http.Client{
		Transport:     spec().Transport(s.t, http.DefaultTransport),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	res, err := client.Do(r)
	require.NoError(s.t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(s.t, err)
	if s.trail != nil && !s.disk.full.Load() {
		eventually(s.t, "the records of the request must be written", func() bool { return s.trail.Waiting() == 0 })
	}
	return answer{res.StatusCode, res.Header, string(text)}
}

// signUp makes the user of the README's transcript.
func (s *server) signUp() {
	s.t.Helper()
	require.Equal(s.t, http.StatusCreated, s.do("POST", "/signup", testkit.JinHo).status)
}

// logIn returns the tokens of a new session of that user.
func (s *server) logIn() (access string, refresh *http.Cookie) {
	s.t.Helper()
	a := s.do("POST", "/login", testkit.JinHoLogsIn)
	require.Equal(s.t, http.StatusOK, a.status, a.body)
	return a.token(s.t), a.refresh(s.t)
}

// makeAdmin gives the role past the doors that refuse it to an account with the
// password of the README.
func (s *server) makeAdmin(key string) {
	s.t.Helper()
	_, err := store.NewUsers(s.db).SetRoles(s.t.Context(), key, []string{"ADMIN", "USER"})
	require.NoError(s.t, err)
}

// me is the status of GET /me: whether a token opens the door.
func (s *server) me(token string) int {
	s.t.Helper()
	return s.do("GET", "/me", "", bearer(token)).status
}
