package agent

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestParseEnding(t *testing.T) {
	const (
		exit = `{"MESSAGE_ID":"` + exitMessage + `","__REALTIME_TIMESTAMP":"1764381600000000","INVOCATION_ID":`
		oom  = `{"MESSAGE_ID":"` + oomMessage + `","INVOCATION_ID":`
	)
	rows := []struct {
		name, records, want string
	}{
		{"it ended by itself", exit + `"a","EXIT_CODE":"exited","EXIT_STATUS":"3"}`, "exit status 3"},
		{"a signal ended it", exit + `"a","EXIT_CODE":"killed","EXIT_STATUS":"9"}`, "killed by SIGKILL"},
		{"a signal ended it, and left its memory", exit + `"a","EXIT_CODE":"dumped","EXIT_STATUS":"11"}`, "killed by SIGSEGV"},
		{"a signal without a name", exit + `"a","EXIT_CODE":"killed","EXIT_STATUS":"40"}`, "killed by signal 40"},
		{"there was no memory left", oom + `"a"}` + "\n" + exit + `"a","EXIT_CODE":"killed","EXIT_STATUS":"9"}`,
			"killed, because the machine had no memory left"},
		{"the one before had no memory", oom + `"a"}` + "\n" + exit + `"a","EXIT_CODE":"killed","EXIT_STATUS":"9"}` + "\n" +
			exit + `"b","EXIT_CODE":"exited","EXIT_STATUS":"1"}`, "exit status 1"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := parseEnding(row.records + "\nno record\n")
			assert.Equal(t, row.want, got.String())
			assert.Equal(t, int64(1764381600), got.when.Unix())
		})
	}
	assert.Zero(t, parseEnding(""))
}

func TestTelling(t *testing.T) {
	assert.Equal(t, "final: no", telling([]string{"a warning", "final: no"}))
	stack := []string{"a warning", "panic: boom", "", "goroutine 1 [running]:", "x.go:12 +0x31"}
	assert.Equal(t, "panic: boom", telling(stack))
	assert.Empty(t, telling([]string{""}))
	assert.Empty(t, telling([]string{"final: starts", `{"level":"WARN","msg":"request"}`}), "an answer is no reason")
	failure := `{"level":"ERROR","msg":"cannot listen"}`
	assert.Equal(t, failure, telling([]string{failure}))
}
