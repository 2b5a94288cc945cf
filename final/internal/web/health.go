package web

import (
	"context"
	"path/filepath"
	"time"

	"example.com/authbook/final/internal/store"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// process are the metrics of the process, with the moment when it began also
// where the unit hides what they compute it from. Without it nobody sees a server
// that starts over and over.
type process struct {
	prometheus.Collector
	began prometheus.Metric
}

func newProcess(of prometheus.Collector) process {
	desc := prometheus.NewDesc("process_start_time_seconds", "Start time of the process since unix epoch in seconds.",
		nil, nil)
	now := float64(time.Now().UnixMilli()) / 1000
	return process{of, prometheus.MustNewConstMetric(desc, prometheus.GaugeValue, now)}
}

// Collect is for [prometheus.Collector].
func (p process) Collect(metrics chan<- prometheus.Metric) {
	of := make(chan prometheus.Metric)
	go func() {
		p.Collector.Collect(of)
		close(of)
	}()
	hidden := true
	for metric := range of {
		hidden = hidden && metric.Desc().String() != p.began.Desc().String()
		metrics <- metric
	}
	if hidden {
		metrics <- p.began
	}
}

// watchDatabase adds how the database does.
func (m *metrics) watchDatabase(db *store.DB) {
	m.gauge("authbook_ready", "1 while the database answers and takes writes, as /readyz finds out; 0 if not.",
		newAsked(readyAge, 0, func(ctx context.Context) (int64, error) { return 1, db.Ping(ctx) }).value)
	m.gauge("authbook_sessions",
		"Live sessions in the database, counted at most once a minute; -1 if it does not answer.",
		newAsked(countAge, -1, store.NewSessions(db).CountLive).value)
	for name, pool := range db.Pools() {
		m.registry.MustRegister(collectors.NewDBStatsCollector(pool, name))
	}
	calls := prometheus.NewHistogram(prometheus.HistogramOpts{
		Name:    "authbook_database_call_seconds",
		Help:    "Time of a call to the database, with its waits for a connection and a lock.",
		Buckets: spans[:],
	})
	failures := prometheus.NewCounter(prometheus.CounterOpts{
		Name: "authbook_database_failures_total",
		Help: "Calls that the database, or the way to it, failed.",
	})
	m.registry.MustRegister(calls, failures)
	db.Watched = func(took time.Duration, failed bool) {
		calls.Observe(took.Seconds())
		if failed {
			failures.Inc()
		}
	}
	if db.Path() != "" {
		m.watchFolder("database", filepath.Dir(db.Path()))
	}
}

// watchBackups adds how often the SQLite database is to be copied, until when it is,
// and until when also elsewhere, where that is wanted.
func (m *metrics) watchBackups(db *store.DB, every time.Duration, elsewhere bool) {
	if db.Path() == "" {
		return
	}
	m.gauge("authbook_backup_interval_seconds", "How often the database is to be copied, as BACKUP_EVERY says.",
		func() float64 { return every.Seconds() })
	m.gauge("authbook_last_backup_timestamp_seconds",
		"Until when all is in a copy in the folder backups beside the database, in Unix time; 0 if there is none.",
		func() float64 { here, _ := db.LastBackup(); return float64(here.Unix()) })
	if elsewhere {
		m.gauge("authbook_last_offsite_backup_timestamp_seconds",
			"Until when all is in a copy that BACKUP_COMMAND took, in Unix time; 0 if it took none.",
			func() float64 { _, elsewhere := db.LastBackup(); return float64(elsewhere.Unix()) })
	}
}

// watchFolder adds how much room there is in a folder, where the system tells.
func (m *metrics) watchFolder(name, dir string) {
	if _, err := freeBytes(dir); err != nil {
		return
	}
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name:        "authbook_disk_free_bytes",
		Help:        "Room on the disk below a folder of the server; -1 if the system does not say.",
		ConstLabels: prometheus.Labels{"folder": name},
	}, func() float64 {
		free, err := freeBytes(dir)
		if err != nil {
			return -1
		}
		return float64(free)
	}))
}
