package middleware

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// Each header of strict is there for a reason.
func TestStrict(t *testing.T) {
	for _, row := range []struct{ header, want, without string }{
		{"X-Content-Type-Options", "nosniff", "a browser could guess the type, and run an answer as a script"},
		{"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
			"an answer could load scripts, and a page of an attacker could show it in a frame"},
		{"X-Frame-Options", "DENY", "an old browser, which does not know frame-ancestors, could show it in a frame"},
		{"Referrer-Policy", "no-referrer", "the next site that the person opens would learn this address"},
		{"Cross-Origin-Opener-Policy", "same-origin", "a window of another site could move this one to a false page"},
		{"Cross-Origin-Resource-Policy", "same-origin", "another site could load the answer into its own pages"},
		{"Cache-Control", "no-store", "a shared cache could hand the answer to the next person"},
	} {
		t.Run(row.header, func(t *testing.T) {
			assert.Equal(t, []string{row.want}, strict.Values(row.header), "without it %s", row.without)
		})
	}
}
