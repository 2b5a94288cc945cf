package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"
)

// person is one user of the soak, with a browser's cookies.
type person struct {
	base   string // an origin
	name   string
	client http.Client
	token  string
	// How many requests were answered as they should be, and how often a busy
	// server said 503 before.
	asked, refused int
}

func newPerson(addr, name string) (*person, error) {
	jar, err := cookiejar.New(nil)
	return &person{base: "http://" + addr, name: name, client: http.Client{Jar: jar, Timeout: patience}}, err
}

// live logs in, reads, refreshes and logs out, a request each pause, until the
// end. It returns the first answer that is not as it should be.
func (p *person) live(until time.Time, pause time.Duration) error {
	for time.Now().Before(until) {
		if err := p.visit(pause); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
	}
	p.client.CloseIdleConnections()
	return nil
}

// visit is one session from log-in to log-out.
func (p *person) visit(pause time.Duration) error {
	const reads, refreshes = 10, 2
	if err := p.logIn(pause); err != nil {
		return err
	}
	for range refreshes {
		for range reads {
			if err := p.ask(pause, "GET", "/me", "", http.StatusOK); err != nil {
				return err
			}
		}
		if err := p.refresh(pause); err != nil {
			return err
		}
	}
	return p.ask(pause, "POST", "/logout", "", http.StatusNoContent)
}

func (p *person) logIn(pause time.Duration) error {
	body := fmt.Sprintf(`{"username":%q,"password":%q}`, p.name, password)
	return p.ask(pause, "POST", "/login", body, http.StatusOK)
}

func (p *person) refresh(pause time.Duration) error {
	return p.ask(pause, "POST", "/refresh", "", http.StatusOK)
}

// ask sends a request, keeps the token that the answer brings, and waits. A busy
// server is asked again, as Retry-After says.
func (p *person) ask(pause time.Duration, method, path, body string, want int) error {
	status, text, err := p.send(method, path, body)
	for err == nil && status == http.StatusServiceUnavailable {
		p.refused++
		time.Sleep(time.Second)
		status, text, err = p.send(method, path, body)
	}
	if err != nil {
		return err
	}
	if status != want {
		return fmt.Errorf("%s %s answered %d: %s", method, path, status, text)
	}
	var brought struct{ Token string }
	if json.Unmarshal(text, &brought) == nil && brought.Token != "" {
		p.token = brought.Token
	}
	p.asked++
	time.Sleep(pause)
	return nil
}

func (p *person) send(method, path, body string) (status int, text []byte, err error) {
	r, err := http.NewRequest(method, p.base+path, strings.NewReader(body))
	if err != nil {
		return 0, nil, err
	}
	r.Header.Set("Authorization", "Bearer "+p.token)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := p.client.Do(r)
	if err != nil {
		return 0, nil, err
	}
	text, err = io.ReadAll(answer.Body)
	return answer.StatusCode, text, errors.Join(err, answer.Body.Close())
}
