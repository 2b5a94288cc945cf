package main

import (
	"fmt"
	"time"
)

// overload is what became of too many log-ins.
type overload struct {
	rate          float64         // log-ins sent a second
	done, refused []time.Duration // how long each answer took
	others        map[string]int  // outcomes that should not be
}

// overload sends ten times as many log-ins as can be done, evenly spread,
// whether or not the ones before are answered.
func (b *testbed) overload(addr, _ string) (result, error) {
	o := overload{rate: 10 * b.limit(), others: map[string]int{}}
	total := int(o.rate * b.span(6*time.Second).Seconds())
	wires := newPool(addr)
	defer wires.close()
	outcomes := make(chan outcome)
	go wires.logInEvenly(o.rate, total, outcomes)
	for range total {
		o.add(<-outcomes)
	}
	return o, nil
}

// logInEvenly sends so many log-ins, at a rate a second. Each gives its outcome.
func (p *pool) logInEvenly(rate float64, total int, outcomes chan<- outcome) {
	begin := time.Now()
	for n := range total {
		time.Sleep(time.Until(begin.Add(time.Duration(float64(n) / rate * float64(time.Second)))))
		go func() { outcomes <- p.logIn(user(n % clients)) }()
	}
}

func (o *overload) add(one outcome) {
	switch {
	case one.status == 200:
		o.done = append(o.done, one.took)
	case one.status == 503 && one.retryAfter != "":
		o.refused = append(o.refused, one.took)
	default:
		o.others[one.name()]++
	}
}

func (o overload) rows() []row {
	text := fmt.Sprintf("%d done, p50 %s, p99 %s; %d told 503 + Retry-After, p50 %s, p99 %s",
		len(o.done), ms(percentile(o.done, 50)), ms(percentile(o.done, 99)),
		len(o.refused), ms(percentile(o.refused, 50)), ms(percentile(o.refused, 99)))
	if len(o.others) > 0 {
		text += fmt.Sprintf("; others: %v", o.others)
	}
	return []row{{
		what:     fmt.Sprintf("log-in under 10 × overload (%.0f/s), p99", o.rate),
		goal:     "≤ 2 s, the rest told 503 + Retry-After at once",
		measured: text,
		met: percentile(o.done, 99) <= 2*time.Second && len(o.others) == 0 && len(o.done) > 0 &&
			percentile(o.refused, 99) <= 200*time.Millisecond,
	}}
}
