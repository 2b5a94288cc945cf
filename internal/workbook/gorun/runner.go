package gorun

import (
	"time"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// Runner runs the tests of a course.
type Runner struct {
	Course *course.Course
	Out    term.Printer
	Limit  time.Duration // how long the tests of a chapter may run
}

// TestLimit is many times what a chapter's tests take, and as long as a
// learner with an endless loop should wait.
const TestLimit = 20 * time.Second

// Over is the runner for another course, such as a copy of this one.
func (r *Runner) Over(c *course.Course) *Runner {
	return &Runner{Course: c, Out: r.Out, Limit: r.Limit}
}
