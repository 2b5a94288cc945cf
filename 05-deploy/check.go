package deploy

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/authbook/internal/problem"
)

// check is one request and what its answer must be.
type check struct {
	name    string
	request string // "GET /me"
	send    body   // what the request's body is; nil: it has none
	bearer  string // the access token that goes along, by the name it was kept under
	cookie  string // the refresh token that goes along, likewise
	keep    string // the name under which the answer's tokens are kept

	status  int    // what the answer must be
	problem string // the code of a refusal
	and     expect // what else must hold; nil: nothing
}

// body makes a request's body for the visitor.
type body func(*visitor) any

// expect says what is wrong with an answer.
type expect func(*visitor, answer) error

// answer is a response, read whole.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// errNoAnswer means that the server did not answer at all.
var errNoAnswer = errors.New("no answer")

// run sends the request of a check and looks at the answer.
func (v *visitor) run(ctx context.Context, c check) error {
	existed := v.mayExist
	v.mayExist = existed || c.request == "POST /signup" // also if its answer is lost
	a, err := v.send(ctx, c)
	if err != nil {
		return err
	}
	if a.status >= 300 {
		v.mayExist = existed
	}
	if err := a.matches(c); err != nil {
		return err
	}
	if c.keep != "" {
		if err := v.keep(c.keep, a); err != nil {
			return err
		}
	}
	if c.and != nil {
		return c.and(v, a)
	}
	return nil
}

// send sends the request of a check, and sends it again where the server asks
// for a wait: many clients may share the operator's address, and the limits are
// the operator's choice.
func (v *visitor) send(ctx context.Context, c check) (answer, error) {
	for {
		request, err := v.newRequest(ctx, c)
		if err != nil {
			return answer{}, err
		}
		a, err := v.do(request)
		if err != nil || !v.wait(ctx, a) {
			return a, err
		}
	}
}

// wait waits as long as an answer asks for. It reports whether it did: not where
// the answer asks for nothing, or for more than there is patience left.
func (v *visitor) wait(ctx context.Context, a answer) bool {
	seconds, err := strconv.ParseUint(a.header.Get("Retry-After"), 10, 16)
	asked := max(time.Second, time.Duration(seconds)*time.Second)
	busy := a.code() == string(problem.TooManyRequests) || a.code() == string(problem.Overloaded)
	if !busy || err != nil || asked > v.patience {
		return false
	}
	v.patience -= asked
	select {
	case <-time.After(asked):
		return true
	case <-ctx.Done():
		return false
	}
}

func (v *visitor) newRequest(ctx context.Context, c check) (*http.Request, error) {
	method, path, _ := strings.Cut(c.request, " ")
	var text []byte
	if c.send != nil {
		text, _ = json.Marshal(c.send(v)) // maps of strings
	}
	r, err := http.NewRequestWithContext(ctx, method, v.origin+path, strings.NewReader(string(text)))
	if err != nil {
		return nil, err
	}
	if c.send != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.bearer != "" {
		if v.access[c.bearer] == "" {
			return nil, fmt.Errorf("the check %q gave no access token to go on with", c.bearer)
		}
		r.Header.Set("Authorization", "Bearer "+v.access[c.bearer])
	}
	if c.cookie != "" {
		if v.refresh[c.cookie] == "" {
			return nil, fmt.Errorf("the check %q gave no refresh token to go on with", c.cookie)
		}
		r.AddCookie(&http.Cookie{Name: v.cookieName(), Value: v.refresh[c.cookie]})
	}
	return r, nil
}

// maxAnswer is more than any answer of the checks, Swagger UI's page included.
const maxAnswer = 1 << 20

func (v *visitor) do(r *http.Request) (answer, error) {
	res, err := v.client.Do(r)
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", errNoAnswer, err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return answer{}, fmt.Errorf("%w: %w", errNoAnswer, err)
	}
	return answer{res.StatusCode, res.Header, text}, nil
}

// matches compares the answer's status and code with those of the check.
func (a answer) matches(c check) error {
	if a.status == c.status && a.code() == c.problem {
		return nil
	}
	return fmt.Errorf("expected %s, got %s", describe(c.status, c.problem), describe(a.status, a.code()))
}

// code is the code of a refusal, and "" for another answer.
func (a answer) code() string {
	var problem struct{ Code string }
	_ = json.Unmarshal(a.body, &problem) // no JSON has no code
	return problem.Code
}

func describe(status int, code string) string {
	return strings.TrimSpace(fmt.Sprint(status, " ", code))
}

// keep keeps the tokens of an answer to a log-in or a refresh. It keeps what it
// finds before it complains, so that one flaw does not hide the next, nor the
// way to remove the user.
func (v *visitor) keep(name string, a answer) error {
	var body map[string]any
	_ = json.Unmarshal(a.body, &body) // leaves body empty where it fails
	v.access[name], _ = body["token"].(string)
	cookies := slices.DeleteFunc((&http.Response{Header: a.header}).Cookies(), func(c *http.Cookie) bool {
		return c.Name != v.cookieName() // a log-in sets another one too
	})
	if len(cookies) == 1 {
		v.refresh[name] = cookies[0].Value
	}
	switch {
	case v.access[name] == "" || len(body) != 1:
		return errors.New(`expected the body {"token": …} and nothing else in it`)
	case v.refresh[name] == "":
		return fmt.Errorf("expected one cookie, named %s", v.cookieName())
	}
	return v.checkAttributes(cookies[0])
}

func (v *visitor) checkAttributes(c *http.Cookie) error {
	if c.HttpOnly && c.SameSite == http.SameSiteStrictMode && c.Path == "/" && c.Secure == v.https() {
		return nil
	}
	return fmt.Errorf("expected the cookie to be HttpOnly, SameSite=Strict, Path=/, Secure=%t", v.https())
}

func (v *visitor) https() bool { return strings.HasPrefix(v.origin, "https://") }

// cookieName follows from the scheme: the prefix makes a browser insist on
// Secure.
func (v *visitor) cookieName() string {
	if v.https() {
		return "__Host-refresh"
	}
	return "refresh"
}
