package web

import (
	"runtime"
	"sync"

	accounts "example.com/authbook/04-signup-login"
)

// collecting is a hasher that frees the memory of the hashes before, once in so
// many hashes, while others wait for their turn.
//
// A hash takes 19 MiB anew, since x/crypto has no way to give it memory that was
// used before (golang/go#36634). Left to its own pace, the collector is late when
// it matters: a hash that starts while it runs finds nothing free, takes fresh
// memory, and what is over the limit goes back to the system. To fault those
// pages in again, 4 KiB at a time, cost more here than all else:
// docs/performance.md. So no hash starts while the collector runs, and there are
// hardly ever more than two blocks for each worker, one in use and one to free.
type collecting struct {
	accounts.Hasher
	pool  *accounts.Pool
	every int // hashes from one collection to the next: the number of workers

	turn   sync.Mutex // held while the collector runs
	hashes int
}

// Hash implements [accounts.Hasher].
func (c *collecting) Hash(password string) string {
	c.collect()
	return c.Hasher.Hash(password)
}

// Verify implements [accounts.Hasher].
func (c *collecting) Verify(hash, password string) (bool, error) {
	c.collect()
	return c.Hasher.Verify(hash, password)
}

// collect does nothing for a log-in that is alone: a client that sends them one by one
// must not see every second one take longer, whatever its name.
func (c *collecting) collect() {
	c.turn.Lock()
	defer c.turn.Unlock()
	if _, waiting := c.pool.Load(); waiting == 0 {
		return
	}
	c.hashes++
	if c.hashes%c.every == 0 {
		runtime.GC()
	}
}
