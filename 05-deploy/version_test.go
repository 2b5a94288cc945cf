package deploy

import (
	"net/http/httptest"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestVersionFrom(t *testing.T) {
	rows := []struct {
		name     string
		settings []debug.BuildSetting
		want     string
	}{
		{
			"a build in a clean repository names the commit",
			[]debug.BuildSetting{{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.modified", Value: "false"}},
			`{"version":"(devel)","revision":"abc","modified":false,"goVersion":"go1.26"}`,
		},
		{
			"a build with uncommitted changes says so",
			[]debug.BuildSetting{{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.modified", Value: "true"}},
			`{"version":"(devel)","revision":"abc","modified":true,"goVersion":"go1.26"}`,
		},
		{
			"a build outside a repository knows no commit",
			nil,
			`{"version":"(devel)","revision":"unknown","modified":false,"goVersion":"go1.26"}`,
		},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			rec := httptest.NewRecorder()
			versionFrom(&debug.BuildInfo{GoVersion: "go1.26", Settings: row.settings}).
				ServeHTTP(rec, httptest.NewRequestWithContext(t.Context(), "GET", "/version", nil))
			assert.JSONEq(t, row.want, rec.Body.String())
			assert.Equal(t, "application/json", rec.Header().Get("Content-Type"))
		})
	}
}
