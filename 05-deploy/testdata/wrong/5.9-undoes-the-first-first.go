// Wrong: steps are undone in the order in which they were done.
//
// Hint: What started last leans on what started before it. Which must end
// first?
//
// Fails:
//   - TestRunSteps/a_step_fails_half-way
//   - TestRunSteps/a_step_has_nothing_to_undo
//   - TestRunSteps/an_undo_fails_too
//   - TestRunSteps/the_last_step_fails
//   - TestRunSteps/the_operator_interrupts
package deploy

import (
	"context"
	"fmt"
)

func RunSteps(ctx context.Context, steps []Step, report func(name string)) error {
	for i, step := range steps {
		report(step.Name)
		err := ctx.Err()
		if err == nil {
			err = step.Do(ctx)
		}
		if err != nil {
			return func() error {
				cause := fmt.Errorf("%s: %w", step.Name, err)
				for _, done := range steps[:i+1] {
					cause = undo(context.WithoutCancel(ctx), []Step{done}, cause)
				}
				return cause
			}()
		}
	}
	return nil
}
