package store

import (
	"context"
	"database/sql"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
)

// Sessions are the sessions of a database.
type Sessions struct{ db *DB }

var _ tokens.Store = (*Sessions)(nil)

// NewSessions returns the sessions of the database.
func NewSessions(db *DB) *Sessions { return &Sessions{db} }

const (
	sessionColumns = `sessions.id, sessions.user_id, sessions.generation,
		sessions.created, sessions.rotated, sessions.expires, sessions.revoked IS NOT NULL`

	loadSession = `
		SELECT ` + join + sessionFields + `, ` + userFields + `) AS snapshot
		FROM sessions JOIN users ON users.id = sessions.user_id
		WHERE sessions.id = $2`

	// The lock makes a password change wait until the session is there to be
	// ended, and the session wait until a change before it is through. It is
	// no share lock: of two log-ins at once the later one must see the session
	// of the other, to count it.
	openSession = `
		INSERT INTO sessions (id, user_id, generation, created, rotated, expires, device, network)
		SELECT $2, users.id, 0, {now}, {now}, {least}({now} + $5, {now} + $6), $7, $8
		FROM users
		WHERE users.id = $3 AND users.password_version = $4 AND NOT users.disabled
		{for no key update}
		RETURNING ` + sessionColumns

	// The limit bounds what one log-in has to do, where a release that knew no
	// limit has left thousands.
	displaceSessions = `
		UPDATE sessions SET revoked = {now}
		WHERE revoked IS NULL AND id IN (
			SELECT id FROM sessions
			WHERE user_id = $2 AND id <> $3 AND revoked IS NULL AND expires > {now}
			ORDER BY rotated DESC, id
			LIMIT 1000 OFFSET $4)
		RETURNING id`

	// SQLite returns columns of the changed table only, so that the user comes
	// from a subquery.
	rotateSession = `
		UPDATE sessions
		SET generation = generation + 1, rotated = {now}, expires = {least}({now} + $4, created + $5)
		WHERE id = $2 AND generation = $3 AND revoked IS NULL AND expires > {now}
			AND EXISTS (SELECT 1 FROM users WHERE users.id = sessions.user_id AND NOT users.disabled)
		RETURNING ` + join + sessionFields + `,
			(SELECT ` + join + userFields + `) FROM users WHERE users.id = sessions.user_id))`

	revokeSession = `UPDATE sessions SET revoked = {now} WHERE id = $2 AND revoked IS NULL`

	revokeOwn = `
		UPDATE sessions SET revoked = {now}
		WHERE id = $2 AND user_id = $3 AND revoked IS NULL AND expires > {now}`

	// The user comes first, as in a change of the password.
	raiseVersion = `UPDATE users SET password_version = password_version + 1 WHERE id = $1`

	revokeSessions = `UPDATE sessions SET revoked = {now} WHERE user_id = $2 AND id <> $3 AND revoked IS NULL`

	listSessions = `
		SELECT ` + sessionColumns + `, device, network FROM sessions
		WHERE user_id = $2 AND revoked IS NULL AND expires > {now}
		ORDER BY created DESC, id
		LIMIT $3`

	// A difference, so that each half is read from an index alone. Few
	// sessions are revoked, for they are removed soon; the + keeps SQLite from
	// looking for them among all that have not expired.
	countLive = `
		SELECT (SELECT count(*) FROM sessions WHERE expires > {now})
			- (SELECT count(*) FROM sessions WHERE revoked > 0 AND +expires > {now})`

	deleteExpired = `
		DELETE FROM sessions WHERE id IN (
			SELECT id FROM sessions WHERE expires <= {now} - $2 OR revoked <= {now} - $2 LIMIT $3)`
)

// Open implements tokens.Store.
func (s *Sessions) Open(
	ctx context.Context, id, userID string, passwordVersion int64, from tokens.Client, limits tokens.Limits,
) (opened tokens.Session, displaced []string, err error) {
	defer wrap(&err, "open a session")
	err = s.db.inTx(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
		now, begun := s.db.dialect.now(), time.Now()
		opened, err = scanSession(tx.QueryRowContext(ctx, s.db.sql(openSession), now,
			id, userID, passwordVersion, limits.Idle.Microseconds(), limits.Absolute.Microseconds(),
			from.Device, from.Network))
		if err != nil {
			return err
		}
		s.db.clock.read(opened.Created, begun)
		displaced, err = many(ctx, tx, scanText, s.db.sql(displaceSessions), now, userID, id, tokens.MaxSessions-1)
		return err
	})
	if s.db.isMissing(err) {
		return tokens.Session{}, nil, tokens.ErrUserChanged
	}
	return opened, displaced, err
}

