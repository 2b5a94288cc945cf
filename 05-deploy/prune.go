package deploy

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"time"
)

// Release is an installed release.
type Release struct {
	Version string
	Served  time.Time // when it last came to serve; before 1971: never
}

// MarkServed notes that a release serves, checked and in order. Only such a
// release can be the previous one later.
func (l Layout) MarkServed(version string) error {
	now := time.Now()
	return os.Chtimes(l.release(version), now, now)
}

// Releases returns the installed releases, the one that served last first.
func (l Layout) Releases() ([]Release, error) {
	entries, err := os.ReadDir(l.release(""))
	if err != nil {
		return nil, err
	}
	var releases []Release
	for _, entry := range entries {
		info, err := entry.Info()
		if err == nil && !strings.HasPrefix(entry.Name(), ".") {
			releases = append(releases, Release{entry.Name(), info.ModTime()})
		}
	}
	slices.SortFunc(releases, func(a, b Release) int {
		return cmp.Or(b.Served.Compare(a.Served), cmp.Compare(a.Version, b.Version))
	})
	return releases, nil
}

// Previous returns the version that served before the current one, and "" when
// there is none.
func (l Layout) Previous() (string, error) {
	releases, err := l.Releases()
	current := l.In(l.Current())
	for _, release := range releases {
		if release.Version != current && release.Served.After(neverServed) {
			return release.Version, nil
		}
	}
	return "", err
}

// Prune removes all but the keep releases that served last, and never one that
// a slot runs nor the one to roll back to. It returns what it removed.
func (l Layout) Prune(keep int) (removed []string, err error) {
	releases, err := l.Releases()
	if err != nil {
		return nil, err
	}
	previous, err := l.Previous()
	if err != nil {
		return nil, err
	}
	needed := []string{l.In(SlotA), l.In(SlotB), previous}
	for _, release := range releases[min(keep, len(releases)):] {
		if slices.Contains(needed, release.Version) {
			continue
		}
		if err := l.Remove(release.Version); err != nil {
			return removed, err
		}
		removed = append(removed, release.Version)
	}
	return removed, nil
}
