package deploy

import (
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

func TestEnding_Why(t *testing.T) {
	const (
		wrong    = "final: RATE_LIMIT must be a number above 0"
		answered = `{"level":"INFO","msg":"request","status":200}`
		failed   = `{"level":"ERROR","msg":"cannot listen"}`
	)
	type row struct {
		name   string
		ending Ending
		want   string
	}
	rows := []row{
		{"it exits and says nothing", Ending{Code: "exited", Status: "3"}, "exit status 3"},
		{"it exits and says why", Ending{Code: "exited", Status: "1", Lines: []string{"WARNING: plain HTTP", wrong}},
			"exit status 1: " + wrong},
		{"a signal ends it", Ending{Code: "killed", Status: "9"}, "killed by SIGKILL"},
		{"a signal ends it, and its memory is kept", Ending{Code: "dumped", Status: "11"}, "killed by SIGSEGV"},
		{"a signal that has no name", Ending{Code: "killed", Status: "40"}, "killed by signal 40"},
		{"the machine has no memory left", Ending{NoMemory: true, Code: "killed", Status: "9"},
			"killed, because the machine had no memory left"},
		{"it never says that it is ready", Ending{TimedOut: true, Code: "killed", Status: "9", Lines: []string{"it waits"}},
			"it runs, and has not said so in time"},
		{"a panic, with a stack below it", Ending{Code: "exited", Status: "2",
			Lines: []string{answered, "panic: boom", "", "goroutine 1 [running]:", "\t/src/main.go:12 +0x31"}},
			"exit status 2: panic: boom"},
		{"the runtime gives up, with a stack below it", Ending{Code: "exited", Status: "2",
			Lines: []string{"fatal error: concurrent map writes", "goroutine 7 [running]:", "\t/src/main.go:12 +0x31"}},
			"exit status 2: fatal error: concurrent map writes"},
		{"a fault, with the registers below it", Ending{Code: "exited", Status: "2",
			Lines: []string{"SIGSEGV: segmentation violation", "goroutine 1 [running]:", "rip    0x492e81"}},
			"exit status 2: SIGSEGV: segmentation violation"},
		{"a panic that was caught before", Ending{Code: "exited", Status: "1",
			Lines: []string{`{"level":"ERROR","msg":"request failed","error":"panic: boom"}`, wrong}},
			"exit status 1: " + wrong},
		{"the last thing it did was to answer", Ending{Code: "exited", Status: "3", Lines: []string{wrong, answered}},
			"exit status 3"},
		{"its last record is an error", Ending{Code: "exited", Status: "1", Lines: []string{answered, failed}},
			"exit status 1: " + failed},
		{"nothing is known but what it said", Ending{Lines: []string{wrong}}, wrong},
		{"nothing is known at all", Ending{}, ""},
	}
	exercise.Rows(t, "5.11", rows, func(t *testing.T, row row) {
		assert.Equal(t, row.want, row.ending.Why())
	})
}
