package lab

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"example.com/authbook/internal/problem"
)

// command is one button of the panel.
type command struct {
	Step    string `json:"step"`
	Who     string `json:"who"`
	Server  int    `json:"server"`  // 0 or 1
	Seconds int64  `json:"seconds"` // of a jump
}

// outcome is what came of it. It names tokens, and holds none.
type outcome struct {
	Who      string   `json:"who"`
	Server   int      `json:"server"`
	Request  string   `json:"request"` // POST /refresh; "" for what is no request
	Sent     []string `json:"sent"`
	Was      string   `json:"was"` // the state of the first of them when the server had it
	Status   int      `json:"status"`
	Code     string   `json:"code"`
	Got      []string `json:"got"`
	Lost     bool     `json:"lost"` // the answer never arrived
	Events   []event  `json:"events"`
	Exercise string   `json:"exercise"` // that decided it
	Given    string   `json:"given"`    // the file that did, where it is no exercise
	Before   string   `json:"before"`   // the state of the session
	After    string   `json:"after"`
	Crowd    *crowd   `json:"crowd,omitempty"`
}

// crowd is what fifty requests at once were answered.
type crowd struct {
	OK         int `json:"ok"`
	Refused    int `json:"refused"`
	Successors int `json:"successors"` // how many different refresh tokens
}

const (
	// atOnce is how many requests "fifty at once" are.
	atOnce = 50
	// longestJump is the absolute limit of a session.
	longestJump = 30 * 24 * 60 * 60
)

// do takes one step. A command that no button sends is MALFORMED_REQUEST.
func (w *world) do(ctx context.Context, c command) error {
	who, known := w.clients[c.Who]
	needsPassword := c.Step == "login" || c.Step == "password"
	if !known || c.Server < 0 || c.Server >= len(w.servers) || needsPassword && c.Who != owner {
		return noButton()
	}
	switch c.Step {
	case "jump":
		return w.jump(c)
	case "steal":
		w.steal()
	case "fifty":
		w.fifty(ctx, c, who)
	default:
		r, ok := w.request(c, who)
		if !ok {
			return noButton()
		}
		w.ask(ctx, c, who, r)
	}
	return nil
}

func noButton() error {
	return problem.New(problem.MalformedRequest, "No button of the page sends this.")
}

// steal gives the thief a copy of the owner's cookie.
func (w *world) steal() {
	w.clients[thief].refresh = w.clients[owner].refresh
	w.record("steal", outcome{Who: thief, Got: w.names(w.clients[owner].refresh), Before: w.stateOfSession()})
}

// jump moves the lab's clock.
func (w *world) jump(c command) error {
	if c.Seconds < 1 || c.Seconds > longestJump {
		return problem.New(problem.MalformedRequest, "A jump is one second to thirty days.")
	}
	before := w.stateOfSession()
	w.clock.jump(time.Duration(c.Seconds) * time.Second)
	w.record("jump", outcome{Before: before})
	return nil
}

// request is what a button makes a client send.
func (w *world) request(c command, who *client) (r request, ok bool) {
	r = request{server: c.Server, method: http.MethodPost}
	switch c.Step {
	case "login":
		r.path, r.body = "/login", `{"username":"JIN HO","password":"`+w.password+`"}`
	case "refresh", "lose":
		r.path, r.cookie = "/refresh", who.refresh
	case "replay":
		r.path, r.cookie = "/refresh", who.before
	case "me":
		r.method, r.path, r.bearer = http.MethodGet, "/me", who.access
	case "logout":
		r.path, r.cookie, r.bearer = "/logout", who.refresh, who.access
	case "password":
		r.method, r.path, r.cookie, r.bearer = http.MethodPut, "/me/password", who.refresh, who.access
		r.next = rand.Text()
		r.body = fmt.Sprintf(`{"currentPassword":%q,"newPassword":%q}`, w.password, r.next)
	default:
		return r, false
	}
	return r, true
}

