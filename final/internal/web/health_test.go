package web

import (
	"net/http/httptest"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/assert"
)

// The unit hides /proc/stat, and with it the start time from the metrics of the
// process.
func TestMetrics_tellTheStartTimeWhereTheUnitHidesIt(t *testing.T) {
	m := &metrics{registry: prometheus.NewRegistry()}
	for range 2 { // the second finds it there
		m.addStartTime()
	}
	w := httptest.NewRecorder()
	m.handler(nil).ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/metrics", nil))
	assert.Regexp(t, `(?m)^process_start_time_seconds 1\.\d+e\+09$`, w.Body.String())
}
