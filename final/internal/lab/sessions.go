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
	mux.HandleFunc("GET /lab/api/sessions", s.handle(false, func(context.Context, *world) error { return nil }))
	mux.HandleFunc("POST /lab/api/sessions/reset", s.handle(true, func(context.Context, *world) error { return nil }))
	mux.HandleFunc("POST /lab/api/sessions/step", func(w http.ResponseWriter, r *http.Request) {
		var c command
		if ask(w, r, &c) {
			s.handle(false, func(ctx context.Context, w *world) error { return w.do(ctx, c) })(w, r)
		}
	})
}

// turn is what came of one request.
type turn struct {
	world *world
	view  sessionsView
	err   error
}

// handle does one thing at a time, and answers with the view. A client that hangs up in
// the middle does not leave half a step, and a step that never ends does not hold the next.
func (s *stage) handle(anew bool, do func(context.Context, *world) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		world := s.world
		if anew || world != nil && world.count >= mostSteps {
			world = nil
		}
		ctx := context.WithoutCancel(r.Context())
		got, err := within(func() turn { return play(ctx, world, do) })
		s.world = got.world
		if err == nil {
			err = got.err
		}
		if err != nil {
			problem.Write(w, err)
			return
		}
		answer(w, got.view)
	}
}

// play does something in a world, in a new one where there is none.
func play(ctx context.Context, w *world, do func(context.Context, *world) error) (t turn) {
	if t.world = w; w == nil {
		t.world, t.err = newWorld(ctx)
	}
	if t.err == nil {
		t.err = do(ctx, t.world)
	}
	if t.err == nil {
		t.view = t.world.view()
	}
	return t
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
