package web

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"net/http"

	middleware "example.com/authbook/01-middleware"
	"example.com/authbook/internal/problem"
)

// wholeBody reads the body before the handlers inside ask who is calling. The
// other way round a client could pass the bearer check, stretch its body for as
// long as the server reads it, and then act with rights that it has lost
// meanwhile. BodyLimit, further out, bounds what is read.
func wholeBody(log *slog.Logger) middleware.Middleware {
	answer := middleware.Errors(log)
	return func(next http.Handler) http.Handler {
		return answer(func(w http.ResponseWriter, r *http.Request) error {
			body, err := io.ReadAll(r.Body)
			if _, tooLong := errors.AsType[*http.MaxBytesError](err); tooLong {
				return err
			}
			if err != nil {
				return problem.New(problem.MalformedRequest, "The body could not be read to its end.")
			}
			inner := *r
			inner.Body = io.NopCloser(bytes.NewReader(body))
			next.ServeHTTP(w, &inner)
			return nil
		})
	}
}
