//go:build unix

package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// running reports whether any process of the guest does.
func (g *guest) running() bool { return len(g.processes()) > 0 }

// cutPower ends the guest as a power cut would: nothing in it can prepare.
func (g *guest) cutPower(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		left := g.processes()
		if len(left) == 0 {
			return nil
		}
		for _, pid := range left {
			_ = syscall.Kill(pid, syscall.SIGKILL) // one that has just ended is what we want
		}
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return errors.New("the guest does not end")
		}
	}
}

// groups are the guest's control groups, inner ones last.
func (g *guest) groups() (groups []string) {
	for _, root := range []string{"/sys/fs/cgroup", "/sys/fs/cgroup/unified", "/sys/fs/cgroup/systemd"} {
		_ = filepath.WalkDir(filepath.Join(root, g.machine), func(path string, entry fs.DirEntry, err error) error {
			if err == nil && entry.IsDir() {
				groups = append(groups, path)
			}
			return nil // what has gone meanwhile does not matter
		})
	}
	return groups
}

// processes are the guest's, and the ones that run it.
func (g *guest) processes() (pids []int) {
	for _, group := range g.groups() {
		text, _ := os.ReadFile(filepath.Join(group, "cgroup.procs"))
		for field := range strings.FieldsSeq(string(text)) {
			if pid, err := strconv.Atoi(field); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

func (g *guest) removeGroups() error {
	groups := g.groups()
	for i := range groups {
		if err := os.Remove(groups[len(groups)-1-i]); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
