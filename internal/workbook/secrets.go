package main

import (
	"maps"
	"math"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// leak is something that looks like a secret, in a line that a pull request
// would show to everybody. It does not hold the secret.
type leak struct {
	file string
	line int
	kind string
	past string // the commit that has it, if a later one took it out; else ""
}

// The shapes of secrets, each with its name.
var secretShapes = []struct {
	kind  string
	shape *regexp.Regexp
}{
	{"a private key", regexp.MustCompile(`-----BEGIN [A-Z ]*PRIVATE KEY-----`)},
	{"an AWS access key", regexp.MustCompile(`\b(AKIA|ASIA)[0-9A-Z]{16}\b`)},
	{"a GitHub token", regexp.MustCompile(`\b(gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,})`)},
	{"a signed token", regexp.MustCompile(`\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16,}`)},
	{"a refresh token", regexp.MustCompile(`\brt1\.[\w-]{16,}\.\d+\.[\w-]{16,}`)},
	{"the value of AUTH_SECRET", regexp.MustCompile(`\bAUTH_SECRET(_PREVIOUS)?\s*[=:]\s*["']?[^\s"'$<{(,)]{8,}`)},
	{"a password in an address", regexp.MustCompile(`\b[a-z][a-z0-9+]*://[^\s:/@"]+:[^\s@/"$<{]+@`)},
}

// named matches a text that is given to something called a secret.
var namedSecret = regexp.MustCompile(`(?i)(secret|passw(?:or)?d|token|(?:api|private|signing|jwt|hmac|auth|access|encryption|master)_?key)\w*["']?\s*(?::=|=|:)\s*(?:\[\]byte\()?["'` + "`" + `]([^"'` + "`" + `\s]{16,})["'` + "`" + `]`)

// secretKind says what secret a line seems to hold, "" if none.
func secretKind(line string) string {
	for _, s := range secretShapes {
		if s.shape.MatchString(line) {
			return s.kind
		}
	}
	if m := namedSecret.FindStringSubmatch(line); m != nil && isRandom(m[2]) {
		return "a random value of something called " + strings.ToLower(m[1])
	}
	return ""
}

// isRandom reports whether a text has the variety of a generated one: more than
// 3.2 bits for each character, and digits among letters.
func isRandom(text string) bool {
	counts := map[rune]float64{}
	for _, r := range text {
		counts[r]++
	}
	bits, all := 0.0, float64(len([]rune(text)))
	for _, n := range counts {
		bits -= n / all * math.Log2(n/all)
	}
	return bits > 3.2 && strings.ContainsAny(text, "0123456789") && regexp.MustCompile(`[A-Za-z]`).MatchString(text)
}

// secretFile says why a file should not be in a repository, "" if it may.
func secretFile(name string) string {
	base := path.Base(name)
	switch ext := path.Ext(base); {
	case base == ".env" || strings.HasPrefix(base, ".env.") && base != ".env.example":
		return "a file of settings, which holds secrets"
	case ext == ".pem" || ext == ".key" || ext == ".p12" || strings.HasPrefix(base, "id_rsa") || strings.HasPrefix(base, "id_ed25519"):
		return "a file of keys"
	case ext == ".db" || ext == ".sqlite" || ext == ".sqlite3" || strings.HasSuffix(base, ".db-wal"):
		return "a database"
	}
	return ""
}

// leaks looks through the lines that a change adds.
func leaks(files []*gitdiff.File) []leak {
	var found []leak
	added := addedLines(files)
	for _, file := range slices.Sorted(maps.Keys(added)) {
		if why := secretFile(file); why != "" {
			found = append(found, leak{file: file, line: 1, kind: why})
		}
		for _, l := range added[file] {
			if kind := secretKind(l.text); kind != "" {
				found = append(found, leak{file: file, line: l.number, kind: kind})
			}
		}
	}
	return found
}
