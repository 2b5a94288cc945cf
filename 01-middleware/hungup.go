package middleware

import (
	"context"
	"errors"
	"net/http"
)

// StatusHungUp is the status that [AccessLog] and [Observe] report for a client
// that left before its answer. It is never sent, and no RFC has one for this:
// nobody is there to read it. The number is that of nginx.
const StatusHungUp = 499

// hungUp reports whether the request failed because the client left. That ends
// the request's context, and with it what the server was doing for the client.
// Anybody can do so at any time, so it must not look like a failure of the
// server.
func hungUp(r *http.Request, err error) bool {
	return errors.Is(r.Context().Err(), context.Canceled) && errors.Is(err, context.Canceled)
}
