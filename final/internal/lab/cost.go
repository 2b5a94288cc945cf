package lab

import (
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	middleware "example.com/authbook/01-middleware"
	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/internal/problem"
	"golang.org/x/crypto/bcrypt"
)

// cost is what the sliders say.
type cost struct {
	MemoryKiB uint32 `json:"memoryKiB"`
	Passes    uint32 `json:"passes"`
}

// The most that a hash of the lab may cost. The least memory is what Argon2 takes for one lane.
const (
	leastMemoryKiB = 8
	mostMemoryKiB  = 64 << 10
	mostPasses     = 10
)

// costs is what hashes cost on this machine, in milliseconds on one processor.
type costs struct {
	Argon2id   float64 `json:"argon2id"`
	Bcrypt     float64 `json:"bcrypt"`
	BcryptCost int     `json:"bcryptCost"`
	SHA256     float64 `json:"sha256"`
	Processors int     `json:"processors"`
}

// shaRounds is how many are timed together: one takes less than a clock can tell.
const shaRounds = 20_000

// bench is where the panel measures.
type bench struct {
	work  chan struct{} // holds what runs
	flood flood
}

// password adds what the panel asks for.
func (l *Lab) password(mux *http.ServeMux) {
	b := &bench{work: make(chan struct{}, 1)}
	failing := middleware.Errors(slog.New(slog.DiscardHandler)) // who hangs up is no failure of the server
	mux.Handle("POST /lab/api/password/measure", failing(b.askMeasure))
	mux.Handle("POST /lab/api/password/flood", failing(b.askFlood))
	mux.HandleFunc("GET /lab/api/password/flood", func(w http.ResponseWriter, _ *http.Request) {
		answer(w, b.flood.read())
	})
}

func (b *bench) askMeasure(w http.ResponseWriter, r *http.Request) error {
	var c cost
	if !ask(w, r, &c) {
		return nil
	}
	measured, err := b.measure(r.Context(), c)
	if err != nil {
		return err
	}
	answer(w, measured)
	return nil
}

// askFlood reads a body: only where one is read to its end does the server notice a client that hangs up.
func (b *bench) askFlood(w http.ResponseWriter, r *http.Request) error {
	if !ask(w, r, &struct{}{}) {
		return nil
	}
	if err := b.alone(r.Context(), b.flood.run); err != nil {
		return err
	}
	answer(w, b.flood.read())
	return nil
}

// alone runs one piece of work at a time. A hash can't be stopped: where the client goes,
// alone returns, and the place stays taken until the work has really ended.
func (b *bench) alone(ctx context.Context, work func(context.Context) error) error {
	select {
	case b.work <- struct{}{}:
	default:
		return problem.RetryLater(problem.Overloaded, time.Second, errors.New("lab: another measurement runs"))
	}
	done := make(chan error, 1)
	go func() {
		err := safely(func() error { return work(ctx) })
		<-b.work // before the answer: whoever has one may ask again at once
		done <- err
	}()
	select {
	case err := <-done:
		return raise(err)
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-time.After(2 * patience): // a flood alone takes six seconds
		return errEndless
	}
}

// measure hashes once with each function.
func (b *bench) measure(ctx context.Context, c cost) (costs, error) {
	if c.MemoryKiB < leastMemoryKiB || c.MemoryKiB > mostMemoryKiB || c.Passes < 1 || c.Passes > mostPasses {
		return costs{}, problem.New(problem.MalformedRequest, "A hash of the lab takes 8 KiB to 64 MiB and 1 to 10 passes.")
	}
	measured := make(chan costs, 1) // which nobody may read any more
	err := b.alone(ctx, func(ctx context.Context) error {
		m, err := compare(ctx, accounts.Argon2id{MemoryKiB: c.MemoryKiB, Passes: c.Passes, Threads: 1})
		measured <- m
		return err
	})
	if err != nil {
		return costs{}, err
	}
	return <-measured, nil
}

// compare measures the three.
func compare(ctx context.Context, hasher accounts.Argon2id) (m costs, err error) {
	const password = "correct horse battery staple"
	m = costs{BcryptCost: bcrypt.DefaultCost, Processors: runtime.NumCPU()}
	rounds := []struct {
		into *float64
		work func() error
	}{
		{&m.Argon2id, func() error { _, err := hasher.Verify(hasher.Dummy(), password); return err }},
		{&m.Bcrypt, func() error { _, err := bcrypt.GenerateFromPassword([]byte(password), m.BcryptCost); return err }},
		{&m.SHA256, func() error { return manySHA256([]byte(password)) }},
	}
	for _, round := range rounds {
		if *round.into, err = took(ctx, round.work); err != nil {
			return m, err
		}
	}
	m.SHA256 /= shaRounds
	return m, nil
}

// took is how long the work took, in milliseconds. It does not begin for a client that has gone.
func took(ctx context.Context, work func() error) (ms float64, err error) {
	if err := context.Cause(ctx); err != nil {
		return 0, err
	}
	begin := time.Now()
	err = work()
	return float64(time.Since(begin)) / float64(time.Millisecond), err
}

// manySHA256 hashes in a chain, so that no round can be left out.
func manySHA256(text []byte) error {
	sum := sha256.Sum256(text)
	for range shaRounds {
		sum = sha256.Sum256(sum[:])
	}
	if sum == [sha256.Size]byte{} {
		return errors.New("lab: a hash of zeros")
	}
	return nil
}
