//go:build unix

// Command standin boots a machine on this one, in place of the EC2 instance: a
// real Debian with systemd and sshd in a container, made ready by the very
// user-data of aws/stack.yaml. With it the chapter can be done without an AWS
// account.
//
//	go run ./05-deploy/standin up        boot it, and print how to ship to it
//	go run ./05-deploy/standin status    how to ship to it, and whether it runs
//	go run ./05-deploy/standin down      remove it and its data
//	go run ./05-deploy/standin break 1   break it, for you to repair: docs/game-day.md
//
// It needs Linux with root, and systemd-nspawn and mmdebstrap. Without them, -here up
// starts a machine in a folder, which shows less of a real one.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"

	"example.com/authbook/05-deploy/internal/folder"
)

const usage = `standin boots a machine on this one, in place of the EC2 instance.

  standin up        boot it, and print how to ship to it; the first time takes minutes
  standin -here up  without root: a machine in a folder, until Ctrl-C; docs/game-day.md says what it can't show
  standin status    how to ship to it, and whether it runs
  standin down      remove it and its data

  standin break N   break it in one of six ways, for you to repair: docs/game-day.md
  standin check N   whether it is repaired
  standin hint N    a hint, and each time one more

Flags:
  -name NAME        another stand-in beside the one named authbook
  -here             the machine in a folder; where there is one, it is the one that is meant
`

func main() {
	if play, ok := folder.Roles()[filepath.Base(os.Args[0])]; ok { // a program of a machine in a folder
		os.Exit(play(os.Args[1:]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "standin:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, stdout io.Writer) error {
	flags := flag.NewFlagSet("standin", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	name := flags.String("name", "authbook", "")
	here := flags.Bool("here", false, "")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) || (err == nil && flags.NArg() == 0) {
		fmt.Fprint(stdout, usage)
		return nil
	}
	if err != nil {
		return fmt.Errorf("%w; standin --help says what there is", err)
	}
	run, err := parseCommand(flags.Args())
	if err != nil {
		return err
	}
	m, err := choose(*name, *here)
	if err != nil {
		return err
	}
	if err := m.prepare(); err != nil {
		return err
	}
	return run(ctx, m, stdout)
}

// action is a command for a machine.
type action func(context.Context, machine, io.Writer) error

// parseCommand returns what to do.
func parseCommand(args []string) (action, error) {
	do := map[string]action{
		"up":     func(ctx context.Context, m machine, stdout io.Writer) error { return m.up(ctx, stdout) },
		"status": func(_ context.Context, m machine, stdout io.Writer) error { return m.status(stdout) },
		"down":   func(ctx context.Context, m machine, stdout io.Writer) error { return m.down(ctx, stdout) },
	}[args[0]]
	play := map[string]func(context.Context, machine, int, io.Writer) error{
		"break": breakIt, "check": check, "hint": hint,
	}[args[0]]
	switch {
	case play != nil && len(args) == 2:
		number, err := numberOf(args[1])
		return func(ctx context.Context, m machine, stdout io.Writer) error { return play(ctx, m, number, stdout) }, err
	case play != nil:
		return nil, fmt.Errorf("%s takes the number of a breakage: standin %s 1", args[0], args[0])
	case do == nil:
		return nil, fmt.Errorf("unknown command %q; standin --help says what there is", args[0])
	case len(args) > 1:
		return nil, errors.New("one command at a time; flags come before it")
	}
	return do, nil
}

const withoutRoot = "a machine in a folder needs neither that nor root: standin -here up"

// checkPrograms says what is missing here.
func checkPrograms() error {
	for _, need := range []struct{ program, pack string }{
		{"systemd-nspawn", "systemd-container"}, {"mmdebstrap", "mmdebstrap"},
		{"ip", "iproute2"}, {"losetup", "mount"}, {"unshare", "util-linux"}, {"mkfs.ext4", "e2fsprogs"},
		{"ssh", "openssh-client"},
	} {
		if !installed(need.program) {
			return fmt.Errorf("%s is missing; on Debian and Ubuntu install it with: apt-get install %s; %s",
				need.program, need.pack, withoutRoot)
		}
	}
	return nil
}

// becomeRoot starts this program again by sudo, unless root runs it.
func becomeRoot() error {
	if os.Geteuid() == 0 {
		return nil
	}
	sudo, err := exec.LookPath("sudo")
	if err != nil {
		return errors.New("the stand-in makes a machine, with mounts and a network: run it as root; " + withoutRoot)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return syscall.Exec(sudo, append([]string{"sudo", self}, os.Args[1:]...), os.Environ())
}

// installed looks where root's programs are too.
func installed(program string) bool {
	for _, path := range []string{program, "/usr/sbin/" + program, "/sbin/" + program} {
		if _, err := exec.LookPath(path); err == nil {
			return true
		}
	}
	return false
}

// do runs a program of the system. Its error holds what the program complained
// about.
func do(ctx context.Context, name string, args ...string) error {
	output, err := exec.CommandContext(ctx, name, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s %q: %w\n%s", name, args, err, output)
	}
	return nil
}
