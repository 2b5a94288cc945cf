package web

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	accounts "example.com/authbook/04-signup-login"
	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/logs"
	"example.com/authbook/final/internal/places"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are what GET /metrics shows, in the format of Prometheus. No label
// holds anything that a client chose: else it could fill our memory and the
// operator's with new ones.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec   // method, route, code
	duration *prometheus.HistogramVec // route
	events   *prometheus.CounterVec   // event
	hashWait prometheus.Histogram

	unknownProxy prometheus.Counter
}

// spans are the upper bounds of the histograms' buckets, in seconds: from a
// read to the longest wait for a hash.
var spans = [...]float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// alarming are the events that docs/operations/alerts.yml counts. They begin at 0:
// one that is there from its first time on has not increased, and is no alarm.
var alarming = [...]string{reuse, "login_failed", "login_throttled"}

// newMetrics returns metrics with those of the Go runtime and of the process.
func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "http_requests_total",
			Help: "Answers by method, route and status. The status 0 is a connection that was cut, 499 a client that hung up.",
		}, []string{"method", "route", "code"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "http_request_duration_seconds",
			Help:    "Time from the header of a request to the end of its answer, by route.",
			Buckets: spans[:],
		}, []string{"route"}),
		events: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "authbook_events_total",
			Help: "Authentication events by the name that they have in the audit log.",
		}, []string{"event"}),
		hashWait: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name:    "authbook_hash_wait_seconds",
			Help:    "Time that a request waited for its turn to hash a password.",
			Buckets: spans[:],
		}),
		unknownProxy: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "authbook_unknown_proxy_requests_total",
			Help: "Requests with X-Forwarded-For from an address that TRUSTED_PROXIES does not name.",
		}),
	}
	m.registry.MustRegister(m.requests, m.duration, m.events, m.hashWait, m.unknownProxy, buildInfo(deploy.ReadVersion()),
		collectors.NewGoCollector(), newProcess(collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})))
	for _, event := range alarming {
		m.events.WithLabelValues(event)
	}
	return m
}

// gauge adds a value that is read at every scrape.
func (m *metrics) gauge(name, help string, value func() float64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value))
}

// counter adds a number that only grows, and that is read at every scrape.
func (m *metrics) counter(name, help string, value func() int64) {
	m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Name: name, Help: help},
		func() float64 { return float64(value()) }))
}

// watch adds what the parts of the server know of themselves.
func (m *metrics) watch(pool *accounts.Pool, conns *places.Places) {
	pool.Waited = func(d time.Duration) { m.hashWait.Observe(d.Seconds()) }
	m.gauge("authbook_hash_running", "Passwords being hashed now.", func() float64 {
		running, _ := pool.Load()
		return float64(running)
	})
	m.gauge("authbook_hash_queue", "Requests waiting for their turn to hash.", func() float64 {
		_, waiting := pool.Load()
		return float64(waiting)
	})
	m.gauge("authbook_connections", "Open connections that are served.", func() float64 {
		open, _ := conns.Load()
		return float64(open)
	})
	m.gauge("authbook_connections_waiting", "Connections that wait for a place.", func() float64 {
		_, waiting := conns.Load()
		return float64(waiting)
	})
}

// watchLog adds how many lines the log left out.
func (m *metrics) watchLog(leftOut func() int64) {
	m.counter("authbook_log_lines_left_out_total", "Lines of the log that nobody read in time. The log says so too.",
		leftOut)
}

// watchCertificate adds when the certificate ends.
func (m *metrics) watchCertificate(expiry func() float64) {
	m.gauge("authbook_certificate_expiry_timestamp_seconds",
		"When the certificate in use ends, in Unix time; 0 if there is none yet.", expiry)
}

// watchTrail adds what the audit log could not write.
func (m *metrics) watchTrail(trail *logs.Trail) {
	m.gauge("authbook_audit_waiting_bytes", "Audit records that are not written yet.",
		func() float64 { return float64(trail.Waiting()) })
	m.counter("authbook_audit_lines_left_out_total", "Audit records that were left out because too many waited.",
		trail.LeftOut)
}

func buildInfo(v deploy.Version) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "authbook_build_info",
		Help: "Always 1; the labels say what runs.",
		ConstLabels: prometheus.Labels{
			"version": v.Version, "revision": v.Revision, "go": v.GoVersion,
		},
	}, func() float64 { return 1 })
}

// observe counts a request. It is for [middleware.Observe].
func (m *metrics) observe(r *http.Request, status int, took time.Duration) {
	route := routeOf(r.Pattern)
	m.requests.WithLabelValues(methodOf(r.Method), route, strconv.Itoa(status)).Inc()
	m.duration.WithLabelValues(route).Observe(took.Seconds())
}

// unmatched is the label of all requests that no route takes.
const unmatched = "unmatched"

// routeOf returns the path of a pattern such as "GET /me".
func routeOf(pattern string) string {
	_, path, _ := strings.Cut(pattern, " ")
	if path == "" { // the pattern "/" answers what no other one takes
		return unmatched
	}
	return path
}

// methodOf returns the method, or "other": any word can be one.
func methodOf(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete,
		http.MethodOptions:
		return method
	}
	return "other"
}

// handler answers GET /metrics to who names the server as an operator does.
func (m *metrics) handler(hosts []string) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return onlyAs(hosts, mux)
}
