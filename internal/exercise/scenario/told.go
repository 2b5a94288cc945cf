package scenario

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"example.com/authbook/internal/problem"
)

// Told is how a table tells a step: a verb, and what is added behind it.
type Told struct {
	verb string
	text string   // as the table has it, for messages
	said []string // the names of what is added
	slip error    // what no server would ever see

	Pause time.Duration // of a wait
	Code  problem.Code  // that must come back; "" for success
}

func (t Told) told() Told { return t }

// String is the step as the table has it.
func (t Told) String() string { return t.text }

// Verb begins a step.
func Verb(name string, args ...any) Told {
	return Told{verb: name, text: written(name, args)}
}

// Wait is the step that lets time go by. It costs none: the clock is that of
// testing/synctest.
func Wait(d time.Duration) Told {
	t := Verb("wait", d)
	t.Pause = d
	if d <= 0 {
		return t.Slip("time goes forward; wait for more than nothing")
	}
	return t
}

// And adds something behind a verb, where it means something behind verbs alone.
func (t Told) And(verbs []string, name string, args ...any) Told {
	twice := slices.Contains(t.said, name)
	t.text += "." + written(name, args)
	t.said = append(slices.Clone(t.said), name)
	switch {
	case !slices.Contains(verbs, t.verb):
		return t.Slip("%s() says nothing about %s; it belongs to %s", name, t.verb, strings.Join(verbs, ", "))
	case twice:
		return t.Slip("%s() stands there twice", name)
	}
	for _, said := range t.said {
		if t.Code != "" && slices.Contains(ofSuccess, said) {
			return t.Slip("%s() says nothing about a step that fails", said)
		}
	}
	return t
}

// Gives names what comes back.
func (t Told) Gives(verbs []string, name string) Told {
	if t = t.And(verbs, "gives", name); name == "" {
		return t.Slip("gives() wants a name")
	}
	return t
}

// ofSuccess are additions that mean something where a step succeeds.
var ofSuccess = []string{"gives", "answers", "atOnce"}

// Fails expects an error answer with the code.
func (t Told) Fails(verbs []string, code problem.Code) Told {
	t.Code = code
	t = t.And(verbs, "fails", code)
	if code.Status() == http.StatusInternalServerError && code != problem.Internal { // which has it alone
		return t.Slip("there is no code %q; internal/problem/code.go lists them, such as %s", code, problem.InvalidToken)
	}
	return t
}

// Slip notes what in the step no server would ever see: it seems to say something
// and does not. The first slip is the one that is told.
func (t Told) Slip(format string, args ...any) Told {
	if t.slip == nil {
		t.slip = fmt.Errorf(format, args...)
	}
	return t
}

// Judge compares the code of an answer, "" for success, with what must come back.
func (t Told) Judge(got problem.Code) error {
	switch {
	case t.Code == got:
		return nil
	case t.Code == "":
		return Differ("success", string(got), "who may do this is turned away")
	case got == "":
		return Differ(string(t.Code), "success", "who may not do this gets through")
	}
	return Differ(string(t.Code), string(got), "the client branches on the code")
}

// written is a call as Go code has it. A time is as people write it, and a step as
// its table does.
func written(name string, args []any) string {
	var texts []string
	for _, arg := range args {
		format := "%#v"
		if _, ok := arg.(fmt.Stringer); ok {
			format = "%v"
		}
		texts = append(texts, fmt.Sprintf(format, arg))
	}
	return name + "(" + strings.Join(texts, ", ") + ")"
}
