package web

import (
	"net/url"
	"strings"

	"example.com/authbook/final/internal/config"
)

// minNamePart is the length, in bytes, of a part of the host's name that is a
// name and no "www" or "com".
const minNamePart = 4

// serviceNames are the names of the service, which guessers try: that of the
// program, and the host's, whole and in parts.
func serviceNames(origin config.Origin) config.Blocklist {
	names := []string{"authbook"}
	if u, err := url.Parse(string(origin)); err == nil {
		names = append(names, u.Hostname())
		for part := range strings.SplitSeq(u.Hostname(), ".") {
			if len(part) >= minNamePart {
				names = append(names, part)
			}
		}
	}
	return config.NewBlocklist(names...)
}

// isCommon returns what tells whether a new password is one that guessers try
// first.
func isCommon(c config.Config, origin config.Origin) func(password string) bool {
	names := serviceNames(origin)
	return func(password string) bool {
		return c.Common.Has(password) || names.Has(password) || c.Blocklist.Has(password)
	}
}
