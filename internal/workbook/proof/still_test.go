package proof

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestStill(t *testing.T) {
	const one, two = "PLJZCPWJUOJ2OKMU4XA2ILBWCS", "EVDKFX2A3IICBMQQWC72I4UCKD"
	a, b := strings.Repeat("A", 26), strings.Repeat("B", 26)
	mac := strings.Repeat("x_Y-", 10) + "abc"
	for _, row := range []struct{ name, wrote, want string }{
		{"an id comes back as itself", one + " " + two + " request_id=" + one, a + " " + b + " request_id=" + a},
		{"a word in capitals is no id", "WWW TOKEN_NOT_FOUND", "WWW TOKEN_NOT_FOUND"},
		{"a token", `{"token":"eyJh.eyJp.qX-3"}`, `{"token":"eyJ…"}`},
		{"a refresh token keeps its generation", "refresh=rt1." + one + ".12." + mac + "; Path=/",
			"refresh=rt1." + a + ".12.…; Path=/"},
		{"a device", "device=dc1." + one + "." + mac, "device=dc1." + a + ".…"},
		{"a hash keeps its cost", "m=7168,t=5,p=1$" + one[:22] + "$" + "abcd" + strings.Repeat("b+/", 13),
			"m=7168,t=5,p=1$" + a[:22] + "$" + a + a[:17]},
		{"the date of an answer", "Date: Sun, 29 Nov 2026 10:54:24 GMT", "Date: Fri, 02 Jan 2026 15:04:05 GMT"},
		{"a time in the log", "time=2026-11-29T10:54:24.311Z duration=23.012µs status=200",
			"time=2026-01-02T15:04:05Z duration=1ms status=200"},
		{"the times of a token", `"iat": 1795949664`, `"iat": 1767366245`},
		{"what curl measured", "413 in 0.000873 s", "413 in 0.001000 s"},
		{"the address", "http://localhost:40123/me", "http://localhost:8080/me"},
		{"its folder", "/var/x/7/jar", "/tmp/jar"},
		{"empty lines at the end", "a\n\n\n", "a"},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want+"\n", still(row.wrote, &server{addr: "localhost:40123", home: "/var/x/7"}))
		})
	}
}
