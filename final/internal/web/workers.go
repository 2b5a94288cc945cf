package web

import (
	"runtime"
	"sync"
)

// HashWorkers is how many passwords are hashed at a time: as many as there are
// processors for this program, which may be fewer than the machine has
// (GOMAXPROCS, or a container's limit). It is asked for the first time before
// serve.FitRuntime raises that number.
var HashWorkers = sync.OnceValue(func() int { return runtime.GOMAXPROCS(0) })

// connectionsPerWorker bounds the memory of connections: 20 KB each.
const connectionsPerWorker = 512
