package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// SQLSTATE codes (https://www.postgresql.org/docs/current/errcodes-appendix.html).
const (
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	notInRepertoire      = "22021" // text that is not UTF-8, or has a NUL
	adminShutdown        = "57P01" // the connection was ended, and its transaction undone
)

func postgresDialect() dialect {
	return dialect{
		name: "PostgreSQL",
		words: strings.NewReplacer(
			// now() would be the start of the transaction, and
			// clock_timestamp() another time wherever it stands; this is one
			// time for the whole statement.
			"{now}", "coalesce($1::bigint, (extract(epoch FROM statement_timestamp()) * 1000000)::bigint)",
			"{least}", "least",
			"{bytes}", "BYTEA",
			"{position}", "strpos",
			"{clustered}", "",
			"{for update}", "FOR UPDATE",
			"{for no key update}", "FOR NO KEY UPDATE",
		),
		now:            func() any { return nil }, // so that coalesce takes the database's clock
		lockMigrations: "SELECT pg_advisory_xact_lock(" + migrationLock + ")",
		transient:      func(err error) bool { return hasState(err, serializationFailure, deadlockDetected, adminShutdown) },
		unstorable:     func(err error) bool { return hasState(err, notInRepertoire) },
	}
}

// migrationLock is the key of the advisory lock: "authbook" in ASCII, as a
// number.
const migrationLock = "7022647185631047531"

func hasState(err error, states ...string) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && slices.Contains(states, e.Code)
}

// connectPostgres opens a pool and makes sure that the server answers.
func connectPostgres(ctx context.Context, databaseURL string) (*DB, error) {
	databaseURL, err := postgresURL(databaseURL)
	if err != nil {
		return nil, err
	}
	// A password with a bare slash or @ would be cut at it, and its rest would
	// be named as the database or the host in every error.
	if u, err := url.Parse(databaseURL); err == nil && strings.Contains(u.Path, "@") {
		return nil, errors.New("database: the URL has an @ in the database's name; write / in a password as %2F and @ as %40")
	}
	config, err := pgx.ParseConfig(databaseURL)
	if err != nil {
		return nil, fmt.Errorf("database: cannot read the postgres:// URL: %s", reason(err))
	}
	if strings.Contains(config.Host, "@") {
		return nil, errors.New("database: the URL has an @ in the host's name; write / in a password as %2F and @ as %40")
	}
	setTimeouts(config)
	db := stdlib.OpenDB(*config)
	setPoolLimits(db)
	if err := db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %s", oneLine(err)), db.Close())
	}
	return &DB{dialect: postgresDialect(), read: db, write: db, unverified: isUnverified(config)}, nil
}

// isUnverified reports whether the server is reached over a network and does
// not have to show a certificate that is checked. pgx's default, as that of
// psql, is sslmode=prefer: TLS if the server offers it, and whoever answers is
// believed.
func isUnverified(config *pgx.ConnConfig) bool {
	ways := []*pgconn.FallbackConfig{{Host: config.Host, Port: config.Port, TLSConfig: config.TLSConfig}}
	return slices.ContainsFunc(append(ways, config.Fallbacks...), func(way *pgconn.FallbackConfig) bool {
		return !isLocal(way.Host, way.Port) && (way.TLSConfig == nil || way.TLSConfig.InsecureSkipVerify)
	})
}

func isLocal(host string, port uint16) bool {
	if network, _ := pgconn.NetworkAddress(host, port); network == "unix" || host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// setTimeouts bounds every wait for the server that the URL leaves open, so
// that a database in trouble costs requests and not the whole server.
func setTimeouts(config *pgx.ConnConfig) {
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 5 * time.Second
	}
	for name, milliseconds := range map[string]string{
		"statement_timeout":                   "5000",
		"idle_in_transaction_session_timeout": "10000",
	} {
		if config.RuntimeParams[name] == "" {
			config.RuntimeParams[name] = milliseconds
		}
	}
}

// connections is how many a server opens. A request holds one for about a
// millisecond.
const connections = 16

// setPoolLimits keeps connections open between requests, and replaces them
// now and then so that a moved database is found again.
func setPoolLimits(db *sql.DB) {
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	db.SetConnMaxIdleTime(5 * time.Minute)
	db.SetConnMaxLifetime(time.Hour)
}

// reason returns why pgx can't read a URL. pgx repeats the URL before it, and
// parts of it in quotes, and leaves out only what it knows for a password.
func reason(err error) string {
	text := oneLine(err)
	if i := strings.LastIndex(text, afterURL); i >= 0 {
		text = text[i+len(afterURL):]
	}
	return inQuotes.ReplaceAllString(text, "a part of it")
}

// afterURL is what pgx writes behind the URL.
const afterURL = "`: "

var inQuotes = regexp.MustCompile(`".*"`)

// oneLine flattens pgx's list of the addresses that it tried. pgx leaves the
// password out, and tries an address twice: with TLS and without.
func oneLine(err error) string {
	var lines []string
	for line := range strings.Lines(err.Error()) {
		line = strings.Join(strings.Fields(line), " ")
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, " ")
}
