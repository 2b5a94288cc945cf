package serve

import (
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeAuthority answers as an ACME authority does, up to the order.
type fakeAuthority struct {
	order func(*http.Request) (*http.Response, error) // what it answers to an order

	mu    sync.Mutex
	asked map[string]int // requests by path
}

func (a *fakeAuthority) RoundTrip(r *http.Request) (*http.Response, error) {
	a.mu.Lock()
	a.asked[r.URL.Path]++
	a.mu.Unlock()
	switch r.URL.Path {
	case "/directory":
		return acmeAnswer(200, `{"newNonce":"https://ca.test/nonce","newAccount":"https://ca.test/account",`+
			`"newOrder":"https://ca.test/order"}`), nil
	case "/account":
		return acmeAnswer(201, `{"status":"valid"}`, "Location", "https://ca.test/account/1"), nil
	case "/order":
		return a.order(r)
	}
	return acmeAnswer(200, ""), nil
}

// requests returns how many there were, in all and for orders.
func (a *fakeAuthority) requests() (all, orders int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, n := range a.asked {
		all += n
	}
	return all, a.asked["/order"]
}

func acmeAnswer(status int, body string, headers ...string) *http.Response {
	h := http.Header{"Replay-Nonce": {"nonce"}}
	for i := 0; i < len(headers); i += 2 {
		h.Set(headers[i], headers[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))}
}

// visited is a server that has no certificate yet, and the authority that it asks.
func visited(
	t *testing.T, order func(*http.Request) (*http.Response, error),
) (*fakeAuthority, *certificates, *testkit.Log) {
	authority, log := &fakeAuthority{order: order, asked: map[string]int{}}, &testkit.Log{}
	return authority, newCertificates(config.Config{
		Domain: domain, ACMEDirectory: "https://ca.test/directory", ACMEClient: &http.Client{Transport: authority},
	}, t.TempDir(), slog.New(slog.NewJSONHandler(log, nil))), log
}

var visit = &tls.ClientHelloInfo{ServerName: domain}

// Package acme would wait inside of the handshake for as long as the authority
// says, and say nothing.
func TestCertificates_leaveTheAuthorityAloneThatAsksForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		authority, c, log := visited(t, func(*http.Request) (*http.Response, error) {
			return acmeAnswer(429, `{"type":"urn:ietf:params:acme:error:rateLimited","detail":"too many"}`,
				"Retry-After", "3600"), nil
		})
		started := time.Now()
		_, err := c.GetCertificate(visit)
		require.ErrorContains(t, err, "too many")
		assert.Less(t, time.Since(started), 10*time.Second, "the visitor is told at once")
		assert.Contains(t, log.String(), "the authority wants no requests for a while")
		assert.Contains(t, log.String(), `"until":"2000-01-01T01:00:00Z"`)
		told := strings.Count(log.String(), "\n")

		before, _ := authority.requests()
		for time.Since(started) < 59*time.Minute {
			time.Sleep(time.Minute)
			_, err = c.GetCertificate(visit)
			require.Error(t, err)
		}
		after, _ := authority.requests()
		assert.Equal(t, before, after, "it is not asked again")
		assert.Equal(t, told, strings.Count(log.String(), "\n"), "nor the operator told again")

		time.Sleep(3 * time.Minute)
		_, err = c.GetCertificate(visit)
		require.ErrorContains(t, err, "too many")
		_, orders := authority.requests()
		assert.Equal(t, 2, orders, "after its time it is asked again")
		time.Sleep(10 * time.Minute) // until nothing of the bubble waits
	})
}

func TestCertificates_fiveOrdersAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		authority, c, _ := visited(t, func(*http.Request) (*http.Response, error) {
			return acmeAnswer(400, `{"type":"urn:ietf:params:acme:error:dns","detail":"no such name"}`), nil
		})
		started := time.Now()
		for hour := range 3 {
			for time.Since(started) < time.Duration(hour+1)*time.Hour {
				_, err := c.GetCertificate(visit)
				require.Error(t, err)
				time.Sleep(10 * time.Second)
			}
			_, orders := authority.requests()
			assert.LessOrEqual(t, orders, 5*(hour+1), "in %d hours", hour+1)
			assert.Greater(t, orders, 5*hour, "in %d hours: it goes on trying", hour+1)
		}
		time.Sleep(10 * time.Minute)
	})
}

// Visitors wait for one order, and no longer than 10 seconds.
func TestCertificates_aVisitorWaitsTenSecondsAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		authority, c, _ := visited(t, func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		started := time.Now()
		var visitors sync.WaitGroup
		for range 100 {
			visitors.Go(func() {
				_, err := c.GetCertificate(visit)
				assert.ErrorIs(t, err, errStillMaking)
			})
		}
		visitors.Wait()
		assert.Equal(t, 10*time.Second, time.Since(started))
		_, orders := authority.requests()
		assert.Equal(t, 1, orders)
		time.Sleep(10 * time.Minute)
	})
}

// Such a client names no suite that tells the kind of key.
func TestHTTPS_servesClientsOfTLS13Alone(t *testing.T) {
	c, l := openHTTPS(t)
	roots := keptCertificate(t, c)
	authority := &fakeAuthority{asked: map[string]int{}, order: func(*http.Request) (*http.Response, error) {
		return nil, errors.New("nobody is there")
	}}
	c.ACMEDirectory, c.ACMEClient = "https://ca.test/directory", &http.Client{Transport: authority}
	s := serveHTTPS(t, c, l)
	client := s.client(t, &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS13})
	res, _ := fetch(t, client, "GET", "https://"+domain+"/healthz", "")
	assert.Equal(t, http.StatusOK, res.StatusCode)
	all, _ := authority.requests()
	assert.Zero(t, all, "no second certificate is ordered")
	client.CloseIdleConnections()
}

func TestRetryAfter(t *testing.T) {
	in := func(d time.Duration) string { return time.Now().Add(d).UTC().Format(http.TimeFormat) }
	rows := []struct {
		name, text string
		want       time.Duration
	}{
		{"seconds", "120", 2 * time.Minute},
		{"a date", in(time.Hour), time.Hour},
		{"nothing", "", leftAlone},
		{"a date that has passed", in(-time.Hour), leftAlone},
		{"no number of seconds", "-5", leftAlone},
		{"something else", "soon", leftAlone},
		{"for ever", "9223372036854775807", leftAloneAtMost},
		{"until the end of time", "Fri, 31 Dec 9999 23:59:59 GMT", leftAloneAtMost},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := retryAfter(acmeAnswer(429, "", "Retry-After", row.text))
			assert.InDelta(t, row.want.Seconds(), got.Seconds(), 5)
		})
	}
}
