// Package folder is a machine in a folder, for who has no root: a file system below
// a folder, programs that come first in PATH, a port that is held over every restart,
// an SSH server on loopback, and as much of systemd as ship and its agent ask for. The
// agent and the releases are real processes. Nothing keeps them in: they are programs
// of the one who runs it, and no limit and no protection of the units holds.
//
// The tests of ship have such a machine each, and so has the stand-in of who can't boot
// one.
package folder
