package proof

import (
	"regexp"
	"strings"
)

// varies is what differs from run to run of a server, and what is shown instead.
var varies = []struct {
	pattern *regexp.Regexp
	shown   string
}{
	{regexp.MustCompile(`eyJ[\w-]+\.[\w-]+\.[\w-]+`), "eyJ…"},
	{regexp.MustCompile(`\b((?:rt1|dc1)\.[A-Z2-7]{26}(?:\.\d+)?)\.[\w-]{43}`), "$1.…"},
	{regexp.MustCompile(`(?m)^Date: .* GMT$`), "Date: Fri, 02 Jan 2026 15:04:05 GMT"},
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z`), "2026-01-02T15:04:05Z"},
	{regexp.MustCompile(`("(?:iat|nbf|exp)": ?)\d{10}`), "${1}1767366245"},
	{regexp.MustCompile(`\bduration=\S+`), "duration=1ms"},
	{regexp.MustCompile(`\b\d\.\d{6}\b`), "0.001000"}, // %{time_total} of curl
}

// randomID is what the server makes by chance: the name of a request, a session, a
// user, and the salt of a hash with its key.
var randomID = regexp.MustCompile(`\b[A-Z2-7]{26}\b|\$[\w+/]{22}\$[\w+/]{43}`)

// still replaces what differs from run to run. An id becomes a row of one letter, and
// each id has its own, so that a reader sees where the same one comes back.
func still(shown string, s *server) string {
	shown = strings.ReplaceAll(strings.ReplaceAll(shown, s.addr, shownAt), s.home+"/", shownTmp)
	for _, v := range varies {
		shown = v.pattern.ReplaceAllString(shown, v.shown)
	}
	letters := map[string]string{}
	shown = randomID.ReplaceAllStringFunc(shown, func(id string) string {
		if letters[id] == "" {
			letter := 'A' + rune(len(letters)%26)
			letters[id] = strings.Map(func(r rune) rune {
				if r == '$' {
					return r
				}
				return letter
			}, id)
		}
		return letters[id]
	})
	return strings.TrimRight(shown, "\n") + "\n"
}
