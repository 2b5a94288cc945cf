package vcs

import (
	"maps"
	"path"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
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
		return text.T("%s:%d of commit %s looks like %s: a later commit took it out, "+
			"and a push would show it all the same", l.File, l.Line, l.past, l.Kind)
	}
	return text.T("%s:%d looks like %s: take it out of the commits, and make a new one", l.File, l.Line, l.Kind)
}

// secretFile says why a file should not be in a repository, "" if it may.
func secretFile(name string) string {
	base := path.Base(name)
	switch ext := path.Ext(base); {
	case base == ".env" || strings.HasPrefix(base, ".env.") && base != ".env.example":
		return text.T("a file of settings, which holds secrets")
	case ext == ".pem" || ext == ".key" || ext == ".p12" || strings.HasPrefix(base,
		"id_rsa") || strings.HasPrefix(base, "id_ed25519"):
		return text.T("a file of keys")
	case ext == ".db" || ext == ".sqlite" || ext == ".sqlite3" || strings.HasSuffix(base, ".db-wal"):
		return text.T("a database")
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
