package lab

import (
	"errors"
	"fmt"
	"runtime/debug"
	"time"
)

// patience is how long the lab waits for the code of an exercise, which may never return.
const patience = 10 * time.Second

var errEndless = errors.New("lab: the code of an exercise did not return")

// within returns what work does, or an error after patience: then the work still runs,
// for nobody can stop it.
func within[T any](work func() T) (T, error) {
	type end struct {
		value T
		err   error
	}
	ended := make(chan end, 1)
	go func() {
		var e end
		e.err = safely(func() error { e.value = work(); return nil })
		ended <- e
	}()
	select {
	case e := <-ended:
		return e.value, raise(e.err)
	case <-time.After(patience):
		return *new(T), errEndless
	}
}

// panicked is what a panic said, and the stack that it had.
type panicked string

func (panicked) Error() string { return "lab: the code of an exercise panicked" }

// safely turns a panic of a learner's code into an error.
func safely(work func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = panicked(fmt.Sprintf("%v\n%s", v, debug.Stack()))
		}
	}()
	return work()
}

// raise panics once more, in the goroutine of a request: so the server logs it.
func raise(err error) error {
	if p, ok := errors.AsType[panicked](err); ok {
		panic(string(p))
	}
	return err
}
