package folder

import (
	"crypto/rand"
	"errors"
	"os/exec"
	"slices"
	"strconv"
	"time"
)

// service is a slot from its start until it is stopped.
type service struct {
	machine *Machine
	unit    string
	stopped chan struct{} // closed when it is to end
	over    chan struct{} // closed once nothing of it runs any more

	// What systemd would know; the machine's mutex guards it.
	process  *process
	state    string
	result   string
	restarts int
	since    time.Time // it is active
}

// restartAfter is RestartSec= of the slots, whose Restart= is always.
const restartAfter = time.Second

// start starts a slot, unless it runs or is about to, and returns once its server says
// that it is ready.
func (m *Machine) start(unit string) reply {
	m.mu.Lock()
	if s := m.services[unit]; s != nil && !isClosed(s.over) {
		m.mu.Unlock()
		return reply{}
	}
	s := &service{machine: m, unit: unit, stopped: make(chan struct{}), over: make(chan struct{})}
	m.services[unit] = s
	m.mu.Unlock()
	first := make(chan error, 1)
	go s.run(first)
	if err := <-first; err != nil {
		return failed("Job for %s failed: %v", unit, err)
	}
	return reply{}
}

// stop drains a slot. Others may ask meanwhile.
func (m *Machine) stop(unit string) {
	m.mu.Lock()
	s := m.services[unit]
	m.mu.Unlock()
	if s != nil {
		s.stop()
	}
}

func (s *service) stop() {
	s.machine.mu.Lock()
	if !isClosed(s.stopped) {
		close(s.stopped)
	}
	s.machine.mu.Unlock()
	<-s.over
}

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// run starts one process after the other until the service is stopped. first hears how
// the first start went.
func (s *service) run(first chan<- error) {
	defer close(s.over)
	started := func(err error) {
		select {
		case first <- err:
		default: // nobody waits any more
		}
	}
	for {
		s.once(started)
		select {
		case <-s.stopped:
			s.is("inactive", "success")
			return
		case <-time.After(restartAfter):
		}
		s.machine.mu.Lock()
		s.restarts++
		s.machine.mu.Unlock()
	}
}

// once runs one process to its end.
func (s *service) once(started func(error)) {
	p, err := s.spawn()
	if err != nil {
		s.is("activating", "resources")
		started(err)
		return
	}
	result := "exit-code"
	if err = s.untilReady(p); err == nil {
		s.is("active", "success")
		started(nil)
		select {
		case <-p.ended:
		case <-s.stopped:
			s.is("deactivating", "success")
			p.terminate()
			<-p.ended
		}
	} else if errors.Is(err, errTimeout) {
		result = "timeout"
	}
	if isClosed(s.stopped) {
		p.terminate() // also one that was about to start: that is no end in trouble
	} else {
		p.kill()
	}
	<-p.ended
	s.machine.journal.end(s.unit, p, result)
	s.is("activating", result) // it begins again in a moment
	started(err)
}

func (s *service) is(state, result string) {
	s.machine.mu.Lock()
	defer s.machine.mu.Unlock()
	s.state, s.result = state, result
	if state == "active" {
		s.since = time.Now()
	}
}

// kill ends the process as the kernel does, if there is one.
func (s *service) kill() {
	s.machine.mu.Lock()
	p := s.process
	s.machine.mu.Unlock()
	if p != nil {
		p.kill()
		<-p.ended
	}
}

// Kill ends the process of a slot as the kernel does.
func (m *Machine) Kill(unit string) {
	m.mu.Lock()
	s := m.services[unit]
	m.mu.Unlock()
	s.kill()
}

// Running returns the slots that run, sorted.
func (m *Machine) Running() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var units []string
	for unit, s := range m.services {
		if s.state == "active" {
			units = append(units, unit)
		}
	}
	slices.Sort(units)
	return units
}

func (m *Machine) stateOf(unit string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if s := m.services[unit]; s != nil {
		return s.state
	}
	if m.active[unit] {
		return "active"
	}
	return "inactive"
}

// properties are what systemd knows of a slot.
func (m *Machine) properties(unit string) map[string]string {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.services[unit]
	if s == nil || s.process == nil {
		return map[string]string{"ActiveState": "inactive", "NRestarts": "0", "MainPID": "0"}
	}
	return map[string]string{
		"InvocationID": s.process.invocation, "ActiveState": s.state, "Result": s.result,
		"NRestarts": strconv.Itoa(s.restarts), "MainPID": strconv.Itoa(s.process.command.Process.Pid),
		"ActiveEnterTimestamp": "@" + strconv.FormatInt(s.since.Unix(), 10),
	}
}

// process is one server that was started.
type process struct {
	command    *exec.Cmd
	invocation string
	notify     *notifySocket
	ended      chan struct{}
}

func newProcess(command *exec.Cmd) *process {
	return &process{command: command, invocation: rand.Text(), ended: make(chan struct{})}
}
