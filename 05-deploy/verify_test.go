package deploy

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/authbook/05-deploy/internal/testserver"
	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each flaw is a server that looks right and is not. The checks must pass on
// the honest one and notice every other.
func TestVerify(t *testing.T) {
	type row struct {
		name string
		flaw testserver.Flaw
		want string // the check that must fail; "": none
	}
	rows := []row{
		{"reference", testserver.None, ""},
		{"unmasks/never-checks-the-password", testserver.AnyPassword, "expected 401 INVALID_CREDENTIALS, got 200"},
		{"unmasks/takes-taken-names", testserver.TakesTakenNames, "expected 409 USER_ALREADY_EXISTS, got 201"},
		{"unmasks/sign-up-answers-200", testserver.SignUpIs200, "expected 201, got 200"},
		{"unmasks/shows-the-password-hash", testserver.ShowsHash, "must not show the password"},
		{"unmasks/everybody-is-an-administrator", testserver.MakesAdmins, "expected the one role USER"},
		{"unmasks/cookie-without-httponly", testserver.CookieForScripts, "HttpOnly"},
		{"unmasks/refresh-token-in-the-body", testserver.TokenInBody, "nothing else in it"},
		{"unmasks/me-without-a-token", testserver.MeWithoutToken, "expected 401 TOKEN_NOT_FOUND, got 200"},
		{"unmasks/refresh-does-not-rotate", testserver.KeepsRefreshToken, "expected 401 INVALID_TOKEN, got 200"},
		{"unmasks/refresh-gives-a-dead-token", testserver.RefreshedIsDead, "expected 200, got 401 INVALID_TOKEN"},
		{"unmasks/forgives-reuse", testserver.ForgivesReuse, "expected 401 INVALID_TOKEN, got 200"},
		{"unmasks/reuse-keeps-the-session", testserver.ReuseKeepsSession, "expected 401 INVALID_TOKEN, got 200"},
		{"unmasks/log-out-keeps-the-access-token", testserver.LogOutForgetsAccess,
			"expected 401 INVALID_TOKEN, got 200"},
		{"unmasks/log-out-keeps-the-refresh-token", testserver.LogOutForgetsRefresh,
			"expected 401 INVALID_TOKEN, got 200"},
		{"unmasks/delete-does-nothing", testserver.DeleteDoesNothing, "expected 401 INVALID_CREDENTIALS, got 200"},
	}
	exercise.Rows(t, "5.10", rows, func(t *testing.T, row row) {
		server := testserver.New(row.flaw, "abc")
		url := start(t, server.Handler(nil))
		report := Verify(t.Context(), url)
		if row.want == "" {
			require.NoError(t, report.Err(), "the honest server must pass")
			assert.Equal(t, "abc", report.Version.Revision)
			assert.Zero(t, server.Users(), "the checks must remove their user")
			return
		}
		require.ErrorContains(t, report.Err(), row.want, "no check noticed the server that %s",
			strings.ReplaceAll(strings.TrimPrefix(row.name, "unmasks/"), "-", " "))
		if row.flaw != testserver.DeleteDoesNothing {
			assert.Zero(t, server.Users(), "the checks must remove their user also when one of them fails")
		}
	})
}

// The given table looks at what anybody sees.
func TestVerify_surface(t *testing.T) {
	rows := []struct {
		flaw testserver.Flaw
		want string
	}{
		{testserver.NotReady, "the server is ready: expected 200, got 503 UNAVAILABLE"},
		{testserver.NoVersion, "with a revision"},
		{testserver.NoHeaders, "expected"},
		{testserver.PlainErrors, "expected 404 NOT_FOUND, got 404"},
		{testserver.NoSwagger, "Swagger UI is there: expected 200, got 404"},
		{testserver.OldDocument, "expected an OpenAPI 3.1 document"},
	}
	for _, row := range rows {
		t.Run(string(row.flaw), func(t *testing.T) {
			url := start(t, testserver.New(row.flaw, "abc").Handler(nil))
			require.ErrorContains(t, Verify(t.Context(), url).Err(), row.want)
		})
	}
}

func start(t *testing.T, h http.Handler) (url string) {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return server.URL
}

func TestVerify_overHTTPSWantsTheSecureCookie(t *testing.T) {
	exercise.Needs(t, "5.10")
	s := testserver.New(testserver.None, "abc")
	server := httptest.NewTLSServer(s.Handler(nil))
	defer server.Close()
	require.NoError(t, verify(t.Context(), server.URL, server.Client().Transport).Err())
	assert.Zero(t, s.Users())
}

func TestVerify_saysWhenItLeavesAUserBehind(t *testing.T) {
	exercise.Needs(t, "5.10")
	url := start(t, testserver.New(testserver.DeleteFails, "abc").Handler(nil))
	err := Verify(t.Context(), url).Err()
	require.ErrorContains(t, err, "leave: expected 204, got 500 INTERNAL")
	require.ErrorContains(t, err, "may still be there")
	require.ErrorContains(t, err, "final admin delete check-")
}

func TestVerify_stopsWhereNobodyAnswers(t *testing.T) {
	report := Verify(t.Context(), "http://"+nobody(t))
	require.Len(t, report.Results, 1, "twenty times the same news helps nobody")
	require.ErrorContains(t, report.Err(), "no answer")
}

// nobody is an address that nobody can come to listen at: a client of ours has it.
func nobody(t *testing.T) string {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(start(t, hello), "http://"))
	require.NoError(t, err)
	t.Cleanup(func() { conn.Close() })
	return conn.LocalAddr().String()
}

func TestVerify_removesItsUserAfterAnInterrupt(t *testing.T) {
	exercise.Needs(t, "5.10")
	ctx, interrupt := context.WithCancel(t.Context())
	server := testserver.New(testserver.None, "abc")
	h := server.Handler(nil)
	url := start(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(w, r)
		if r.URL.Path == "/signup" {
			interrupt()
		}
	}))
	require.Error(t, Verify(ctx, url).Err())
	assert.Zero(t, server.Users())
}

func TestVerify_refusesWhatIsNoAddress(t *testing.T) {
	for _, text := range []string{"", "localhost", "ftp://host", "http://", "https://user:hunter2@host",
		"http://host/path", "http://host?q"} {
		report := Verify(t.Context(), text)
		require.ErrorContains(t, report.Err(), "use scheme and host alone", text)
		assert.Len(t, report.Results, 1)
	}
}

func TestReport_Print(t *testing.T) {
	var printed bytes.Buffer
	Report{Results: []Result{{"log in", nil}, {"log out", context.Canceled}}}.Print(&printed)
	assert.Equal(t, "  ok      log in\n  FAILED  log out: context canceled\n", printed.String())
}
