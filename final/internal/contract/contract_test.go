package contract

import (
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"example.com/authbook/docs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// answer is what the fake server says.
type answer struct {
	status int
	header http.Header
	body   string
}

func (a answer) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	maps.Copy(w.Header(), a.header)
	w.WriteHeader(a.status)
	_, _ = io.WriteString(w, a.body)
}

// recorder is a T that keeps the failures.
type recorder struct{ failures []string }

func (*recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func newSpec(t *testing.T) *Spec {
	t.Helper()
	document, err := os.ReadFile("testdata/openapi.yaml")
	require.NoError(t, err)
	spec, err := New(document)
	require.NoError(t, err)
	return spec
}

// ask sends a request to a server that gives the answer, and returns what the
// contract has to say and the body that the client read.
func ask(t *testing.T, spec *Spec, request string, header http.Header, sent string, a answer) (string, string) {
	t.Helper()
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	method, path, _ := strings.Cut(request, " ")
	r, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, strings.NewReader(sent))
	require.NoError(t, err)
	r.Header = header
	var seen recorder
	client := http.Client{Transport: spec.Transport(&seen, server.Client().Transport)}
	response, err := client.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return strings.Join(seen.failures, "\n"), string(body)
}

func headers(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i < len(pairs); i += 2 {
		h.Add(pairs[i], pairs[i+1])
	}
	return h
}

// asked is a request that the document allows.
var asked = headers("Authorization", "Bearer x", "Content-Type", "application/json")

// made is the answer that the document promises for it.
func made() answer {
	return answer{201, headers("Content-Type", "application/json", "X-Request-Id", "abc"), `{"id":1}`}
}

func problem(status int, code string, more ...string) answer {
	return answer{status, headers(append(more, "Content-Type", "application/problem+json")...), `{"code":"` + code + `"}`}
}

