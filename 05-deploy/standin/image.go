//go:build unix

package main

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// cacheDir keeps the image, which takes minutes to make and is the same for all
// guests.
const cacheDir = "/var/cache/authbook-standin"

// packages are what the image holds beside Debian's essential packages: no more
// than Debian's image for EC2 does.
const packages = "systemd,systemd-sysv,dbus,openssh-server,sudo,ca-certificates,iproute2,curl,cloud-init,procps," +
	"e2fsprogs"

// customize.sh makes of a Debian what its image for EC2 is.
//
//go:embed customize.sh
var customize []byte

// image returns the folder of the image, and makes it where it is not there
// yet.
func image(ctx context.Context, stdout io.Writer) (string, error) {
	sum := sha256.Sum256(append([]byte(packages), customize...))
	dir := filepath.Join(cacheDir, fmt.Sprintf("bookworm-%x", sum[:6]))
	if _, err := os.Stat(dir); err == nil {
		return dir, nil
	}
	fmt.Fprintf(stdout, "make a Debian in %s; it takes some minutes, once\n", dir)
	if err := os.MkdirAll(cacheDir, 0o755); err != nil {
		return "", err
	}
	temporary, err := os.MkdirTemp(cacheDir, ".new-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(temporary)
	root := filepath.Join(temporary, "root")
	if err := makeDebian(ctx, root, filepath.Join(temporary, "customize.sh"), stdout); err != nil {
		return "", err
	}
	return dir, os.Rename(root, dir)
}

// makeDebian installs one below root. hook is where the script goes that it is
// finished with.
func makeDebian(ctx context.Context, root, hook string, stdout io.Writer) error {
	if err := os.WriteFile(hook, customize, 0o700); err != nil {
		return err
	}
	// force-unsafe-io: after a power cut, it is made again.
	debian := exec.CommandContext(ctx, "mmdebstrap", "--quiet", "--variant=apt", "--include="+packages,
		"--dpkgopt=force-unsafe-io", "--customize-hook="+hook, "bookworm", root)
	debian.Stdout, debian.Stderr = stdout, stdout
	if err := debian.Run(); err != nil {
		return fmt.Errorf("mmdebstrap: %w", err)
	}
	return nil
}
