package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
)

const (
	// connectLimit is how long reaching the machine may take.
	connectLimit = 15 * time.Second
	// aliveEvery is how often a quiet connection is tried. A network that
	// swallows everything is noticed after two of them.
	aliveEvery = 15 * time.Second
)

// connect logs in to the machine. The connection ends with ctx.
func (a *app) connect(ctx context.Context, t target) (*machine, error) {
	keys, err := a.newHostKeys(t)
	if err != nil {
		return nil, err
	}
	signers, err := a.signers(ctx)
	if err != nil {
		return nil, err
	}
	client, err := dial(ctx, t, &ssh.ClientConfig{
		User:              t.user,
		Auth:              []ssh.AuthMethod{ssh.PublicKeys(signers...)},
		HostKeyCallback:   keys.check,
		HostKeyAlgorithms: keys.algorithms(),
	})
	if err != nil {
		return nil, err
	}
	m := &machine{app: a, target: t, client: client}
	context.AfterFunc(ctx, m.close)
	go m.keepAlive()
	return m, nil
}

func dial(ctx context.Context, t target, config *ssh.ClientConfig) (*ssh.Client, error) {
	conn, err := (&net.Dialer{Timeout: connectLimit}).DialContext(ctx, "tcp", t.address())
	if err != nil {
		return nil, fmt.Errorf("cannot reach %s: %w", t.address(), cause(err))
	}
	_ = conn.SetDeadline(time.Now().Add(connectLimit))
	c, channels, requests, err := ssh.NewClientConn(conn, t.address(), config)
	if err != nil {
		_ = conn.Close()
		return nil, fmt.Errorf("cannot log in to %s as %s: %w", t.name, t.user, err)
	}
	_ = conn.SetDeadline(time.Time{})
	return ssh.NewClient(c, channels, requests), nil
}

// cause leaves out the address that package net repeats.
func cause(err error) error {
	if e, ok := errors.AsType[*net.OpError](err); ok {
		return e.Err
	}
	return err
}

// signers returns the keys to try: the one of -key, or those of the SSH agent
// and of ~/.ssh.
func (a *app) signers(ctx context.Context) ([]ssh.Signer, error) {
	if a.key != "" {
		signer, err := readKey(a.key)
		if err != nil {
			return nil, fmt.Errorf("-key: %w", err)
		}
		return []ssh.Signer{signer}, nil
	}
	signers := a.agentSigners(ctx)
	for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
		signer, err := readKey(filepath.Join(a.home, ".ssh", name))
		switch {
		case err == nil:
			signers = append(signers, signer)
		case !errors.Is(err, fs.ErrNotExist) && len(signers) == 0:
			a.say("note: %v", err)
		}
	}
	if len(signers) == 0 {
		return nil, errors.New("there is no key to log in with: " +
			"name one with -key FILE, or add it to the SSH agent with ssh-add")
	}
	return signers, nil
}

func (a *app) agentSigners(ctx context.Context) []ssh.Signer {
	socket := a.getenv("SSH_AUTH_SOCK")
	if socket == "" {
		return nil
	}
	conn, err := (&net.Dialer{}).DialContext(ctx, "unix", socket)
	if err != nil {
		return nil // it is gone; the files may do
	}
	context.AfterFunc(ctx, func() { _ = conn.Close() })
	signers, _ := agent.NewClient(conn).Signers() // nil where it refuses
	return signers
}

func readKey(path string) (ssh.Signer, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	signer, err := ssh.ParsePrivateKey(text)
	if _, ok := errors.AsType[*ssh.PassphraseMissingError](err); ok {
		return nil, fmt.Errorf("%s has a passphrase: add it to the SSH agent with: ssh-add %s", path, path)
	}
	if err != nil {
		return nil, fmt.Errorf("%s is not a private key", path)
	}
	return signer, nil
}
