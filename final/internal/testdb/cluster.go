package testdb

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

// Cluster is a PostgreSQL of one test alone, which may stop it and start it.
type Cluster struct {
	t        testing.TB
	programs string // the folder of initdb and pg_ctl
	dir      string
	as       []string // how to run a program as an ordinary user
}

// NewCluster starts a PostgreSQL, which goes when the test ends. Where tests do
// not run on PostgreSQL, it skips the test.
func NewCluster(t testing.TB) *Cluster {
	t.Helper()
	if os.Getenv(variable) == "" {
		t.Skipf("set %s to run this on PostgreSQL; .ci/with-postgres does", variable)
	}
	c := &Cluster{t: t, programs: findPrograms(t), dir: makeDir(t)}
	if os.Geteuid() == 0 { // PostgreSQL refuses to run as root
		c.giveAway()
	}
	c.run("initdb", "-D", c.data(), "-U", "authbook", "--no-sync", "--no-locale", "-E", "UTF8", "-A", "trust")
	c.Start()
	t.Cleanup(c.Stop)
	return c
}

// findPrograms looks where Debian keeps them, in a folder per version.
func findPrograms(t testing.TB) string {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	require.NoError(t, err)
	if len(found) > 0 {
		return filepath.Dir(slices.Max(found))
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		t.Skip("initdb is missing: the test needs a PostgreSQL that it may stop")
	}
	return filepath.Dir(path)
}

// makeDir makes a folder with a short name: that of a socket has at most 107
// bytes.
func makeDir(t testing.TB) string {
	dir, err := os.MkdirTemp("", "pg")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755))
	return dir
}

// giveAway makes the cluster that of the user whom the package brings.
func (c *Cluster) giveAway() {
	owner, err := user.Lookup("postgres")
	require.NoError(c.t, err)
	uid, err := strconv.Atoi(owner.Uid)
	require.NoError(c.t, err)
	require.NoError(c.t, os.Chown(c.dir, uid, -1))
	c.as = []string{"runuser", "-u", "postgres", "--"}
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// Socket is the path of the socket that the server listens on.
func (c *Cluster) Socket() string { return filepath.Join(c.dir, ".s.PGSQL.5432") }

// URL names the one database of the cluster.
func (c *Cluster) URL() string { return "postgres://authbook@/postgres?host=" + c.dir }

// Start starts the server and waits until it takes connections.
func (c *Cluster) Start() {
	c.run("pg_ctl", "-D", c.data(), "-w", "-l", filepath.Join(c.dir, "log"),
		"-o", "-k "+c.dir+" -c listen_addresses='' -c fsync=off", "start")
}

// Stop ends the server and every connection at once, as a crash does. It may
// have stopped before.
func (c *Cluster) Stop() {
	_ = c.command("pg_ctl", "-D", c.data(), "-m", "immediate", "stop").Run()
}

// Execute runs a statement, also where transactions are read-only.
func (c *Cluster) Execute(statement string) {
	execute(c.t, c.URL()+"&default_transaction_read_only=off", statement)
}

func (c *Cluster) command(program string, args ...string) *exec.Cmd {
	return c.ordinary(filepath.Join(c.programs, program), args...)
}

// ordinary is a command that runs as an ordinary user.
func (c *Cluster) ordinary(path string, args ...string) *exec.Cmd {
	line := slices.Concat(c.as, []string{path}, args)
	command := exec.Command(line[0], line[1:]...)
	command.Dir = c.dir
	return command
}

func (c *Cluster) run(program string, args ...string) {
	c.t.Helper()
	// The server keeps its parent's output open: read it from a file.
	output, err := os.Create(filepath.Join(c.t.TempDir(), program))
	require.NoError(c.t, err)
	defer output.Close()
	command := c.command(program, args...)
	command.Stdout, command.Stderr = output, output
	if err := command.Run(); err != nil {
		text, _ := os.ReadFile(output.Name())
		require.NoError(c.t, err, "%s: %s", program, text)
	}
}