func TestTransport_checksAnswers(t *testing.T) {
	rows := []struct {
		name    string
		request string // POST /things if empty
		change  func(*answer)
		failure string // none if empty
	}{
		{name: "the documented answer passes", change: func(*answer) {}},
		{name: "an undocumented status", change: func(a *answer) { a.status = 200 }, failure: "does not list this status"},
		{name: "a redirect, which kin-openapi does not look at", change: func(a *answer) { a.status = 308 }, failure: "does not list this status"},
		{name: "a server error", change: func(a *answer) { a.status = 500 }, failure: "does not list this status"},
		{name: "a body of the wrong shape", change: func(a *answer) { a.body = `{"id":"1"}` }, failure: "got string, want integer"},
		{name: "a body with an unknown member", change: func(a *answer) { a.body = `{"id":1,"secret":2}` }, failure: "additional properties 'secret' not allowed"},
		{name: "a body that is no JSON", change: func(a *answer) { a.body = `{` }, failure: "failed to decode response body"},
		{name: "no body", change: func(a *answer) { a.body = `` }, failure: "failed to decode response body"},
		{name: "another content type", change: func(a *answer) { a.header.Set("Content-Type", "text/plain") }, failure: "Content-Type has unexpected value"},
		{name: "a required header is missing", change: func(a *answer) { a.header.Del("X-Request-Id") }, failure: `header "X-Request-ID" missing`},
		{name: "a header of the wrong shape", change: func(a *answer) { a.header.Set("X-Request-Id", "a") }, failure: `header "X-Request-ID" doesn't match schema`},
		{name: "a header twice", change: func(a *answer) { a.header.Add("X-Request-Id", "abc") }, failure: "X-Request-Id comes 2 times"},
		{name: "an undocumented header", change: func(a *answer) { a.header.Set("Set-Cookie", "a=b") }, failure: "does not name the header Set-Cookie"},
		{name: "two cookies pass", request: "DELETE /things/1", change: func(a *answer) {
			*a = answer{status: 202, header: headers("Set-Cookie", "one=1", "Set-Cookie", "two=2")}
		}},
		{name: "each cookie is looked at", request: "DELETE /things/1", change: func(a *answer) {
			*a = answer{status: 202, header: headers("Set-Cookie", "one=1", "Set-Cookie", "three=3")}
		}, failure: `header "Set-Cookie" doesn't match schema`},
		{name: "a body where none is described", request: "DELETE /things/1", change: func(a *answer) {
			*a = answer{202, headers("Content-Type", "application/json"), `{}`}
		}, failure: "describes no body here, and 2 bytes came"},
		{name: "a page passes, with parameters on its content type", request: "GET /things/1", change: func(a *answer) {
			*a = answer{200, headers("Content-Type", "text/html; charset=utf-8"), `<p>`}
		}},
		{name: "HEAD is GET without a body", request: "HEAD /things/1", change: func(a *answer) {
			*a = answer{200, headers("Content-Type", "text/html"), ``}
		}},
		{name: "HEAD has the statuses of GET", request: "HEAD /things/1", change: func(a *answer) { *a = answer{status: 405} }, failure: "does not list this status"},
		{name: "an error of the documented code passes", change: func(a *answer) { *a = problem(400, "INVALID") }},
		{name: "an error with the code of another status", change: func(a *answer) { *a = problem(400, "NOT_FOUND") }, failure: "value must be 'INVALID'"},
		{name: "an error in plain text", change: func(a *answer) {
			*a = answer{400, headers("Content-Type", "text/plain"), "no"}
		}, failure: "Content-Type has unexpected value"},
		{name: "an unknown path that is not found passes", request: "GET /nothing", change: func(a *answer) { *a = problem(404, "NOT_FOUND") }},
		{name: "an unknown path that answers", request: "GET /nothing", change: func(a *answer) {}, failure: "does not list this status"},
		{name: "an unknown path in plain text", request: "GET /nothing", change: func(a *answer) {
			*a = answer{404, headers("Content-Type", "text/plain"), "404 page not found"}
		}, failure: "Content-Type has unexpected value"},
		{name: "an unknown method that is refused passes", request: "PUT /things", change: func(a *answer) {
			*a = problem(405, "METHOD_NOT_ALLOWED", "Allow", "POST")
		}},
		{name: "an unknown method without Allow", request: "PUT /things", change: func(a *answer) { *a = problem(405, "METHOD_NOT_ALLOWED") }, failure: `header "Allow" missing`},
		{name: "an unasked body that is too large passes", request: "DELETE /things/1", change: func(a *answer) { *a = problem(413, "TOO_LARGE") }},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			a := made()
			row.change(&a)
			if row.request == "" {
				row.request = "POST /things"
			}
			sent := ""
			if strings.HasPrefix(row.request, "POST") {
				sent = `{"name":"cup"}`
			}
			failures, body := ask(t, newSpec(t), row.request, asked, sent, a)
			if row.failure == "" {
				assert.Empty(t, failures)
			} else {
				assert.Contains(t, failures, row.failure)
			}
			assert.Equal(t, a.body, body, "the test after this one reads the body too")
		})
	}
}

func TestTransport_checksRequestsThatWereAccepted(t *testing.T) {
	rows := []struct {
		name    string
		header  http.Header
		sent    string
		failure string
	}{
		{name: "a good one passes", header: asked, sent: `{"name":"cup"}`},
		{name: "a cookie is a credential too", header: headers("Content-Type", "application/json", "Cookie", "ticket=x"), sent: `{"name":"cup"}`},
		{name: "also a cookie with the prefix", header: headers("Content-Type", "application/json", "Cookie", "__Host-ticket=x"), sent: `{"name":"cup"}`},
		{name: "no credential", header: headers("Content-Type", "application/json"), sent: `{"name":"cup"}`, failure: "security requirements failed"},
		{name: "an unknown member", header: asked, sent: `{"name":"cup","role":"ADMIN"}`, failure: "additional properties 'role' not allowed"},
		{name: "a member that is too long", header: asked, sent: `{"name":"teapot"}`, failure: "maxLength"},
		{name: "no body", header: asked, failure: "value is required but missing"},
		{name: "another content type", header: headers("Authorization", "Bearer x", "Content-Type", "text/plain"), sent: `{"name":"cup"}`, failure: "Content-Type has unexpected value"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			failures, _ := ask(t, newSpec(t), "POST /things", row.header, row.sent, made())
			if row.failure == "" {
				assert.Empty(t, failures)
			} else {
				assert.Contains(t, failures, row.failure)
			}
			refused, _ := ask(t, newSpec(t), "POST /things", row.header, row.sent, problem(400, "INVALID"))
			assert.Empty(t, refused, "a test may send anything that the server then refuses")
		})
	}
}

