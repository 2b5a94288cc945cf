package web

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/assert"
)

func TestDeviceOf(t *testing.T) {
	const (
		windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
		iPhone  = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
	)
	rows := []struct{ name, userAgent, want string }{
		{"Chrome", windows + "Chrome/126.0.0.0 Safari/537.36", "Chrome on Windows"},
		{"Edge, which says Chrome too", windows + "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.2592.56", "Edge on Windows"},
		{"Firefox", "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox on Linux"},
		{"Safari on a phone", iPhone + "Version/17.5 Mobile/15E148 Safari/604.1", "Safari on iOS"},
		{"a program without a system", "curl/8.5.0", "curl"},
		{"a system without a program", "(X11; Linux x86_64)", "X11 on Linux"},
		{"nothing", "", ""},
		{"blanks", "   ", ""},
		{"control characters", "ev\x07il\x1b/1.0", "evil"},
		{"a text that turns its direction", "\u202egnp.exe/1.0", "gnp.exe"},
		{"bytes that are not UTF-8", "caf\xff\xfe/1.0", "caf"},
		{"a long name", strings.Repeat("가", 5000) + "/1.0", strings.Repeat("가", 32)},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, deviceOf(row.userAgent)) })
	}
}

func FuzzDeviceOf(f *testing.F) {
	for _, seed := range []string{
		"curl/8.5.0", "a/b/c (((((", "Mozilla/5.0 (Linux; Android 10; K)", "\x1b[31m", "(;;;)/", "\xff",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, userAgent string) {
		device := deviceOf(userAgent)
		hidden := func(r rune) bool { return !unicode.IsPrint(r) }
		assert.Equal(t, -1, strings.IndexFunc(device, hidden), "%q shows what it is made of", device)
		assert.LessOrEqual(t, len([]rune(device)), 64, "as docs/openapi.yaml says")
	})
}

func TestNetworkOf(t *testing.T) {
	for address, want := range map[string]string{
		"203.0.113.9":          "203.0.113.0/24",
		"2001:db8:0:1::/64":    "2001:db8::/48",
		"2001:db8:7:ffff::/64": "2001:db8:7::/48",
		"@":                    "",
		"":                     "",
	} {
		assert.Equal(t, want, networkOf(address), "%q", address)
	}
}
