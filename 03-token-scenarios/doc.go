// Package tokens keeps people logged in: access tokens, refresh tokens and the
// sessions behind them.
//
// A log-in opens a [Session]. The client gets two tokens for it. The access
// token is a JWT of 15 minutes that goes with every request. The refresh token
// lives in a cookie and does one thing: it is exchanged for the next pair of
// tokens, once. [Sessions] is the service that opens, checks, rotates and ends
// sessions; [Handlers] puts it on HTTP.
//
// The rules come from RFC 9700 section 4.14 (refresh token rotation and reuse
// detection) and RFC 6750 (bearer tokens):
//
//   - Every refresh moves the session one generation on. A refresh token names
//     its generation, so an old one is recognised.
//   - The token of the generation before still gets its successor for 30
//     seconds after the rotation: a response was lost, or two tabs refreshed
//     together.
//   - An older one has been copied. The whole session ends.
//   - A new password moves the session that goes on by two generations, so
//     that the token before has no grace.
//   - A user has 50 sessions at most. One more ends the one that was not used
//     for longest. Each can be ended from the list of them.
//   - Every check of an access token loads the session and the user. So
//     log-out, a disabled account and a changed role count from the next
//     request on.
//
// The chapter signs and checks through two small interfaces, [JWT] and [MAC],
// and keeps sessions in a [Store].
package tokens
