package serve

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/final/internal/config"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/acme/autocert"
)

const day = 24 * time.Hour

// The certificate is good for 90 days, and renewed 30 days before its end.
func TestWatch_tellsOfACertificateThatNobodyRenews(t *testing.T) {
	rows := []struct {
		name   string
		kept   bool // there is a certificate at first
		begin  time.Duration
		until  time.Duration
		told   string // "": nothing
		expiry string
	}{
		{"one that has its time", true, 0, 59 * day, "", "2000-03-31"},
		{"one whose renewal fails", true, 0, 61 * day, `"days_left":28`, "2000-03-31"},
		{"for as long as it fails", true, 62 * day, 63 * day, `"authority":"no such name"`, "2000-03-31"},
		{"three weeks before its end", true, 69 * day, 70 * day, `"days_left":19`, "2000-03-31"},
		{"one that has ended", true, 100 * day, 101 * day, `"days_left":-11`, "2000-03-31"},
		{"one that was never there", false, 0, day, "there is no certificate yet; does the domain point to", "1970-01-01"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				_, c, log := visited(t, func(*http.Request) (*http.Response, error) {
					return acmeAnswer(400, `{"type":"urn:ietf:params:acme:error:dns","detail":"no such name"}`), nil
				})
				if row.kept {
					keptCertificate(t, config.Config{Domain: domain, CertDir: string(c.Cache.(autocert.DirCache))})
				}
				ctx, cancel := context.WithCancel(t.Context())
				go c.watch(ctx, lookAfterSwitch)
				time.Sleep(row.begin + time.Minute + time.Second)
				before := strings.Count(log.String(), "\n")
				time.Sleep(row.until - row.begin)

				lines := strings.Split(strings.TrimSpace(log.String()), "\n")[before:]
				if row.told == "" {
					assert.Empty(t, log.String())
				} else {
					require.NotEmpty(t, lines)
					assert.Contains(t, lines[len(lines)-1], `"level":"ERROR"`)
					assert.Contains(t, lines[len(lines)-1], row.told)
					assert.LessOrEqual(t, len(lines), 25, "once an hour")
				}
				assert.Equal(t, row.expiry, time.Unix(int64(c.Expiry()), 0).UTC().Format(time.DateOnly))
				cancel()
				time.Sleep(time.Hour) // until nothing of the bubble waits
			})
		})
	}
}

// What an authority found wrong with the domain stands in its authorization.
func TestPolitely_keepsWhyThereIsNoCertificate(t *testing.T) {
	rows := []struct{ name, body, want string }{
		{"a problem", `{"type":"urn:ietf:params:acme:error:caa","detail":"CAA forbids it"}`, "CAA forbids it"},
		{"an authorization that failed",
			`{"status":"invalid","challenges":[{"error":{"detail":"Connection refused"}}]}`, "Connection refused"},
		{"one that waits", `{"status":"pending","challenges":[{"type":"http-01"}]}`, ""},
		{"a long text", `{"status":"invalid","challenges":[{"error":{"detail":"` + strings.Repeat("x", 9999) + `"}}]}`,
			strings.Repeat("x", maxRefusal)},
		{"what is no JSON", `<html>`, ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			status := map[bool]int{true: 200, false: 400}[strings.Contains(row.body, "status")]
			p := &politely{}
			require.NoError(t, p.read(acmeAnswer(status, row.body)))
			assert.Equal(t, row.want, p.complaint())
		})
	}
}
