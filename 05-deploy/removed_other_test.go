//go:build !linux

package deploy

import "testing"

func watchRemoved(t *testing.T, _ string) (removed func() []string) {
	t.Skip("only Linux tells of each name that is removed")
	return nil
}
