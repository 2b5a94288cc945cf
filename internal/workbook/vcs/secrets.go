package vcs

import (
	"fmt"
	"maps"
	"math"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// Leak is something that looks like a secret, in a line that a pull request
// would show to everybody. It does not hold the secret.
type Leak struct {
	File string
	Line int
	Kind string
	past string // the commit that has it, if a later one took it out; else ""
}

// String says where the secret is, and what to do. It does not hold the secret.
func (l Leak) String() string {
	if l.past != "" {
		return fmt.Sprintf("%s:%d of commit %s looks like %s: a later commit took it out, "+
			"and a push would show it all the same", l.File, l.Line, l.past, l.Kind)
	}
	return fmt.Sprintf("%s:%d looks like %s: take it out of the commits, and make a new one", l.File, l.Line, l.Kind)
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
var namedSecret = regexp.MustCompile(
	`(?i)(secret|passw(?:or)?d|token|(?:api|private|signing|jwt|hmac|auth|access|encryption|master)_?key)` +
		`\w*["']?\s*(?::=|=|:)\s*(?:\[\]byte\()?["'` + "`" + `]([^"'` + "`" + `\s]{16,})["'` + "`" + `]`)

// SecretKind says what secret a line seems to hold, "" if none.
func SecretKind(line string) string {
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

// letter is one of the English alphabet.
var letter = regexp.MustCompile(`[A-Za-z]`)

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
	return bits > 3.2 && strings.ContainsAny(text, "0123456789") && letter.MatchString(text)
}

// secretFile says why a file should not be in a repository, "" if it may.
func secretFile(name string) string {
	base := path.Base(name)
	switch ext := path.Ext(base); {
	case base == ".env" || strings.HasPrefix(base, ".env.") && base != ".env.example":
		return "a file of settings, which holds secrets"
	case ext == ".pem" || ext == ".key" || ext == ".p12" || strings.HasPrefix(base,
		"id_rsa") || strings.HasPrefix(base, "id_ed25519"):
		return "a file of keys"
	case ext == ".db" || ext == ".sqlite" || ext == ".sqlite3" || strings.HasSuffix(base, ".db-wal"):
		return "a database"
	}
	return ""
}

// leaks looks through the lines that a change adds.
func leaks(files []*gitdiff.File) []Leak {
	var found []Leak
	added := addedLines(files)
	for _, file := range slices.Sorted(maps.Keys(added)) {
		if why := secretFile(file); why != "" {
			found = append(found, Leak{File: file, Line: 1, Kind: why})
		}
		for _, l := range added[file] {
			if kind := SecretKind(l.Text); kind != "" {
				found = append(found, Leak{File: file, Line: l.Number, Kind: kind})
			}
		}
	}
	return found
}

// leaks returns the secrets of a pull request: those in its diff, and those
// that one of its commits has and a later one took out. A push shows both.
func (g *Git) leaks(diff []*gitdiff.File, base, head string) ([]Leak, error) {
	found := leaks(diff)
	if shallow, err := g.Ask("rev-parse", "--is-shallow-repository"); err != nil || shallow == "true" {
		return found, err // the first commit would show the whole tree
	}
	commits, err := g.Ask("rev-list", "--first-parent", "--no-merges", "--abbrev-commit", base+".."+head)
	for commit := range strings.FieldsSeq(commits) {
		diff, err := g.readDiff("show", "--format=", commit)
		if err != nil {
			return nil, err
		}
		for _, l := range leaks(diff) {
			if !slices.ContainsFunc(found, func(f Leak) bool { return f.File == l.File && f.Kind == l.Kind }) {
				l.past = commit
				found = append(found, l)
			}
		}
	}
	return found, err
}
