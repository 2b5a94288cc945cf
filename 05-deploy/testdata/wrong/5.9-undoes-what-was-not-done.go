// Wrong: all steps are undone, also those that never began.
//
// Hint: Undoing "start" stops a server. Which one runs when "start" never
// happened?
//
// Fails:
//   - TestRunSteps/a_step_fails_half-way
//   - TestRunSteps/the_first_step_fails
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
			return undo(context.WithoutCancel(ctx), steps, fmt.Errorf("%s: %w", step.Name, err))
		}
	}
	return nil
}
