package main

import (
	"runtime"
	"runtime/debug"
	"sync"
)

// hashWorkers is how many passwords are hashed at a time: as many as there are
// processors for this program, which may be fewer than the machine has
// (GOMAXPROCS, or a container's limit). It is asked for the first time before
// fitRuntime raises that number.
var hashWorkers = sync.OnceValue(func() int { return runtime.GOMAXPROCS(0) })

// connectionsPerWorker bounds the memory of connections: 20 KB each.
const connectionsPerWorker = 512

// fitRuntime fits Go's runtime to what this server does. What the operator has
// set by Go's own variables stays.
//
// Hashing passwords keeps as many threads busy as there are processors. With as
// many again, a request that hashes nothing does not wait for one that does.
//
// The heap is a few megabytes large, so that by default it would be collected
// after every few megabytes of requests. It may grow to five times that; the
// limit keeps the memory small where each hash takes 19 MiB. All that can be
// alive at one time is 30 MB for each worker, which leaves room below it: see
// docs/performance.md.
func fitRuntime(getenv func(string) string) {
	workers := hashWorkers()
	if getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(2 * workers)
	}
	if getenv("GOGC") == "" && getenv("GOMEMLIMIT") == "" {
		debug.SetGCPercent(400)
		debug.SetMemoryLimit(memoryLimit(workers))
	}
}

// memoryLimit is in bytes.
func memoryLimit(workers int) int64 { return int64(8+38*workers) << 20 }
