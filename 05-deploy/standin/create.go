//go:build unix

package main

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"example.com/authbook/05-deploy/aws"
	"golang.org/x/crypto/ssh"
)

// rootSize and dataSize are the volumes' sizes. The files take only what is
// written to them.
const (
	rootSize = 2 << 30
	dataSize = 1 << 30
)

// create makes the guest's volumes, its key and what cloud-init will read. The
// subnet comes last: with it the guest is whole.
func (g *guest) create(ctx context.Context) error {
	if err := g.makeVolumes(ctx); err != nil {
		return err
	}
	public, err := makeKey(g.path("key"))
	if err != nil {
		return err
	}
	if err := g.seed(public); err != nil {
		return err
	}
	if g.subnet, err = newSubnet(); err != nil {
		return err
	}
	return os.WriteFile(g.path("subnet"), []byte(g.subnet), 0o644)
}

// makeVolumes makes a root volume with a file system and a blank data volume.
func (g *guest) makeVolumes(ctx context.Context) error {
	if err := os.MkdirAll(g.dir, 0o755); err != nil {
		return err
	}
	for name, size := range map[string]int64{"root.img": rootSize, "data.img": dataSize} {
		file, err := os.Create(g.path(name))
		if err != nil {
			return err
		}
		if err := errors.Join(file.Truncate(size), file.Close()); err != nil {
			return err
		}
	}
	return do(ctx, "mkfs.ext4", "-q", g.path("root.img"))
}

// makeKey makes a key pair, and returns its public half in one line.
func makeKey(path string) (public string, err error) {
	_, private, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return "", err
	}
	signer, err := ssh.NewSignerFromKey(private)
	if err != nil {
		return "", err
	}
	block, err := ssh.MarshalPrivateKey(private, "")
	if err != nil {
		return "", err
	}
	if err := writeKey(path, pem.EncodeToMemory(block)); err != nil {
		return "", err
	}
	return strings.TrimSpace(string(ssh.MarshalAuthorizedKey(signer.PublicKey()))), nil
}

// writeKey writes a file for the operator, who may have come here by sudo and
// will ship without it.
func writeKey(path string, text []byte) error {
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return err
	}
	if uid, err := strconv.Atoi(os.Getenv("SUDO_UID")); err == nil {
		return os.Chown(path, uid, -1)
	}
	return nil
}

// seed writes what cloud-init reads at the first boot. On EC2 the metadata
// service says the same.
func (g *guest) seed(public string) error {
	userData, err := aws.UserData()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(g.path("seed"), 0o755); err != nil {
		return err
	}
	metaData := fmt.Sprintf("instance-id: i-%s\nlocal-hostname: %s\npublic-keys: [%q]\n", g.machine, g.machine, public)
	return errors.Join(
		os.WriteFile(g.path("seed/user-data"), userData, 0o644),
		os.WriteFile(g.path("seed/meta-data"), []byte(metaData), 0o644),
	)
}
