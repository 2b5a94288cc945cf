package problem

import (
	"errors"
	"fmt"
	"time"
)

// Error is an error with something to say to the client.
type Error struct {
	Code Code
	// Detail is one sentence for the person behind the client. Empty means
	// the code's usual sentence.
	Detail string
	// Fields says which members of the request are wrong, for
	// ValidationFailed.
	Fields []Field
	// RetryAfter is when to come back, for 429 and 503. It is rounded up to
	// whole seconds, because Retry-After has no smaller unit.
	RetryAfter time.Duration

	cause error
}

// Field is one wrong member of a request body.
type Field struct {
	Field   string `json:"field"`   // its name in the JSON body
	Code    string `json:"code"`    // stable, such as TOO_SHORT
	Message string `json:"message"` // what would be right
}

// New returns an error of the code, with the sentence the client reads. An
// empty detail means the code's usual sentence.
func New(code Code, detail string) *Error {
	return &Error{Code: code, Detail: detail}
}

// Wrap returns an error of the code that keeps cause for the log. The client
// reads the code's usual sentence and nothing of the cause.
func Wrap(code Code, cause error) *Error {
	return &Error{Code: code, cause: cause}
}

// Invalid returns a ValidationFailed error that names the wrong fields.
func Invalid(fields ...Field) *Error {
	return &Error{Code: ValidationFailed, Fields: fields}
}

// RetryLater returns an error of the code that asks the client to come back
// after d. Use it with TooManyRequests, Overloaded and Unavailable.
func RetryLater(code Code, d time.Duration, cause error) *Error {
	return &Error{Code: code, RetryAfter: d, cause: cause}
}

// Error is what the log keeps: the code and the cause.
func (e *Error) Error() string {
	if e.cause != nil {
		return fmt.Sprintf("%s: %v", e.Code, e.cause)
	}
	if e.Detail != "" {
		return fmt.Sprintf("%s: %s", e.Code, e.Detail)
	}
	return string(e.Code)
}

// Unwrap returns the cause, for errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.cause }

// From returns err as an *Error. An error that carries none becomes Internal
// with err as its cause: what was not meant for the client stays in the log.
func From(err error) *Error {
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	return Wrap(Internal, err)
}
