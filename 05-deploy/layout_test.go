package deploy

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func newLayout(t *testing.T) (Layout, string) {
	t.Helper()
	root := filepath.Join(t.TempDir(), "opt", "authbook")
	l, err := NewLayout(root)
	require.NoError(t, err)
	return l, root
}

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func install(t *testing.T, l Layout, version string) {
	t.Helper()
	require.NoError(t, l.Install(version, sumOf(version), strings.NewReader(version)))
}

func TestLayout_runsOneReleaseWhileAnotherStarts(t *testing.T) {
	exercise.Needs(t, "5.7", "5.8")
	l, root := newLayout(t)
	assert.Empty(t, l.Current())
	install(t, l, "v1")
	install(t, l, "v2")

	require.NoError(t, l.Point(SlotA, "v1"))
	require.NoError(t, l.Switch(SlotA))
	require.NoError(t, l.Point(SlotB, "v2"))
	assert.Equal(t, SlotA, l.Current())
	assert.Equal(t, "v1", l.In(SlotA))
	assert.Equal(t, "v2", l.In(SlotB))
	text, err := os.ReadFile(filepath.Join(root, "current", Binary))
	require.NoError(t, err)
	assert.Equal(t, "v1", string(text), "what serves has not moved")

	require.NoError(t, l.Switch(l.Current().Other()))
	text, err = os.ReadFile(filepath.Join(root, "current", Binary))
	require.NoError(t, err)
	assert.Equal(t, "v2", string(text))

	require.NoError(t, l.Point(SlotA, ""))
	require.NoError(t, l.Switch(""))
	assert.Empty(t, l.In(SlotA))
	assert.Empty(t, l.Current())
	require.NoError(t, l.Switch(""), "nothing to remove is no failure")
}

func TestLayout_Install_isWholeOrNotAtAll(t *testing.T) {
	exercise.Needs(t, "5.7")
	l, root := newLayout(t)
	releases := filepath.Join(root, "releases")
	require.NoError(t, os.Mkdir(filepath.Join(releases, remains+"power-cut"), 0o755))

	err := l.Install("v1", sumOf("v1"), strings.NewReader("v2"))
	require.ErrorIs(t, err, ErrChecksum)
	err = l.Install("v1", sumOf("v1"), iotest.ErrReader(errors.New("connection lost")))
	require.ErrorContains(t, err, "connection lost")
	entries, err := os.ReadDir(releases)
	require.NoError(t, err)
	assert.Empty(t, entries, "half a release must not stay, nor what a power cut left")
	assert.False(t, l.Has("v1"))

	install(t, l, "v1")
	assert.True(t, l.Has("v1"), "the same upload works once the cause is gone")
	info, err := os.Stat(filepath.Join(releases, "v1", Binary))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o755), info.Mode().Perm())
	install(t, l, "v1")
}

func TestLayout_Install_refusesAVersionThatIsAPath(t *testing.T) {
	l, _ := newLayout(t)
	for _, version := range []string{"", ".", "..", "../v1", "a/b", ".hidden", "-x", "v 1", strings.Repeat("v", 65)} {
		require.ErrorContains(t, l.Install(version, "", strings.NewReader("")), "cannot be a version", version)
	}
}

// serve makes a release the one that serves, as a deployment that went well.
func (l Layout) serve(t *testing.T, version string) {
	t.Helper()
	install(t, l, version)
	slot := SlotA
	if l.Current() == SlotA {
		slot = SlotB
	}
	require.NoError(t, l.Point(slot, version))
	require.NoError(t, l.Switch(slot))
	require.NoError(t, l.MarkServed(version))
}

func TestLayout_Previous_isTheOneThatServedBefore(t *testing.T) {
	exercise.Needs(t, "5.7", "5.8")
	l, _ := newLayout(t)
	previous := func() string {
		version, err := l.Previous()
		require.NoError(t, err)
		return version
	}
	assert.Empty(t, previous())
	l.serve(t, "v1")
	assert.Empty(t, previous(), "before the first release there is none")
	install(t, l, "not-yet-served")
	assert.Empty(t, previous(), "nor is one that is there and never served")
	l.serve(t, "v2")
	install(t, l, "never-served")
	assert.Equal(t, "v1", previous(), "a release that never served is nothing to go back to")
	l.serve(t, "v3")
	assert.Equal(t, "v2", previous())
	l.serve(t, "v1")
	assert.Equal(t, "v3", previous(), "order is when it served, not when it came")
	l.serve(t, "v1")
	assert.Equal(t, "v3", previous(), "the same again has the same one before it")
}

func TestLayout_Prune_keepsWhatIsNeeded(t *testing.T) {
	exercise.Needs(t, "5.7", "5.8")
	l, _ := newLayout(t)
	for _, version := range []string{"v1", "v2", "v3", "v4", "v5"} {
		l.serve(t, version)
	}
	install(t, l, "never-served")
	removed, err := l.Prune(3)
	require.NoError(t, err)
	assert.Equal(t, []string{"v2", "v1", "never-served"}, removed)

	removed, err = l.Prune(0)
	require.NoError(t, err)
	assert.Equal(t, []string{"v3"}, removed)
	assert.True(t, l.Has("v5"), "the one that runs")
	assert.True(t, l.Has("v4"), "the one to roll back to")
}
