package deploy

import (
	"errors"
	"os"
	"path/filepath"
)

// Binary is the name of the server inside a release.
const Binary = "final"

// Slot is one of the two places from which a release runs. While a new release
// starts in one, the old one goes on in the other.
type Slot string

// The two slots.
const (
	SlotA Slot = "a"
	SlotB Slot = "b"
)

// Other returns the other slot.
func (s Slot) Other() Slot {
	if s == SlotA {
		return SlotB
	}
	return SlotA
}

// Layout is the folder that holds the releases of one machine:
//
//	releases/VERSION/final   a release, never changed once it is there
//	slots/a, slots/b         links to the release that a slot runs
//	current                  a link to the slot that serves: after a reboot,
//	                         this link alone decides which release starts
type Layout struct{ root string }

// NewLayout returns the layout below root, such as /opt/authbook, and makes
// its folders.
func NewLayout(root string) (Layout, error) {
	for _, dir := range []string{"releases", "slots"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o755); err != nil {
			return Layout{}, err
		}
	}
	return Layout{root}, nil
}

func (l Layout) release(version string) string { return filepath.Join(l.root, "releases", version) }
func (l Layout) slot(s Slot) string            { return filepath.Join(l.root, "slots", string(s)) }
func (l Layout) current() string               { return filepath.Join(l.root, "current") }

// Point makes a slot run a release from its next start on; "" empties it.
func (l Layout) Point(slot Slot, version string) error {
	if version == "" {
		return removeLink(l.slot(slot))
	}
	return replaceLink(filepath.Join("..", "releases", version), l.slot(slot))
}

// In returns the version that a slot runs, and "" for an empty slot.
func (l Layout) In(slot Slot) string { return targetOf(l.slot(slot)) }

// Switch makes slot the one that serves; "" makes it none.
func (l Layout) Switch(slot Slot) error {
	if slot == "" {
		return removeLink(l.current())
	}
	return replaceLink(filepath.Join("slots", string(slot)), l.current())
}

// Current returns the slot that serves, and "" before the first release.
func (l Layout) Current() Slot { return Slot(targetOf(l.current())) }

// targetOf is the last part of what a link points to, and "" without a link.
func targetOf(link string) string {
	target, err := os.Readlink(link)
	if err != nil {
		return ""
	}
	return filepath.Base(target)
}

func removeLink(link string) error {
	if err := os.Remove(link); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
