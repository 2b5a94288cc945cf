// Wrong: a step that fails is reported, and the machine stays half-way.
//
// Hint: Which steps have begun, and may have left something behind? The one
// that failed is one of them. The function undo, in the same file, goes back.
//
// Fails:
//   - TestRunSteps/a_step_fails_half-way
//   - TestRunSteps/a_step_has_nothing_to_undo
//   - TestRunSteps/an_undo_fails_too
//   - TestRunSteps/the_first_step_fails
//   - TestRunSteps/the_last_step_fails
//   - TestRunSteps/the_operator_interrupts
package deploy

import (
	"context"
	"fmt"
)

func RunSteps(ctx context.Context, steps []Step, report func(name string)) error {
	for _, step := range steps {
		report(step.Name)
		err := ctx.Err()
		if err == nil {
			err = step.Do(ctx)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", step.Name, err)
		}
	}
	return nil
}
