package store

// migration is one step of the schema. Steps only add: a release that has not
// seen a step keeps working beside it, so that going back to the previous
// release needs no restore. What nothing uses any more is dropped by a later
// step, which then raises minBinary.
type migration struct {
	version int // of the schema after the step
	// minBinary is the oldest schema version that a release may know and
	// still work with this schema.
	minBinary int
	sql       string
}

// schema returns all steps, the oldest first. A step that has been released
// never changes.
func schema() []migration {
	return []migration{
		{version: 1, minBinary: 1, sql: firstSchema},
		{version: 2, minBinary: 1, sql: sessionClients},
	}
}

// firstSchema has the roles as sorted words in one text, so that a session and
// its user are two rows, read with one query.
const firstSchema = `
CREATE TABLE users (
	id               TEXT    NOT NULL PRIMARY KEY,
	username         TEXT    NOT NULL,
	username_key     TEXT    NOT NULL UNIQUE,
	nickname         TEXT    NOT NULL,
	password_hash    TEXT    NOT NULL,
	password_version BIGINT  NOT NULL,
	roles            TEXT    NOT NULL,
	disabled         BOOLEAN NOT NULL,
	created          BIGINT  NOT NULL
) {clustered};

CREATE INDEX users_admins ON users (id) WHERE ` + isAdmin + `;

CREATE TABLE sessions (
	id         TEXT   NOT NULL PRIMARY KEY,
	user_id    TEXT   NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	generation BIGINT NOT NULL,
	created    BIGINT NOT NULL,
	rotated    BIGINT NOT NULL,
	expires    BIGINT NOT NULL,
	revoked    BIGINT
) {clustered};

CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_expires ON sessions (expires);
CREATE INDEX sessions_revoked ON sessions (revoked) WHERE revoked IS NOT NULL;

CREATE TABLE failures (
	key    {bytes} NOT NULL PRIMARY KEY,
	count  BIGINT  NOT NULL,
	opened BIGINT  NOT NULL,
	last   BIGINT  NOT NULL
) {clustered};

CREATE INDEX failures_last ON failures (last);
`
