package agent

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	deploy "example.com/authbook/05-deploy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
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

// A unit that fails is started again a second later, and may have failed again by then.
func TestFirstFailure_isOfTheStartThatWasAsked(t *testing.T) {
	asked := time.UnixMicro(1764381600000000)
	record := func(after time.Duration, invocation string) string {
		return fmt.Sprintf(`{"__REALTIME_TIMESTAMP":"%d","INVOCATION_ID":%q,"UNIT_RESULT":"timeout"}`+"\n",
			asked.Add(after).UnixMicro(), invocation)
	}
	records := record(-time.Second, "of last week") + record(time.Second, "asked for") + record(2*time.Second, "by itself")
	bin := t.TempDir()
	script := "#!/bin/sh\ncat <<'END'\n" + records + "END\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "journalctl"), []byte(script), 0o755))
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	failed := firstFailure(t.Context(), "authbook@a.service", asked)
	assert.Equal(t, "asked for", failed.Invocation)
	assert.Equal(t, "timeout", failed.Result)
	assert.Zero(t, firstFailure(t.Context(), "authbook@a.service", asked.Add(time.Hour)))
}
