package agent

import (
	"testing"

	deploy "example.com/authbook/05-deploy"
	"github.com/stretchr/testify/assert"
)

func TestParseEnding(t *testing.T) {
	const (
		exit = `{"MESSAGE_ID":"` + exitMessage + `","__REALTIME_TIMESTAMP":"1764381600000000","INVOCATION_ID":`
		oom  = `{"MESSAGE_ID":"` + oomMessage + `","INVOCATION_ID":`
	)
	rows := []struct {
		name, records string
		want          deploy.Ending
	}{
		{"it ended by itself", exit + `"a","EXIT_CODE":"exited","EXIT_STATUS":"3"}`,
			deploy.Ending{Code: "exited", Status: "3"}},
		{"a signal ended it", exit + `"a","EXIT_CODE":"killed","EXIT_STATUS":"9"}`,
			deploy.Ending{Code: "killed", Status: "9"}},
		{"there was no memory left", oom + `"a"}` + "\n" + exit + `"a","EXIT_CODE":"killed","EXIT_STATUS":"9"}`,
			deploy.Ending{NoMemory: true, Code: "killed", Status: "9"}},
		{"the one before had no memory", oom + `"a"}` + "\n" + exit + `"a","EXIT_CODE":"killed","EXIT_STATUS":"9"}` + "\n" +
			exit + `"b","EXIT_CODE":"exited","EXIT_STATUS":"1"}`, deploy.Ending{Code: "exited", Status: "1"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := parseEnding(row.records + "\nno record\n")
			assert.Equal(t, row.want, got.Ending)
			assert.Equal(t, int64(1764381600), got.when.Unix())
		})
	}
	assert.Zero(t, parseEnding(""))
}
