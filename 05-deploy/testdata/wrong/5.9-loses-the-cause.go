// Wrong: the message names the cause, and errors.Is no longer finds it.
//
// Hint: Two verbs of fmt.Errorf look alike in the message. One of them keeps
// the error.
//
// Fails:
//   - TestRunSteps_keepsTheCause
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
			return undo(context.WithoutCancel(ctx), steps[:i+1], fmt.Errorf("%s: %v", step.Name, err))
		}
	}
	return nil
}
