package store

// sessionClients says of each session where it was opened. It is empty for the
// sessions of a release that does not know of it.
const sessionClients = `
ALTER TABLE sessions ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN network TEXT NOT NULL DEFAULT '';
`
