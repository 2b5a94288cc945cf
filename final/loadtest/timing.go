package main

import (
	"fmt"
	"slices"
	"time"
)

// timing is how many seconds each log-in took that was refused.
type timing struct {
	unknown []float64 // with a name that nobody has
	wrong   []float64 // with a wrong password
}

// timing takes turns, and each comes first as often as the other: the server may
// collect its garbage at every second hash. Each user is guessed at only as often
// as the throttle lets pass at once, and no address fails often enough to spend
// its budget.
func (b *testbed) timing(addr, _ string) (result, error) {
	wires, err := dialAll(addr, 1)
	if err != nil {
		return nil, err
	}
	defer closeAll(wires)
	var t timing
	for n := range 4 * clients {
		address := fmt.Sprint("192.0.2.", n%250)
		tries := []try{
			{&t.unknown, logIn(fmt.Sprintf("nobody %d", n), password)},
			{&t.wrong, logIn(user(n%clients), "a wrong password")},
		}
		if n%2 == 1 {
			slices.Reverse(tries)
		}
		for _, try := range tries {
			seconds, err := refused(wires[0], from(address, try.request))
			if err != nil {
				return nil, err
			}
			*try.took = append(*try.took, seconds)
		}
	}
	return t, nil
}

// try is a log-in that must be refused, and where its time belongs.
type try struct {
	took    *[]float64
	request []byte
}

// quick is the time of the quicker ones: one in four took no longer. Others had
// to wait for a CPU or for memory, which says nothing about names.
func quick(times []float64) float64 { return slices.Sorted(slices.Values(times))[len(times)/4] }

// refused is how many seconds a log-in takes that must be refused.
func refused(w *wire, request []byte) (seconds float64, err error) {
	start := time.Now()
	a, err := w.exchange(request)
	if err != nil {
		return 0, err
	}
	if a.status != 401 {
		return 0, fmt.Errorf("a wrong log-in answered %d: %s", a.status, a.body)
	}
	return time.Since(start).Seconds(), nil
}

func (t timing) rows() []row {
	ratio := quick(t.unknown) / quick(t.wrong)
	return []row{{
		what:     "time of a log-in with an unknown name ÷ with a wrong password",
		goal:     "0.9 to 1.1",
		measured: fmt.Sprintf("%.3f (%.1f ms ÷ %.1f ms)", ratio, 1000*quick(t.unknown), 1000*quick(t.wrong)),
		met:      ratio >= 0.9 && ratio <= 1.1,
	}}
}
