// Package middleware wraps functions and HTTP handlers in code that runs
// before and after them.
//
// A decorator takes a function and returns a function of the same type that
// does a little more. [Timed] and [Retry] decorate plain functions. A
// [Middleware] is the same idea for [http.Handler], and [Chain] makes one
// middleware of many:
//
//	mux := http.NewServeMux()
//	handle := middleware.Errors(log)
//	mux.Handle("GET /me", middleware.Authenticate(log, sessions)(handle(me)))
//
//	server := middleware.Chain(
//		middleware.RequestID,
//		middleware.AccessLog(log, address),
//		middleware.Recover(log),
//		middleware.SecurityHeaders,
//		middleware.BodyLimit(16<<10),
//	)(mux)
//
// A request passes through them from the first to the last, the answer goes
// the other way. The order matters: AccessLog needs the id that RequestID
// made, and it logs the 500 that Recover wrote.
//
// The package asks its questions through small interfaces ([Authenticator],
// [Principal]) and knows nothing of tokens or users.
package middleware
