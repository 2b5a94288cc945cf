package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// An authority counts failed orders, and refuses who has too many: Let's Encrypt
// takes five an hour. Each attempt takes up to two, one for each kind of proof.
const (
	ordersAtMost = 5
	ordersSpan   = time.Hour
)

// leftAlone is for how long an authority is left alone that asks for it and does
// not say for how long, and leftAloneAtMost what it can ask for.
const (
	leftAlone       = 10 * time.Minute
	leftAloneAtMost = 7 * 24 * time.Hour
)

const (
	// maxAnswer is more than an answer of an authority has, in bytes.
	maxAnswer = 256 << 10
	// maxRefusal is how much of a reason is kept, in bytes.
	maxRefusal = 500
)

// politeTo returns what asks an authority no more than it wants to be asked. A nil
// client is http.DefaultClient.
func politeTo(client *http.Client, log *slog.Logger) *politely {
	next := http.DefaultTransport
	if client != nil && client.Transport != nil {
		next = client.Transport
	}
	return &politely{next: next, log: log}
}

// retryAuthority says how long to wait before a failed request is sent again, 0
// for never. What the authority has asked to be spared fails at once.
func retryAuthority(tries int, _ *http.Request, res *http.Response) time.Duration {
	if tries > 3 || asksForPeace(res) {
		return 0
	}
	return time.Duration(tries) * time.Second
}

// politely sends requests to an authority (RFC 8555), unless it has asked to be
// left alone, or has had too many orders.
type politely struct {
	next http.RoundTripper
	log  *slog.Logger

	mu       sync.Mutex
	until    time.Time   // it is left alone
	newOrder string      // where orders go, as its directory says
	orders   []time.Time // when the latest were sent, the oldest first
	refusal  string      // why it gave no certificate last
}

// RoundTrip is an [http.RoundTripper].
func (p *politely) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := p.admit(r); err != nil {
		return nil, err
	}
	res, err := p.next.RoundTrip(r)
	if err != nil {
		p.note(err.Error())
		return nil, err
	}
	if asksForPeace(res) {
		p.leaveAlone(res)
	}
	return res, p.read(res)
}

// admit returns an error if the authority should not get the request now.
func (p *politely) admit(r *http.Request) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if now.Before(p.until) {
		return fmt.Errorf("the authority is not asked again before %s, as it wants", p.until.UTC().Format(time.RFC3339))
	}
	if r.URL.String() != p.newOrder {
		return nil
	}
	if len(p.orders) == ordersAtMost {
		again := p.orders[0].Add(ordersSpan)
		if now.Before(again) {
			return fmt.Errorf("%d orders within an hour; the next one goes out after %s",
				ordersAtMost, again.UTC().Format(time.RFC3339))
		}
		p.orders = p.orders[1:]
	}
	p.orders = append(p.orders, now)
	return nil
}

func (p *politely) leaveAlone(res *http.Response) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.until = time.Now().Add(retryAfter(res))
	p.log.Error("the authority wants no requests for a while, so there is no new certificate until then",
		"status", res.StatusCode, "until", p.until.UTC().Format(time.RFC3339))
}

// answer is what we read of what an authority says: of its directory (RFC 8555
// section 7.1.1), of an authorization (7.1.4), or of a problem (6.7).
type answer struct {
	NewOrder   string
	Status     string
	Detail     string
	Challenges []struct{ Error struct{ Detail string } }
}

// read learns from an answer where orders go and why there is no certificate, and
// leaves it as it was.
func (p *politely) read(res *http.Response) error {
	text, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	_ = res.Body.Close()
	if err != nil {
		return err
	}
	res.Body = io.NopCloser(bytes.NewReader(text))
	var a answer
	_ = json.Unmarshal(text, &a) // package acme says what is wrong with it
	if a.NewOrder != "" {
		p.learn(a.NewOrder)
	}
	if res.StatusCode >= http.StatusBadRequest {
		p.note(a.Detail)
	}
	for _, challenge := range a.Challenges {
		if a.Status == "invalid" {
			p.note(challenge.Error.Detail)
		}
	}
	return nil
}

func (p *politely) learn(newOrder string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.newOrder = newOrder
}

// note keeps why there was no certificate.
func (p *politely) note(refusal string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if refusal != "" {
		p.refusal = refusal[:min(len(refusal), maxRefusal)]
	}
}

// complaint is why there was no certificate last, in the words of the authority
// or of the network to it; "" where nothing went wrong.
func (p *politely) complaint() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.refusal
}

// asksForPeace reports whether an authority asks to be left alone (RFC 8555
// section 6.6, RFC 9110 section 15.6.4).
func asksForPeace(res *http.Response) bool {
	return res.StatusCode == http.StatusTooManyRequests ||
		res.StatusCode == http.StatusServiceUnavailable && res.Header.Get("Retry-After") != ""
}

// retryAfter reads how long to leave the authority alone: seconds or a date (RFC
// 9110 section 10.2.3).
func retryAfter(res *http.Response) time.Duration {
	text := res.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(text); err == nil && seconds > 0 {
		return time.Duration(min(seconds, int(leftAloneAtMost.Seconds()))) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil && time.Until(at) > 0 {
		return min(time.Until(at), leftAloneAtMost)
	}
	return leftAlone
}
