// Package store keeps users, sessions and log-in failures in SQL.
//
// A [DB] is open on either database. [Users], [Sessions] and [Failures] over it
// are the stores that chapters 03 and 04 ask for. Every query is written once.
// The few words in which SQLite and PostgreSQL differ are in braces, such as
// {now}, and a dialect spells them.
//
// # SQLite
//
// The default: one file, one machine. The file has mode 0600, because it holds
// password hashes. It is in WAL mode (https://sqlite.org/wal.html), so reads
// never wait for the writer, with synchronous=FULL, so a commit that was
// answered survives a power cut. One connection writes and a few read. Several
// processes may share the file: the server and `final admin`, or the old and
// the new server during a deploy. The clock is that of the machine.
//
// # PostgreSQL
//
// For any number of servers on one database. The clock is the database's, so
// that servers whose clocks differ agree on what has expired. Each server
// opens up to 16 connections, so six servers fit into PostgreSQL's usual
// max_connections of 100. Unless the URL says otherwise
// (?connect_timeout=10&statement_timeout=10000), connecting may take 5
// seconds, a statement 5 seconds, and a transaction may idle for 10 seconds.
//
// # Times and errors
//
// Times are BIGINT microseconds since 1970 UTC in both databases. Every error
// says what was tried and wraps its cause: one that the interfaces name, for
// errors.Is, or else why the database could not answer.
package store