// Load implements tokens.Store.
func (s *Sessions) Load(ctx context.Context, id string) (_ tokens.Snapshot, err error) {
	defer wrap(&err, "load a session")
	snapshot, err := s.load(ctx, id)
	if s.db.isMissing(err) {
		return tokens.Snapshot{}, tokens.ErrNoSession
	}
	return snapshot, err
}

func (s *Sessions) load(ctx context.Context, id string) (tokens.Snapshot, error) {
	if s.db.lookUps != nil {
		return find(ctx, s.db, scanSnapshot, loadSession, s.db.dialect.now(), id)
	}
	return s.snapshot(ctx, s.db.read, loadSession, s.db.dialect.now(), id)
}

// snapshot runs a query for a snapshot, and reads the clock from it.
func (s *Sessions) snapshot(ctx context.Context, from *sql.DB, query string, args ...any) (tokens.Snapshot, error) {
	begun := time.Now()
	snapshot, err := one(ctx, s.db, from, scanSnapshot, query, args...)
	if err == nil {
		s.db.clock.read(snapshot.Now, begun)
	}
	return snapshot, err
}

// Rotate implements tokens.Store.
func (s *Sessions) Rotate(
	ctx context.Context, id string, generation int64, limits tokens.Limits,
) (after tokens.Snapshot, moved bool, err error) {
	after, err = s.snapshot(ctx, s.db.write, rotateSession, s.db.dialect.now(),
		id, generation, limits.Idle.Microseconds(), limits.Absolute.Microseconds())
	if s.db.isMissing(err) { // it does not rotate, or is not there
		after, err = s.Load(ctx, id)
		return after, false, err
	}
	wrap(&err, "rotate a session")
	return after, err == nil, err
}

// Revoke implements tokens.Store.
func (s *Sessions) Revoke(ctx context.Context, id string) (err error) {
	defer wrap(&err, "revoke a session")
	_, err = s.db.exec(ctx, revokeSession, s.db.dialect.now(), id)
	if s.db.isMissing(err) {
		return nil
	}
	return err
}

// RevokeOwn implements tokens.Store.
func (s *Sessions) RevokeOwn(ctx context.Context, userID, id string) (err error) {
	defer wrap(&err, "revoke a user's session")
	revoked, err := s.db.exec(ctx, revokeOwn, s.db.dialect.now(), id, userID)
	if s.db.isMissing(err) || err == nil && revoked == 0 {
		return tokens.ErrNoSession
	}
	return err
}

// RevokeAll implements tokens.Store. The end of every session raises the version
// of the password too: what a browser got for it proves nothing any more.
func (s *Sessions) RevokeAll(ctx context.Context, userID, except string) (err error) {
	defer wrap(&err, "revoke a user's sessions")
	if except != "" {
		_, err = s.db.exec(ctx, revokeSessions, s.db.dialect.now(), userID, except)
		return err
	}
	return s.db.inTx(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, raiseVersion, userID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, s.db.sql(revokeSessions), s.db.dialect.now(), userID, "")
		return err
	})
}

// List implements tokens.Store.
func (s *Sessions) List(ctx context.Context, userID string) (_ []tokens.Listed, err error) {
	defer wrap(&err, "list a user's sessions")
	ctx, cancel := s.db.within(ctx)
	defer cancel()
	return many(ctx, s.db.read, scanListed, s.db.sql(listSessions), s.db.dialect.now(), userID, tokens.MaxSessions)
}

// DeleteExpired implements tokens.Store.
func (s *Sessions) DeleteExpired(ctx context.Context, keep time.Duration, limit int) (_ int, err error) {
	defer wrap(&err, "delete expired sessions")
	deleted, err := s.db.exec(ctx, deleteExpired, s.db.dialect.now(), keep.Microseconds(), limit)
	return int(deleted), err
}

// CountLive returns how many sessions are neither over nor revoked. It takes
// longer the more there are: see docs/performance.md.
func (s *Sessions) CountLive(ctx context.Context) (n int64, err error) {
	defer wrap(&err, "count the sessions")
	err = s.db.read.QueryRowContext(ctx, s.db.sql(countLive), s.db.dialect.now()).Scan(&n)
	return n, err
}

// scanSession scans sessionColumns, and what the query has after them into more.
func scanSession(row scanner, more ...any) (tokens.Session, error) {
	var session tokens.Session
	var created, rotated, expires int64
	columns := []any{&session.ID, &session.UserID, &session.Generation, &created, &rotated, &expires, &session.Revoked}
	if err := row.Scan(append(columns, more...)...); err != nil {
		return tokens.Session{}, err
	}
	session.Created, session.Rotated, session.Expires = at(created), at(rotated), at(expires)
	return session, nil
}

func scanListed(row scanner) (listed tokens.Listed, err error) {
	listed.Session, err = scanSession(row, &listed.Device, &listed.Network)
	return listed, err
}
