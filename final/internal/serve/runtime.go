package serve

import (
	"runtime"
	"runtime/debug"

	"example.com/authbook/final/internal/web"
)

// FitRuntime fits Go's runtime to what this server does. What the operator has
// set by Go's own variables stays.
//
// Hashing passwords keeps as many threads busy as there are processors. With as
// many again, a request that hashes nothing does not wait for one that does.
//
// The heap is a few megabytes large, so that by default it would be collected
// after every few megabytes of requests. It may grow to five times that; the
// limit keeps the memory small where each hash takes 7 MiB. All that can be
// alive at one time is 18 MB for each worker, which leaves room below it: see
// docs/performance.md.
func FitRuntime(getenv func(string) string) {
	workers := web.HashWorkers()
	if getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(2 * workers)
	}
	if getenv("GOGC") == "" && getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(memoryLimit(workers))
	}
}

// memoryLimit is in bytes.
func memoryLimit(workers int) int64 { return int64(8+22*workers) << 20 }
