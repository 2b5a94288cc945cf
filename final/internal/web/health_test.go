package web

import (
	"errors"
	"net/http/httptest"
	"regexp"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/stretchr/testify/assert"
)

// The unit hides /proc/stat, and with it the start time from the metrics of the
// process, which promise it all the same.
func TestMetrics_tellTheStartTimeWhereTheUnitHidesIt(t *testing.T) {
	rows := map[string]func() (int, error){
		"hidden": func() (int, error) { return 0, errors.New("no such process") },
		"there":  nil,
	}
	for name, pid := range rows {
		t.Run(name, func(t *testing.T) {
			m := &metrics{registry: prometheus.NewRegistry()}
			m.registry.MustRegister(newProcess(collectors.NewProcessCollector(collectors.ProcessCollectorOpts{PidFn: pid})))
			w := httptest.NewRecorder()
			m.handler(nil).ServeHTTP(w, httptest.NewRequest("GET", "http://127.0.0.1/metrics", nil))
			start := regexp.MustCompile(`(?m)^process_start_time_seconds 1\.\d+e\+09$`)
			assert.Len(t, start.FindAllString(w.Body.String(), -1), 1, w.Body)
		})
	}
}
