package deploy

import (
	"context"
	"errors"
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestRunSteps runs steps whose names say how they behave: one with "fails" in
// its name fails, one with "stuck" cannot be undone, "last-ctx" ends the
// context, and one with "plain" has no Undo.
func TestRunSteps(t *testing.T) {
	type row struct {
		name  string
		steps string
		want  string // what was done (+) and undone (-), in order
		err   string // "" for none
		why   string
	}
	rows := []row{
		{"all steps go well", "upload start switch", "+upload +start +switch", "", "nothing is undone"},
		{"the last step fails", "upload start fails", "+upload +start +fails -fails -start -upload", "fails: broken",
			"what started last must end first"},
		{"the first step fails", "fails start switch", "+fails -fails", "fails: broken",
			"what was not done must not be undone: it would stop what runs"},
		{"a step fails half-way", "upload fails switch", "+upload +fails -fails -upload", "fails: broken",
			"a start that failed may have left a process"},
		{"a step has nothing to undo", "upload plain fails", "+upload +plain +fails -fails -upload", "fails: broken",
			"no Undo is not a failure"},
		{"an undo fails too", "upload stuck fails", "+upload +stuck +fails -fails -stuck -upload",
			`fails: broken; undoing "stuck" failed too: jammed`,
			"the others must still be undone, and the operator must learn both"},
		{"the operator interrupts", "upload last-ctx switch", "+upload +last-ctx -switch -last-ctx -upload",
			"switch: context canceled",
			"an interrupt is a failure: the way back must not be interrupted with it"},
	}
	exercise.Rows(t, "5.9", rows, func(t *testing.T, row row) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		var events, reported []string
		var steps []Step
		for name := range strings.FieldsSeq(row.steps) {
			steps = append(steps, newStep(name, &events, cancel))
		}
		err := RunSteps(ctx, steps, func(name string) { reported = append(reported, name) })
		assert.Equal(t, row.want, strings.Join(events, " "), row.why)
		if row.err == "" {
			require.NoError(t, err)
			assert.Equal(t, strings.Fields(row.steps), reported, "the operator sees each step")
			return
		}
		require.EqualError(t, err, row.err, "the message says which step and why")
	})
}

func newStep(name string, events *[]string, cancel func()) Step {
	s := Step{
		Name: name,
		Do: func(context.Context) error {
			*events = append(*events, "+"+name)
			switch name {
			case "fails":
				return errors.New("broken")
			case "last-ctx":
				cancel()
			}
			return nil
		},
		Undo: func(ctx context.Context) error {
			*events = append(*events, "-"+name)
			if name == "stuck" {
				return errors.New("jammed")
			}
			return ctx.Err()
		},
	}
	if name == "plain" {
		s.Undo = nil
	}
	return s
}

func TestRunSteps_keepsTheCause(t *testing.T) {
	exercise.Needs(t, "5.9")
	err := RunSteps(t.Context(), []Step{{Name: "install", Do: func(context.Context) error { return ErrChecksum }}},
		func(string) {})
	require.ErrorIs(t, err, ErrChecksum)
}
