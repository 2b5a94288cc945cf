package problem_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWrite(t *testing.T) {
	secret := errors.New("pq: password=hunter2")
	rows := []struct {
		name       string
		err        error
		status     int
		body       string
		challenge  string
		retryAfter string
	}{
		{
			name:   "a code alone answers its status and its usual sentence",
			err:    problem.New(problem.NotFound, ""),
			status: 404,
			body:   `{"title":"Not Found","status":404,"code":"NOT_FOUND","detail":"There is nothing here."}`,
		},
		{
			name:   "a sentence of its own replaces the usual one",
			err:    problem.New(problem.MalformedRequest, "The body is empty."),
			status: 400,
			body:   `{"title":"Bad Request","status":400,"code":"MALFORMED_REQUEST","detail":"The body is empty."}`,
		},
		{
			name:   "validation names the fields",
			err:    problem.Invalid(problem.Field{Field: "password", Code: "TOO_SHORT", Message: "Use at least 8 characters."}),
			status: 400,
			body: `{"title":"Bad Request","status":400,"code":"VALIDATION_FAILED",
				"detail":"Some fields are not valid; errors names each of them.",
				"errors":[{"field":"password","code":"TOO_SHORT","message":"Use at least 8 characters."}]}`,
		},
		{
			name:   "a cause stays out of the answer",
			err:    problem.Wrap(problem.Unavailable, secret),
			status: 503,
			body: `{"title":"Service Unavailable","status":503,"code":"UNAVAILABLE",
				"detail":"The server cannot answer now; try again as Retry-After says."}`,
			retryAfter: "1",
		},
		{
			name:   "an unknown error is a 500 that says nothing of itself",
			err:    secret,
			status: 500,
			body: `{"title":"Internal Server Error","status":500,"code":"INTERNAL",
				"detail":"Something went wrong on our side."}`,
		},
		{
			name:   "an unknown code is a 500 too",
			err:    problem.New("NO_SUCH_CODE", ""),
			status: 500,
			body: `{"title":"Internal Server Error","status":500,"code":"NO_SUCH_CODE",
				"detail":"Something went wrong on our side."}`,
		},
		{
			name:   "a wrapped problem is found",
			err:    fmt.Errorf("log in: %w", problem.New(problem.InvalidCredentials, "")),
			status: 401,
			body: `{"title":"Unauthorized","status":401,"code":"INVALID_CREDENTIALS",
				"detail":"The username or the password is wrong."}`,
			challenge: "Bearer",
		},
		{
			name:      "no token, no error attribute",
			err:       problem.New(problem.TokenNotFound, ""),
			status:    401,
			body:      `{"title":"Unauthorized","status":401,"code":"TOKEN_NOT_FOUND","detail":"The request carries no token."}`,
			challenge: "Bearer",
		},
		{
			name:      "a bad token is named invalid_token",
			err:       problem.New(problem.TokenExpired, ""),
			status:    401,
			body:      `{"title":"Unauthorized","status":401,"code":"TOKEN_EXPIRED","detail":"The token has expired."}`,
			challenge: `Bearer error="invalid_token", error_description="The token has expired."`,
		},
		{
			name:   "Retry-After rounds up",
			err:    problem.RetryLater(problem.TooManyRequests, 1500*time.Millisecond, nil),
			status: 429,
			body: `{"title":"Too Many Requests","status":429,"code":"TOO_MANY_REQUESTS",
				"detail":"Too many attempts; wait as long as Retry-After says."}`,
			retryAfter: "2",
		},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			rec := httptest.NewRecorder()
			rec.Header().Set("Content-Length", "3") // of the answer that is not coming
			problem.Write(rec, row.err)
			assert.Equal(t, row.status, rec.Code)
			assert.JSONEq(t, row.body, rec.Body.String())
			assert.NotContains(t, rec.Body.String(), "hunter2")
			assert.Equal(t, problem.ContentType, rec.Header().Get("Content-Type"))
			assert.Equal(t, "no-store", rec.Header().Get("Cache-Control"))
			assert.Empty(t, rec.Header().Get("Content-Length"))
			assert.Equal(t, row.challenge, rec.Header().Get("WWW-Authenticate"))
			assert.Equal(t, row.retryAfter, rec.Header().Get("Retry-After"))
		})
	}
}

func TestError_logsTheCauseAndKeepsItMatchable(t *testing.T) {
	cause := errors.New("disk full")
	err := problem.Wrap(problem.Unavailable, cause)
	assert.Equal(t, "UNAVAILABLE: disk full", err.Error())
	assert.ErrorIs(t, err, cause)
}

func TestWrite_isValidJSONForAnyDetail(t *testing.T) {
	rec := httptest.NewRecorder()
	problem.Write(rec, problem.New(problem.MalformedRequest, "quote \" and \x00 and \xff"))
	require.Equal(t, http.StatusBadRequest, rec.Code)
	assert.True(t, json.Valid(rec.Body.Bytes()))
}
