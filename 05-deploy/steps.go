package deploy

import (
	"context"
	"fmt"
	"slices"
)

// Step is one step of a deployment.
type Step struct {
	Name string
	Do   func(context.Context) error
	// Undo takes the step back, also one that failed half-way. nil: there is
	// nothing to take back.
	Undo func(context.Context) error
}

// RunSteps does the steps in order and tells report the name of each. When one
// fails, or ctx ends, it undoes that one and all before it, the last first, and
// returns the cause. A failing Undo does not keep the others from running.
//
//workbook:exercise 5.9 TestRunSteps.*
func RunSteps(ctx context.Context, steps []Step, report func(name string)) error {
	for i, step := range steps {
		report(step.Name)
		err := ctx.Err()
		if err == nil {
			err = step.Do(ctx)
		}
		if err != nil {
			// ctx may have ended; the way back must not end with it.
			return undo(context.WithoutCancel(ctx), steps[:i+1], fmt.Errorf("%s: %w", step.Name, err))
		}
	}
	return nil
}

// undo takes steps back and returns cause, with what went wrong on the way
// back.
func undo(ctx context.Context, steps []Step, cause error) error {
	for _, step := range slices.Backward(steps) {
		if step.Undo == nil {
			continue
		}
		if err := step.Undo(ctx); err != nil {
			cause = fmt.Errorf("%w; undoing %q failed too: %w", cause, step.Name, err)
		}
	}
	return cause
}
