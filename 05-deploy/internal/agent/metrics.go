package agent

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// askLimit is how long the server may take for an answer to the agent.
const askLimit = 5 * time.Second

// metrics prints what the server tells Prometheus.
func (l looker) metrics(ctx context.Context) error {
	text, err := l.scrape(ctx)
	l.say("%s", strings.TrimSpace(text))
	return err
}

// scrape asks the server at its ADMIN_ADDR, which only this machine reaches as a
// rule.
func (m *machine) scrape(ctx context.Context) (string, error) {
	host, port, err := net.SplitHostPort(cmp.Or(m.chosen("ADMIN_ADDR"), "127.0.0.1:9090"))
	if err != nil {
		return "", fmt.Errorf("ADMIN_ADDR=%s: there are no metrics", m.chosen("ADMIN_ADDR"))
	}
	if ip := net.ParseIP(host); host == "" || (ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1" // it listens at every address
	}
	res, err := ask(ctx, http.DefaultTransport, "http://"+net.JoinHostPort(host, port)+"/metrics")
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	return string(text), err
}

// ask gets a page of the server.
func ask(ctx context.Context, by http.RoundTripper, url string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	r.Close = true
	return (&http.Client{Transport: by, Timeout: askLimit}).Do(r)
}

// gauge is the value of a metric without labels.
func gauge(metrics, name string) (float64, bool) {
	for line := range strings.Lines(metrics) {
		if text, ok := strings.CutPrefix(line, name+" "); ok {
			value, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
			return value, err == nil
		}
	}
	return 0, false
}
