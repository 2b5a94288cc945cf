//go:build unix

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.com/authbook/05-deploy/internal/folder"
)

// create makes the files of a machine in a folder, and leaves alone what is there.
func (h *here) create() error {
	etc := h.path("root/etc/authbook")
	if err := os.MkdirAll(etc, 0o700); err != nil {
		return err
	}
	for _, path := range []string{h.path("key"), h.hostKeyFile()} {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if _, err := makeKey(path); err != nil {
			return err
		}
	}
	if err := h.shareNoPort(filepath.Join(etc, "authbook.env")); err != nil {
		return err
	}
	return os.WriteFile(h.path("shell"), []byte(h.shellScript()), 0o700)
}

// shareNoPort gives a new machine a port of its own for its metrics: that of the
// default may be taken on a computer that does other things too.
func (h *here) shareNoPort(settings string) error {
	if _, err := os.Stat(settings); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	free, err := listenAt("")
	if err != nil {
		return err
	}
	defer free.Close()
	return os.WriteFile(settings, fmt.Appendf(nil, "ADMIN_ADDR=%q\n", free.Addr()), 0o600)
}

// shellScript is a shell of the machine: it runs its arguments, or what is typed.
func (h *here) shellScript() string {
	var exports strings.Builder
	for _, variable := range folder.Variables(h.dir) {
		name, value, _ := strings.Cut(variable, "=")
		fmt.Fprintf(&exports, "export %s=%s\n", name, quote(value))
	}
	return "#!/bin/sh\n# A shell of the machine in this folder.\n" + exports.String() + `cd "$AUTHBOOK_ROOT" || exit 1
[ $# -eq 0 ] || exec sh -c "$*"
PS1='machine$ ' exec sh
`
}
