package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver that newSchema uses
)

// testbed is what every measurement needs.
type testbed struct {
	dir      string // for databases, logs and the server's program; goes at the end
	program  string
	old      string // a program of an earlier release; "": none
	self     string // this program, which is the baseline server too
	postgres string // the URL of a PostgreSQL to measure on; "": none
	quick    bool
	others   bool // let servers of other frameworks race too
}

// span is how long a stretch of load takes.
func (b *testbed) span(d time.Duration) time.Duration {
	if b.quick {
		return d / 3
	}
	return d
}

// serve starts the server on a database. Nothing differs from production but
// the address, the rate limit per address, since all load comes from one, and
// what env adds.
func (b *testbed) serve(ctx context.Context, databaseURL string, env ...string) (*process, error) {
	return b.serveProgram(ctx, b.program, databaseURL, env...)
}

func (b *testbed) serveProgram(
	ctx context.Context, program, databaseURL string, env ...string,
) (*process, error) {
	return start(ctx, b.dir, program, nil, append([]string{
		"ADDR=127.0.0.1:0",
		"ADMIN_ADDR=127.0.0.1:0",
		"PUBLIC_URL=",
		"DATABASE_URL=" + databaseURL,
		"AUTH_SECRET=" + rand.Text() + rand.Text(),
		"LOG_FORMAT=json",
		"AUDIT_DIR=" + filepath.Join(b.dir, "audit"),
		"RATE_LIMIT=1000000",
	}, env...))
}

// newFile is the URL of a new SQLite database.
func (b *testbed) newFile() string { return filepath.Join(b.dir, rand.Text(), "authbook.db") }

// newSchema makes an empty schema in the PostgreSQL and returns its URL, and
// what removes it.
func (b *testbed) newSchema(ctx context.Context) (databaseURL string, drop func(), err error) {
	u, err := url.Parse(b.postgres)
	if err != nil {
		return "", nil, errors.New("the URL of PostgreSQL is not one")
	}
	db, err := sql.Open("pgx", b.postgres)
	if err != nil {
		return "", nil, err
	}
	schema := "authbook_load_" + strings.ToLower(rand.Text())
	if _, err := db.ExecContext(ctx, "CREATE SCHEMA "+schema); err != nil {
		return "", nil, errors.Join(err, db.Close())
	}
	query := u.Query()
	query.Set("search_path", schema)
	u.RawQuery = query.Encode()
	return u.String(), func() {
		_, _ = db.Exec("DROP SCHEMA " + schema + " CASCADE")
		_ = db.Close()
	}, nil
}

const password = "a long enough password"

// user is the n-th user of a measurement.
func user(n int) string { return fmt.Sprintf("load %d", n) }

func logIn(username, password string) []byte {
	return post("/login", fmt.Sprintf(`{"username":%q,"password":%q}`, username, password))
}

// addUsers signs up users 0 to n-1.
func addUsers(addr string, n int) error {
	wires, err := dialAll(addr, 1)
	if err != nil {
		return err
	}
	defer closeAll(wires)
	for i := range n {
		body := fmt.Sprintf(`{"username":%q,"password":%q,"nickname":"Load"}`, user(i), password)
		a, err := wires[0].exchange(post("/signup", body))
		if err != nil {
			return err
		}
		if a.status != 201 {
			return fmt.Errorf("POST /signup answered %d: %s", a.status, a.body)
		}
	}
	return nil
}

// tokenOf logs a user in and returns the access token.
func tokenOf(addr, username string) (string, error) {
	wires, err := dialAll(addr, 1)
	if err != nil {
		return "", err
	}
	defer closeAll(wires)
	a, err := wires[0].exchange(logIn(username, password))
	if err != nil {
		return "", err
	}
	var body struct{ Token string }
	if err := json.Unmarshal(a.body, &body); err != nil || body.Token == "" {
		return "", fmt.Errorf("POST /login answered %d: %s", a.status, a.body)
	}
	return body.Token, nil
}

func newTestbed(ctx context.Context, o options) (*testbed, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "authbook-load-*")
	if err != nil {
		return nil, err
	}
	b := &testbed{
		dir: dir, program: filepath.Join(dir, "final"), self: self,
		old: o.old, postgres: o.postgres, quick: o.quick, others: o.others,
	}
	if err := build(ctx, "", "example.com/authbook/final", b.program); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *testbed) close() { _ = os.RemoveAll(b.dir) }