// ask sends the request, and gives the client what comes back. A request arrives a second
// later on the lab's clock, and all that the page shows of it is of that moment.
func (w *world) ask(ctx context.Context, c command, who *client, r request) {
	o := outcome{Who: c.Who, Server: c.Server, Request: r.method + " " + r.path, Lost: c.Step == "lose",
		Sent: w.names(r.cookie, r.bearer), Before: w.stateOfSession()}
	w.clock.jump(time.Second)
	o.Was = w.was(o.Sent)
	got := w.send(ctx, r)
	o.Status, o.Code = got.status, got.code()
	cookie, _ := got.cookie()
	o.Got = w.names(cookie, got.token())
	if o.Status < http.StatusBadRequest && !o.Lost {
		who.take(got)
	}
	if r.next != "" && o.Status == http.StatusNoContent {
		w.password = r.next
	}
	o.Events = w.heard()
	o.Exercise, o.Given = decider(c.Step, o)
	w.record(c.Step, o)
}

// take puts what came back into the client's jar.
func (c *client) take(got *reply) {
	if cookie, set := got.cookie(); set && cookie != c.refresh {
		c.before, c.refresh = c.refresh, cookie
	}
	if token := got.token(); token != "" {
		c.access = token
	}
	if cookie, set := got.cookie(); set && cookie == "" {
		c.access = ""
	}
}

// fifty sends the same cookie fifty times at once.
func (w *world) fifty(ctx context.Context, c command, who *client) {
	r, _ := w.request(command{Step: "refresh", Server: c.Server}, who)
	o := outcome{Who: c.Who, Server: c.Server, Request: r.method + " " + r.path,
		Sent: w.names(r.cookie), Before: w.stateOfSession(), Crowd: &crowd{}, Exercise: "3.8"}
	w.clock.jump(time.Second)
	var replies [atOnce]*reply
	var sending sync.WaitGroup
	for i := range replies {
		sending.Go(func() { replies[i] = w.send(ctx, r) })
	}
	sending.Wait()
	w.sum(replies[:], who, &o)
	o.Events = w.heard()
	w.record(c.Step, o)
}

// sum counts the replies, and gives the client the last good one.
func (w *world) sum(replies []*reply, who *client, o *outcome) {
	successors := map[string]bool{}
	for _, got := range replies {
		if got.status != http.StatusOK {
			o.Crowd.Refused++
			o.Status, o.Code = got.status, got.code()
			continue
		}
		o.Crowd.OK++
		cookie, _ := got.cookie()
		successors[cookie] = true
	}
	o.Crowd.Successors = len(successors)
	for _, got := range replies {
		if got.status == http.StatusOK {
			o.Status, o.Code = got.status, ""
			who.take(got)
		}
	}
	if o.Crowd.OK > 0 {
		o.Got = w.names(who.refresh, who.access)
	}
}

func (w *world) names(tokens ...string) []string {
	names := []string{}
	for _, token := range tokens {
		if name := w.name(token); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// code is the code of a problem; "" for another answer.
func (r *reply) code() string { return r.member().Code }

// token is the access token of an answer; "" for none.
func (r *reply) token() string { return r.member().Token }

func (r *reply) member() (m struct{ Code, Token string }) {
	_ = json.Unmarshal(r.body.Bytes(), &m) // an answer without a body has neither
	return m
}

// decider is the exercise whose code decided about a step, or the given file that did.
func decider(step string, o outcome) (exercise, given string) {
	for _, e := range o.Events {
		if e.Name == "refresh_repeated" || e.Name == "refresh_reuse" {
			return "3.7", ""
		}
		if e.Name == panicEvent {
			return "", "" // the event has the line
		}
	}
	bearer := step == "me" || step == "password"
	switch {
	case o.Code == "TOKEN_NOT_FOUND" && bearer:
		return "1.9", ""
	case o.Code == "TOKEN_NOT_FOUND":
		return "", "03-token-scenarios/cookie.go"
	case o.Code == "TOKEN_EXPIRED" && bearer:
		return "", "02-jwt-basics/verifier.go" // before chapter 03 asks for the session
	case o.Code == "TOKEN_EXPIRED" || step == "refresh" && o.Before == ended:
		return "3.3", ""
	case step == "password" && o.Code != "INVALID_TOKEN":
		return "", "04-signup-login/me.go"
	}
	return map[string]string{"login": "4.8", "refresh": "3.8", "lose": "3.8", "replay": "3.8", "me": "3.4",
		"password": "3.4", "logout": "3.10"}[step], ""
}
