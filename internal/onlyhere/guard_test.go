package onlyhere

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A verdict that names the check is an oracle: it is for the page of this machine,
// and for nobody else.
func TestGuard(t *testing.T) {
	const page, verdict = "GET /lab/", "POST /lab/api/anatomy/judge"
	own := []string{"Sec-Fetch-Site: same-origin", "Origin: http://localhost:8080"}
	link := []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}
	rows := []struct {
		name, request, host, from string
		headers                   []string
		passes                    bool
	}{
		{name: "typed in by a person", request: page, headers: []string{"Sec-Fetch-Site: none"}, passes: true},
		{name: "its own script", request: verdict, headers: own, passes: true},
		{name: "a program that is no browser", request: verdict, passes: true},
		{name: "by the address of this machine", request: page, host: "127.0.0.1:8080", passes: true},
		{name: "by its address in IPv6", request: page, host: "[::1]:8080", from: "[::1]:5000", passes: true},
		{name: "by a name in large letters", request: page, host: "LOCALHOST", passes: true},
		{name: "a link on another page of this machine", request: page, headers: link, passes: true},

		{name: "a proxy on this host, with Forwarded", request: page, headers: []string{"Forwarded: for=192.0.2.1"}},
		{name: "with X-Forwarded-For", request: page, headers: []string{"X-Forwarded-For: 192.0.2.1"}},
		{name: "with X-Forwarded-Proto", request: page, headers: []string{"X-Forwarded-Proto: https"}},
		{name: "with an empty X-Forwarded-Host", request: page, headers: []string{"X-Forwarded-Host: "}},
		{name: "with Via", request: page, headers: []string{"Via: 1.1 vegur"}},
		{name: "with X-Real-Ip", request: page, headers: []string{"X-Real-Ip: 192.0.2.1"}},
		{name: "that says nothing but HTTP/1.0, as nginx does unasked", request: page + " HTTP/1.0"},
		{name: "that keeps the Host of its clients", request: page, host: "auth.example.com"},
		{name: "a name of a stranger that leads here (rebinding)", request: verdict, host: "evil.example:8080"},
		{name: "a name that begins like ours", request: page, host: "localhost.evil.example"},
		{name: "a name that ends like ours", request: page, host: "evil.localhost"},
		{name: "another address of this machine", request: page, host: "127.0.0.2:8080"},
		{name: "no Host", request: page + " HTTP/1.0", host: "-"},
		{name: "from another machine", request: page, from: "192.0.2.1:5000"},
		{name: "through a socket that has no address", request: page, from: "@"},

		{name: "a POST of another site", request: verdict,
			headers: []string{"Sec-Fetch-Site: cross-site", "Origin: https://evil.example"}},
		{name: "in a browser without Sec-Fetch-Site", request: verdict, headers: []string{"Origin: https://evil.example"}},
		{name: "with two origins", request: verdict,
			headers: []string{"Origin: http://localhost:8080", "Origin: https://evil.example"}},
		{name: "of a frame in a sandbox", request: verdict, headers: []string{"Origin: null"}},
		{name: "a script or a frame of another site", request: page, headers: []string{"Sec-Fetch-Site: cross-site"}},
		{name: "a link on another site", request: page,
			headers: []string{"Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"}},
		{name: "a POST of another port's page", request: verdict,
			headers: []string{"Sec-Fetch-Site: same-site", "Origin: http://localhost:3000"}},
		{name: "in a browser without Sec-Fetch-Site, of another port", request: verdict,
			headers: []string{"Origin: http://localhost:3000"}},
		{name: "a form of another port's page", request: verdict, headers: link},
		{name: "a script of another port's page", request: page, headers: []string{"Sec-Fetch-Site: same-site"}},
		{name: "a frame of another port's page", request: page,
			headers: []string{"Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"}},
		{name: "a link to the API", request: "GET /lab/api/exercises", headers: link},
		{name: "a word that no browser sends", request: page, headers: []string{"Sec-Fetch-Site: friendly"}},
		{name: "two words", request: page, headers: []string{"Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			method, rest, _ := strings.Cut(row.request, " ")
			path, version, _ := strings.Cut(rest, " ")
			r := httptest.NewRequest(method, path, nil)
			r.Host, r.RemoteAddr = "localhost:8080", "127.0.0.1:5000"
			if row.host != "" {
				r.Host = strings.TrimPrefix(row.host, "-")
			}
			if row.from != "" {
				r.RemoteAddr = row.from
			}
			if version != "" {
				r.ProtoMajor, r.ProtoMinor = 1, 0
			}
			for _, line := range row.headers {
				name, value, _ := strings.Cut(line, ": ")
				r.Header.Add(name, value)
			}
			missing := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) })
			isPage := func(path string) bool { return path == "/lab/" }
			rec := httptest.NewRecorder()
			Guard(missing, isPage)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).ServeHTTP(rec, r)
			assert.Equal(t, row.passes, rec.Code == http.StatusOK)
		})
	}
}
