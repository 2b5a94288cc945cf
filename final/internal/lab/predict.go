package lab

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"

	"example.com/authbook/internal/lang"
	"example.com/authbook/internal/problem"
)

// predictions are questions that need a run of the learner's tests. The server can't do
// that: `workbook run`, which started it, does.
type predictions struct {
	workbook http.Client
	mu       sync.Mutex
	made     map[[2]string]Question // by language and ID
}

// askingTime is longer than the workbook waits.
const askingTime = 25 * time.Second

func newPredictions(socket string) *predictions {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "unix", socket)
	}
	return &predictions{made: map[[2]string]Question{},
		workbook: http.Client{Transport: &http.Transport{DialContext: dial}, Timeout: askingTime}}
}

// prediction is what the page gets: a question, the word to ask again, or neither.
type prediction struct {
	Question *asked `json:"question"`
	Waits    bool   `json:"waits"`
}

// ask answers which question is due in some chapters, such as "45".
func (p *predictions) ask(w http.ResponseWriter, r *http.Request) {
	var of struct{ Chapters string }
	if !ask(w, r, &of) {
		return
	}
	in := lang.Choose(w, r, false, lang.English)
	query := url.Values{"chapters": {of.Chapters}, "lang": {in}}
	to, err := http.NewRequestWithContext(r.Context(), http.MethodGet, "http://workbook/?"+query.Encode(), nil)
	if err != nil {
		problem.Write(w, err)
		return
	}
	got, err := p.workbook.Do(to)
	if err != nil {
		answer(w, prediction{}) // there is no workbook any more
		return
	}
	defer got.Body.Close()
	var q Question
	if got.StatusCode != http.StatusOK || json.NewDecoder(got.Body).Decode(&q) != nil {
		answer(w, prediction{Waits: got.StatusCode == http.StatusAccepted})
		return
	}
	p.keep(in, q)
	answer(w, prediction{Question: new(q.asked())})
}

func (p *predictions) keep(in string, q Question) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.made[[2]string{in, q.ID}] = q
}

// find is a question that was asked.
func (p *predictions) find(in, id string) (Question, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	q, ok := p.made[[2]string{in, id}]
	return q, ok
}
