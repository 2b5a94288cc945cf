// Package accounts holds users and their passwords: the handlers of /signup,
// /login, /me and /admin/users, and what is behind them.
//
// A request goes through four steps, each in files of its own:
//
//   - reading: one strict JSON object (decode.go, members.go, surrogate.go);
//   - validation: what a name and a password may be (validate.go, username.go,
//     nickname.go, password.go, role.go);
//   - the password: Argon2id (argon2id.go, phc.go), and around its check a guard
//     that slows guessing and waits for a turn in a bounded [Pool] (guard.go,
//     backoff.go, budget.go, proof.go, takennames.go, pool.go, line.go,
//     network.go, prove.go, verify.go);
//   - the store: a [Store] and a [ThrottleStore]; [MemoryStore] is both.
//
// [Service] joins them. Its handlers return their errors; every error that is
// meant for the client is a *problem.Error.
//
// The errors member of a VALIDATION_FAILED answer names all wrong fields at
// once, up to 20. Its codes are REQUIRED, WRONG_TYPE, UNKNOWN_FIELD, TOO_SHORT,
// TOO_LONG, INVALID_CHARACTERS, DUPLICATE, UNKNOWN_ROLE and TOO_COMMON. No
// answer repeats a value that the client sent.
package accounts
