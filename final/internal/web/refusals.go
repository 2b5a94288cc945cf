package web

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"sync"

	"example.com/authbook/internal/problem"
)

const (
	// refusalRecords is how many refusals of one address are recorded until the
	// rest is told, which is once a minute.
	refusalRecords = 20
	// refusalAddresses bounds the memory for them, and the records: one network of
	// IPv6 has more addresses than a disk has room. What more there are count as
	// one. So refusals fill 1 MiB a minute at most, and the folder in a day.
	refusalAddresses = 200
	// otherAddresses is what those are called.
	otherAddresses = "others"
)

// refusals counts requests that were refused, by address. A stranger can send
// thousands a second at no cost, and each would be a record: enough to hide
// others, and to fill the disk. So the first of an address are recorded, and of
// the rest how many they were.
type refusals struct {
	mu     sync.Mutex
	counts map[string]int // since the rest was last told
}

func newRefusals() *refusals { return &refusals{counts: map[string]int{}} }

// take counts a refusal, and reports whether it is to be recorded.
func (r *refusals) take(address string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.counts[address] == 0 && len(r.counts) >= refusalAddresses {
		address = otherAddresses
	}
	r.counts[address]++
	return r.counts[address] <= refusalRecords
}

// rest returns how many were not recorded, by address, and begins anew.
func (r *refusals) rest() map[string]int {
	r.mu.Lock()
	counts := r.counts
	r.counts = map[string]int{}
	r.mu.Unlock()
	rest := map[string]int{}
	for address, count := range counts {
		if count > refusalRecords {
			rest[address] = count - refusalRecords
		}
	}
	return rest
}

// TellRefusals records how many refusals of each address were left out since it
// was last called. It is to be called every minute, and before the stop.
func (a *App) TellRefusals(ctx context.Context) {
	rest := a.refusals.rest()
	for _, address := range slices.Sorted(maps.Keys(rest)) {
		a.trail.Note(ctx, "refusals_left_out", slog.String("address", address), slog.Int("lines", rest[address]))
	}
}

// costsNothing reports whether who causes an event needs no right guess for it,
// and no hash: it can be had as often as somebody sends a request. A
// sign-up with a taken name does cost a hash; what else fails one does not.
func costsNothing(event string, attrs []slog.Attr) bool {
	switch event {
	case "token_refused", "refresh_failed", "access_denied", "cross_site_refused", "session_end_failed", "signup_failed":
		return true
	}
	// What is told OVERLOADED got no turn to hash.
	return strings.HasSuffix(event, "_throttled") || textIn(attrs, "code") == string(problem.Overloaded)
}

// textIn returns an attribute of an event, or "" if it has none of that name.
func textIn(attrs []slog.Attr, key string) string {
	for _, attr := range attrs {
		if attr.Key == key {
			return attr.Value.String()
		}
	}
	return ""
}
