package folder

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// reply is what a program of the machine is answered.
type reply struct {
	Stdout, Stderr string
	Status         int
	Next           int // the record of the journal that comes next
}

// answer serves the control socket.
func (m *Machine) answer() {
	for {
		conn, err := m.control.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			var args []string
			if json.NewDecoder(conn).Decode(&args) == nil {
				_ = json.NewEncoder(conn).Encode(m.play(args))
			}
		}()
	}
}

func failed(format string, args ...any) reply {
	return reply{Stderr: fmt.Sprintf(format, args...) + "\n", Status: 1}
}

func (m *Machine) play(args []string) reply {
	if args[0] == "journalctl" {
		return m.journal.answer(args[1:])
	}
	return m.systemctl(args[1:])
}

// systemctl knows the verbs that the agent and the runbook use.
func (m *Machine) systemctl(args []string) reply {
	isOption := func(arg string) bool { return strings.HasPrefix(arg, "--") }
	words := slices.DeleteFunc(slices.Clone(args), isOption)
	options := slices.DeleteFunc(slices.Clone(args), func(arg string) bool { return !isOption(arg) })
	if slices.Equal(words, []string{"daemon-reload"}) {
		return reply{} // the units are read at each start
	}
	if len(words) < 2 {
		return failed("a machine in a folder does no systemctl %s", strings.Join(words, " "))
	}
	r := m.do(words[0], words[1:], options)
	if slices.Contains(options, "--quiet") {
		r.Stdout = ""
	}
	return r
}

// do does a verb to units.
func (m *Machine) do(verb string, units, options []string) reply {
	for i, unit := range units {
		if !strings.Contains(unit, ".") {
			units[i] += ".service"
		}
	}
	switch verb {
	case "enable", "disable":
		return m.enable(verb == "enable", units)
	case "is-enabled":
		if !slices.ContainsFunc(units, func(unit string) bool { return slices.Contains(m.AtBoot(), unit) }) {
			return reply{Stdout: "disabled\n", Status: 1}
		}
		return reply{Stdout: "enabled\n"}
	case "show":
		return m.show(units[0], options)
	case "is-active":
		if m.stateOf(units[0]) != "active" {
			return reply{Stdout: "inactive\n", Status: 3}
		}
		return reply{Stdout: "active\n"}
	case "start", "restart", "stop":
		return m.change(verb, units)
	}
	return failed("a machine in a folder does no systemctl %s", verb)
}

// enable keeps which units start at each boot; to disable them stops them too.
func (m *Machine) enable(on bool, units []string) reply {
	kept := slices.DeleteFunc(m.AtBoot(), func(unit string) bool { return slices.Contains(units, unit) })
	if on {
		kept = append(kept, units...)
	} else {
		m.change("stop", units)
	}
	if err := m.Know("enabled", strings.Join(kept, " ")); err != nil {
		return failed("%v", err)
	}
	return reply{}
}

// AtBoot are the units that start at each boot.
func (m *Machine) AtBoot() []string { return strings.Fields(m.Fact("enabled")) }

const slotPrefix = "authbook@"

func (m *Machine) change(verb string, units []string) (r reply) {
	for _, unit := range units {
		if !strings.HasPrefix(unit, slotPrefix) {
			m.mu.Lock()
			m.active[unit] = verb != "stop"
			m.mu.Unlock()
			continue
		}
		if verb != "start" {
			m.stop(unit)
		}
		if verb != "stop" {
			r = m.start(unit)
		}
	}
	return r
}

// show prints the properties that are wanted of a unit.
func (m *Machine) show(unit string, options []string) (r reply) {
	m.mu.Lock()
	shown := m.shown
	m.mu.Unlock()
	if shown != nil {
		shown(unit)
	}
	known := m.properties(unit)
	for _, option := range options {
		names, _ := strings.CutPrefix(option, "--property=")
		for name := range strings.SplitSeq(names, ",") {
			value, ok := known[name]
			if ok && !slices.Contains(options, "--value") {
				value = name + "=" + value
			}
			if ok {
				r.Stdout += value + "\n"
			}
		}
	}
	return r
}

// IsActive reports whether a unit is: a slot, or one of the others.
func (m *Machine) IsActive(unit string) bool { return m.stateOf(unit) == "active" }

// OnShow makes f hear of each time that somebody asks for the state of a unit.
func (m *Machine) OnShow(f func(unit string)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.shown = f
}
