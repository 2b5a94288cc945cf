package lab

import (
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// patience is how long the lab waits for the code of an exercise, which may never return.
const patience = 10 * time.Second

// within returns what work does, or an error after patience: then the work still runs,
// for nobody can stop it. A panic goes on to the caller, with the stack that it had.
func within[T any](work func() T) (T, error) {
	type end struct {
		value T
		panic string
	}
	ended := make(chan end, 1)
	go func() {
		var e end
		defer func() {
			if v := recover(); v != nil {
				e.panic = fmt.Sprintf("%v\n%s", v, debug.Stack())
			}
			ended <- e
		}()
		e.value = work()
	}()
	select {
	case e := <-ended:
		if e.panic != "" {
			panic(e.panic)
		}
		return e.value, nil
	case <-time.After(patience):
		return *new(T), errors.New("lab: the code of an exercise did not return")
	}
}
