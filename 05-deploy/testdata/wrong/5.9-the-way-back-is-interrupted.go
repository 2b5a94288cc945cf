// Wrong: an interrupt ends the way back too, and the machine stays half-way.
//
// Hint: The operator presses Ctrl-C, and ctx ends. May the next step begin?
// With which context does the way back go?
//
// Fails:
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
			return undo(ctx, steps[:i+1], fmt.Errorf("%s: %w", step.Name, err))
		}
	}
	return nil
}
