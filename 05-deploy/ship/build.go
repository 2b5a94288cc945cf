package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/mark"
)

// artifact is a program, ready to be uploaded.
type artifact struct {
	path string
	size int64
	sum  string // SHA-256 in lower-case hex
}

// artifacts are what a machine needs.
type artifacts struct {
	server   artifact
	host     artifact // the agent
	revision string   // the commit, from version control
	modified bool     // the tree had changes that are in no commit
	remove   func()   // the files
}

// version names a release: the commit, whether the tree had changes, and the
// bytes, which tell two such trees apart.
func (a artifacts) version() string {
	version := a.revision[:min(12, len(a.revision))]
	if a.modified {
		version += "-dirty"
	}
	return version + "-" + a.server.sum[:8]
}

// build builds the server and the agent for a platform, such as linux/arm64.
func build(ctx context.Context, platform string) (artifacts, error) {
	root, ok := mark.Root(".")
	if !ok {
		return artifacts{}, errors.New("ship builds the server from its source: run it inside the workbook")
	}
	if err := checkFinished(filepath.Join(root, mark.Chapters, "*.go")); err != nil {
		return artifacts{}, err
	}
	dir, err := os.MkdirTemp("", "ship-")
	if err != nil {
		return artifacts{}, err
	}
	built, err := buildInto(ctx, dir, root, platform)
	if err != nil {
		return artifacts{}, errors.Join(err, os.RemoveAll(dir))
	}
	built.remove = func() { _ = os.RemoveAll(dir) }
	return built, nil
}

func buildInto(ctx context.Context, dir, root, platform string) (built artifacts, err error) {
	server, host := filepath.Join(dir, "final"), filepath.Join(dir, "host")
	if err := goBuild(ctx, root, platform, "./final", server); err != nil {
		return artifacts{}, err
	}
	if err := goBuild(ctx, root, platform, "./05-deploy/host", host); err != nil {
		return artifacts{}, err
	}
	if built.server, err = newArtifact(server); err != nil {
		return artifacts{}, err
	}
	if built.host, err = newArtifact(host); err != nil {
		return artifacts{}, err
	}
	built.revision, built.modified, err = readRevision(server)
	return built, err
}

// checkFinished refuses to ship sources with blank exercises: the server, or
// the agent, would run into them on the machine.
func checkFinished(pattern string) error {
	blanks, err := mark.Unfinished(pattern)
	if err != nil {
		return err
	}
	if len(blanks) > 0 {
		return fmt.Errorf("unfinished exercises: %s; finish them, then ship", strings.Join(blanks, ", "))
	}
	return nil
}

// goBuild makes one static binary. Without cgo it needs nothing of the machine,
// and Go builds for every architecture everywhere.
func goBuild(ctx context.Context, root, platform, pack, output string) error {
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=true", "-ldflags=-s -w",
		"-o", output, pack)
	command.Dir = root
	system, arch, _ := strings.Cut(platform, "/")
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+arch)
	var complaint bytes.Buffer
	command.Stderr = &complaint
	if err := command.Run(); err != nil {
		return fmt.Errorf("go build %s: %w\n%s", pack, err, strings.TrimSpace(complaint.String()))
	}
	return nil
}

func newArtifact(path string) (artifact, error) {
	file, err := os.Open(path)
	if err != nil {
		return artifact{}, err
	}
	defer file.Close()
	sum := sha256.New()
	size, err := io.Copy(sum, file)
	return artifact{path, size, hex.EncodeToString(sum.Sum(nil))}, err
}

// readRevision reads the commit that the go command wrote into a binary.
func readRevision(path string) (revision string, modified bool, err error) {
	info, err := buildinfo.ReadFile(path)
	if err != nil {
		return "", false, err
	}
	for _, setting := range info.Settings {
		switch setting.Key {
		case "vcs.revision":
			revision = setting.Value
		case "vcs.modified":
			modified = setting.Value == "true"
		}
	}
	if revision == "" {
		return "", false, errors.New("the binary names no commit: " +
			"ship needs the workbook in a git clone, not in a linked worktree, with at least one commit")
	}
	return revision, modified, nil
}
