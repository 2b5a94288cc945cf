package problem

import "net/http"

// Code is the stable, machine-readable name of a problem: the `code` member of
// the answer. Clients branch on it; the prose beside it may change.
type Code string

// The codes of the HTTP contract. A new one needs a row in the table below and
// a response in docs/openapi.yaml.
const (
	MalformedRequest     Code = "MALFORMED_REQUEST"
	ValidationFailed     Code = "VALIDATION_FAILED"
	InvalidCredentials   Code = "INVALID_CREDENTIALS"
	TokenNotFound        Code = "TOKEN_NOT_FOUND"
	TokenExpired         Code = "TOKEN_EXPIRED"
	InvalidToken         Code = "INVALID_TOKEN"
	AccessDenied         Code = "ACCESS_DENIED"
	NotFound             Code = "NOT_FOUND"
	MethodNotAllowed     Code = "METHOD_NOT_ALLOWED"
	UserAlreadyExists    Code = "USER_ALREADY_EXISTS"
	LastAdmin            Code = "LAST_ADMIN"
	PayloadTooLarge      Code = "PAYLOAD_TOO_LARGE"
	UnsupportedMediaType Code = "UNSUPPORTED_MEDIA_TYPE"
	TooManyRequests      Code = "TOO_MANY_REQUESTS"
	Internal             Code = "INTERNAL"
	Overloaded           Code = "OVERLOADED"
	Unavailable          Code = "UNAVAILABLE"
)

// kind is what every problem of one code has in common.
type kind struct {
	status int
	// detail is what the client reads when the error brings no sentence of
	// its own.
	detail string
	// challenge is the WWW-Authenticate value of a 401 (RFC 6750 section 3).
	// It has no error attribute where no token was presented.
	challenge string
}

// kinds has the kind of each code, in one place.
var kinds = map[Code]kind{
	MalformedRequest: {status: http.StatusBadRequest, detail: "The request could not be read."},
	ValidationFailed: {
		status: http.StatusBadRequest, detail: "Some fields are not valid; errors names each of them.",
	},
	InvalidCredentials: {
		status: http.StatusUnauthorized, detail: "The username or the password is wrong.", challenge: `Bearer`,
	},
	TokenNotFound: {status: http.StatusUnauthorized, detail: "The request carries no token.", challenge: `Bearer`},
	TokenExpired: {
		status: http.StatusUnauthorized, detail: "The token has expired.",
		challenge: `Bearer error="invalid_token", error_description="The token has expired."`,
	},
	InvalidToken: {
		status: http.StatusUnauthorized, detail: "The token is not valid.",
		challenge: `Bearer error="invalid_token", error_description="The token is not valid."`,
	},
	AccessDenied: {status: http.StatusForbidden, detail: "You may not do this."},
	NotFound:     {status: http.StatusNotFound, detail: "There is nothing here."},
	MethodNotAllowed: {
		status: http.StatusMethodNotAllowed, detail: "This path does not take that method; Allow lists those it takes.",
	},
	UserAlreadyExists: {status: http.StatusConflict, detail: "This username is taken."},
	LastAdmin:         {status: http.StatusConflict, detail: "This is the last administrator."},
	PayloadTooLarge:   {status: http.StatusRequestEntityTooLarge, detail: "The request body is too large."},
	UnsupportedMediaType: {
		status: http.StatusUnsupportedMediaType,
		detail: "The request body must be JSON, and its header Content-Type must say application/json.",
	},
	TooManyRequests: {
		status: http.StatusTooManyRequests, detail: "Too many attempts; wait as long as Retry-After says.",
	},
	Overloaded: {
		status: http.StatusServiceUnavailable, detail: "The server is busy; try again as Retry-After says.",
	},
	Unavailable: {
		status: http.StatusServiceUnavailable, detail: "The server cannot answer now; try again as Retry-After says.",
	},
	Internal: {status: http.StatusInternalServerError, detail: "Something went wrong on our side."},
}

// kindOf is the kind of a code. An unknown code is a programming error and
// answers like Internal.
func kindOf(c Code) kind {
	if k, ok := kinds[c]; ok {
		return k
	}
	return kinds[Internal]
}

// Status returns the HTTP status that problems of this code answer with.
func (c Code) Status() int { return kindOf(c).status }