func TestUncovered_listsWhatNoTestGot(t *testing.T) {
	spec := newSpec(t)
	all := []string{"POST /things 201", "POST /things 400", "GET /things/{id} 200", "DELETE /things/{id} 202",
		"DELETE /things/{id} 204"}
	require.Equal(t, all, spec.Uncovered(), "sorted by path and status")

	ask(t, spec, "POST /things", asked, `{"name":"cup"}`, made())
	assert.NotContains(t, spec.Uncovered(), "POST /things 201")

	ask(t, spec, "POST /things", asked, `{}`, problem(400, "WRONG"))
	assert.Contains(t, spec.Uncovered(), "POST /things 400", "a wrong answer covers nothing")

	ask(t, spec, "DELETE /things/7", asked, "", answer{status: 204})
	ask(t, spec, "HEAD /things/7", asked, "", answer{200, headers("Content-Type", "text/html"), ""})
	assert.Equal(t, []string{"POST /things 400", "GET /things/{id} 200", "DELETE /things/{id} 202"}, spec.Uncovered(),
		"HEAD shows nothing of the body")
}

func TestReport_failsWhileSomethingIsUncovered(t *testing.T) {
	var out strings.Builder
	assert.Equal(t, 1, newSpec(t).report(&out))
	assert.Contains(t, out.String(), "POST /things 400 is documented, and no test got this answer\n")
	assert.Equal(t, 0, (&Spec{}).report(io.Discard))
}

func TestIsWhole_leavesPartialRunsAlone(t *testing.T) {
	rows := []struct {
		name string
		args []string
		want bool
	}{
		{name: "no flags", want: true},
		{name: "flags that leave nothing out", args: []string{"-test.v", "-test.count=2"}, want: true},
		{name: "-run", args: []string{"-test.run=TestX"}},
		{name: "-skip", args: []string{"-test.skip=TestX"}},
		{name: "-short", args: []string{"-test.short"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			flags := flag.NewFlagSet("", flag.ContinueOnError)
			for _, name := range []string{"test.v", "test.short"} {
				flags.Bool(name, false, "")
			}
			for _, name := range []string{"test.run", "test.skip", "test.count"} {
				flags.String(name, "", "")
			}
			require.NoError(t, flags.Parse(row.args))
			assert.Equal(t, row.want, isWhole(flags))
		})
	}
}

func TestRoute_findsTheOperationsOfTheServersOwnDocument(t *testing.T) {
	document, err := docs.OpenAPIJSON()
	require.NoError(t, err)
	spec, err := New(document)
	require.NoError(t, err)
	rows := []struct{ request, want string }{
		{request: "GET /", want: "/"},
		{request: "POST /login", want: "/login"},
		{request: "POST /login?next=x", want: "/login"},
		{request: "PATCH /admin/users/JIN%20HO/roles", want: "/admin/users/{username}/roles"},
		{request: "GET /swagger/", want: "/swagger/"},
		{request: "GET /swagger/index.html", want: "/swagger/{file}"},
		{request: "HEAD /swagger/index.html", want: "/swagger/{file}"},
		{request: "GET /nothing", want: ""},
		{request: "GET /login", want: ""},
		{request: "GET /me/", want: ""},
		{request: "GET /swagger", want: ""},
		{request: "GET /swagger/dist/index.html", want: ""},
		{request: "PATCH /admin/users//roles", want: ""},
		{request: "POST /LOGIN", want: ""},
	}
	for _, row := range rows {
		t.Run(row.request, func(t *testing.T) {
			method, path, _ := strings.Cut(row.request, " ")
			route, _ := spec.route(httptest.NewRequest(method, path, nil))
			assert.Equal(t, row.want, route.Path)
		})
	}
}

func TestNew_refusesADocumentThatIsWrong(t *testing.T) {
	rows := []struct{ name, document string }{
		{name: "no YAML", document: "{"},
		{name: "no OpenAPI", document: "openapi: 3.1.0"},
		{name: "a reference to nothing", document: "openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: {/: {$ref: '#/components/pathItems/x'}}"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := New([]byte(row.document))
			assert.ErrorContains(t, err, "contract: ")
		})
	}
}
