package deploy

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// surface is what anybody sees of the server.
var surface = []check{
	{name: "the server is alive", request: "GET /healthz", status: 200},
	{name: "the server is ready", request: "GET /readyz", status: 200},
	{name: "the version is named", request: "GET /version", status: 200, and: readVersion},
	{name: "answers carry the security headers", request: "GET /healthz", status: 200, and: securityHeaders},
	{name: "an unknown path is a problem document", request: "GET /no-such-path", status: 404, problem: "NOT_FOUND",
		and: problemDocument},
}

// swaggerOn is what SWAGGER=on shows, and swaggerOff what SWAGGER=off does not.
var (
	swaggerOn = []check{
		{name: "Swagger UI is there", request: "GET /swagger/index.html", status: 200, and: pageOfSwaggerUI},
		{name: "the OpenAPI document is there", request: "GET /openapi.json", status: 200, and: openAPI},
	}
	swaggerOff = []check{
		{name: "Swagger UI is off", request: "GET /swagger/index.html", status: 404, problem: "NOT_FOUND"},
		{name: "and so is the OpenAPI document", request: "GET /openapi.json", status: 404, problem: "NOT_FOUND"},
	}
)

// maintenance is what MAINTENANCE=on shows.
var maintenance = []check{
	{name: "the server is alive", request: "GET /healthz", status: 200},
	{name: "the server is ready", request: "GET /readyz", status: 200},
	{name: "the rest is closed for maintenance", request: "GET /version", status: 503, problem: "UNAVAILABLE", and: isClosed},
	{name: "and so is log-in", request: "POST /login", send: credentials, status: 503, problem: "UNAVAILABLE", and: isClosed},
}

// roundTrip is the way of one user from sign-up to removal. A door that must
// stay shut is tried beside each one that must open.
//
//workbook:exercise 5.10 TestVerify
var roundTrip = []check{
	{name: "sign up", request: "POST /signup", send: newUser, status: 201, and: showsTheUser},
	{name: "a taken name is refused", request: "POST /signup", send: newUser, status: 409, problem: "USER_ALREADY_EXISTS"},
	{name: "a wrong password is refused", request: "POST /login", send: wrongPassword, status: 401, problem: "INVALID_CREDENTIALS"},
	{name: "log in", request: "POST /login", send: credentials, status: 200, keep: "log in"},
	{name: "the access token opens /me", request: "GET /me", bearer: "log in", status: 200, and: showsTheUser},
	{name: "/me without a token is refused", request: "GET /me", status: 401, problem: "TOKEN_NOT_FOUND"},
	{name: "refresh", request: "POST /refresh", cookie: "log in", status: 200, keep: "refresh"},
	{name: "refresh again", request: "POST /refresh", cookie: "refresh", status: 200, keep: "refresh again"},
	{name: "the new access token opens /me", request: "GET /me", bearer: "refresh again", status: 200, and: showsTheUser},
	{name: "a used refresh token is refused", request: "POST /refresh", cookie: "log in", status: 401, problem: "INVALID_TOKEN"},
	{name: "and has ended its session", request: "GET /me", bearer: "refresh again", status: 401, problem: "INVALID_TOKEN"},
	{name: "log in once more", request: "POST /login", send: credentials, status: 200, keep: "log in once more"},
	{name: "log out", request: "POST /logout", bearer: "log in once more", status: 204},
	{name: "log-out has ended the access token", request: "GET /me", bearer: "log in once more", status: 401, problem: "INVALID_TOKEN"},
	{name: "and the refresh token", request: "POST /refresh", cookie: "log in once more", status: 401, problem: "INVALID_TOKEN"},
	{name: "log in to leave", request: "POST /login", send: credentials, status: 200, keep: "log in to leave"},
	{name: "leave", request: "DELETE /me", send: currentPassword, bearer: "log in to leave", status: 204, and: isRemoved},
	{name: "a removed user cannot log in", request: "POST /login", send: credentials, status: 401, problem: "INVALID_CREDENTIALS"},
}

// cleanUp removes a user who is still there after the round trip.
var cleanUp = []check{
	{name: "log in to leave", request: "POST /login", send: credentials, status: 200, keep: "clean up"},
	{name: "leave", request: "DELETE /me", send: currentPassword, bearer: "clean up", status: 204, and: isRemoved},
}

func newUser(v *visitor) any {
	return map[string]string{"username": v.username, "password": v.password, "nickname": "Check"}
}

func credentials(v *visitor) any {
	return map[string]string{"username": v.username, "password": v.password}
}

func wrongPassword(v *visitor) any {
	return map[string]string{"username": v.username, "password": "not " + v.password}
}

func currentPassword(v *visitor) any {
	return map[string]string{"currentPassword": v.password}
}

func readVersion(v *visitor, a answer) error {
	if err := json.Unmarshal(a.body, &v.version); err != nil || v.version.Revision == "" {
		return errors.New("expected a JSON document with a revision")
	}
	return nil
}

func securityHeaders(v *visitor, a answer) error {
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff",
		"X-Frame-Options":        "DENY",
		"Referrer-Policy":        "no-referrer",
		"Cache-Control":          "no-store",
	} {
		if got := a.header.Get(name); got != want {
			return fmt.Errorf("expected %s: %s, got %q", name, want, got)
		}
	}
	if !strings.Contains(a.header.Get("Content-Security-Policy"), "default-src 'none'") {
		return errors.New("expected a Content-Security-Policy with default-src 'none'")
	}
	if v.https() && a.header.Get("Strict-Transport-Security") == "" {
		return errors.New("expected Strict-Transport-Security on an https address")
	}
	return nil
}

func problemDocument(_ *visitor, a answer) error {
	if got := a.header.Get("Content-Type"); got != "application/problem+json" {
		return fmt.Errorf("expected application/problem+json, got %q", got)
	}
	return nil
}

func isClosed(_ *visitor, a answer) error {
	if a.header.Get("Retry-After") == "" || !bytes.Contains(a.body, []byte("maintenance")) {
		return errors.New("expected a problem document that speaks of maintenance, and Retry-After")
	}
	return nil
}

func pageOfSwaggerUI(_ *visitor, a answer) error {
	if !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") || !bytes.Contains(a.body, []byte("swagger-ui")) {
		return errors.New("expected the HTML page of Swagger UI")
	}
	return nil
}

func openAPI(_ *visitor, a answer) error {
	var document struct {
		OpenAPI string
		Paths   map[string]any
	}
	err := json.Unmarshal(a.body, &document)
	if err != nil || !strings.HasPrefix(document.OpenAPI, "3.1") || document.Paths["/login"] == nil {
		return errors.New("expected an OpenAPI 3.1 document with the path /login")
	}
	return nil
}

// showsTheUser expects the view of the user, and in it nothing of the password.
func showsTheUser(v *visitor, a answer) error {
	var user struct {
		Username string
		Roles    []struct{ Role string }
	}
	if err := json.Unmarshal(a.body, &user); err != nil || user.Username != v.username {
		return fmt.Errorf("expected the user %s", v.username)
	}
	if len(user.Roles) != 1 || user.Roles[0].Role != "USER" {
		return errors.New("expected the one role USER")
	}
	if bytes.Contains(bytes.ToLower(a.body), []byte("password")) || bytes.Contains(a.body, []byte(v.password)) {
		return errors.New("the answer must not show the password or its hash")
	}
	return nil
}

func isRemoved(v *visitor, _ answer) error {
	v.mayExist = false
	return nil
}
