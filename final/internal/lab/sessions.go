package lab

import (
	"context"
	"net/http"
	"sync"

	"example.com/authbook/internal/problem"
)

// stage is the state of the panel: one world, for the one person at this machine.
type stage struct {
	mu    sync.Mutex
	world *world
}

// mostSteps is when a world begins anew by itself, so that its store stays small.
const mostSteps = 500

// sessionsView is what the page draws.
type sessionsView struct {
	Now     int64                 `json:"now"` // seconds since the lab's clock began
	Session string                `json:"session"`
	Clients map[string]clientView `json:"clients"`
	Steps   []column              `json:"steps"`
	Lives   []*life               `json:"lives"`
	Last    outcome               `json:"last"`
}

// clientView names the tokens of a client.
type clientView struct {
	Cookie string `json:"cookie"`
	Before string `json:"before"`
	Access string `json:"access"`
}

// sessions adds what the panel asks for. Each answer is the whole view.
func (l *Lab) sessions(mux *http.ServeMux) {
	s := &l.stage
	mux.HandleFunc("GET /lab/api/sessions", s.handle(func(context.Context) error { return nil }))
	mux.HandleFunc("POST /lab/api/sessions/reset", s.handle(s.reset))
	mux.HandleFunc("POST /lab/api/sessions/step", func(w http.ResponseWriter, r *http.Request) {
		var c command
		if ask(w, r, &c) {
			s.handle(func(ctx context.Context) error { return s.world.do(ctx, c) })(w, r)
		}
	})
}

// handle does one thing at a time, and answers with the view. A client that hangs up in
// the middle does not leave half a step.
func (s *stage) handle(do func(context.Context) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		ctx := context.WithoutCancel(r.Context())
		if err := s.fresh(ctx); err != nil {
			problem.Write(w, err)
			return
		}
		if err := do(ctx); err != nil {
			problem.Write(w, err)
			return
		}
		answer(w, s.world.view())
	}
}

// fresh makes the first world, and the next one where the present one is full.
func (s *stage) fresh(ctx context.Context) error {
	if s.world != nil && s.world.count < mostSteps {
		return nil
	}
	return s.reset(ctx)
}

func (s *stage) reset(ctx context.Context) error {
	world, err := newWorld(ctx)
	if err != nil {
		return err
	}
	s.world = world
	return nil
}

func (w *world) view() sessionsView {
	v := sessionsView{
		Now: seconds(w.clock.now()), Session: w.letters[w.current], Clients: map[string]clientView{},
		Steps: w.steps, Lives: w.lives, Last: w.last,
	}
	current := w.current // which a look must not change
	for name, c := range w.clients {
		v.Clients[name] = clientView{w.name(c.refresh), w.name(c.before), w.name(c.access)}
	}
	w.current = current
	return v
}
