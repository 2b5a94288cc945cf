package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What somebody needs to know at three in the morning is on one page.
func TestStatus_saysHowTheServerDoes(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	const day = 24 * time.Hour
	metrics := fmt.Sprintf("authbook_certificate_expiry_timestamp_seconds %d\nauthbook_last_backup_timestamp_seconds %d\n"+
		"process_resident_memory_bytes 52428800\n",
		time.Now().Add(10*day+day/2).Unix(), time.Now().Add(-3*day-day/2).Unix()) // half a day from another text
	prometheus := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, metrics)
	}))
	defer prometheus.Close()
	settings := filepath.Join(f.instance.root, "etc/authbook/authbook.env")
	require.NoError(t, os.MkdirAll(filepath.Dir(settings), 0o755))
	adminAddr := "ADMIN_ADDR=" + strings.TrimPrefix(prometheus.URL, "http://") + "\n"
	require.NoError(t, os.WriteFile(settings, []byte(adminAddr), 0o600))

	require.Error(t, f.deploy("one", killsItself))
	require.NoError(t, f.deploy("two", tires))
	require.NoError(t, f.ship("", "", "status", f.host()))
	for _, want := range []string{
		"ready     NO: UNAVAILABLE: the disk is full\n",
		", restarted 0 times by itself\n",
		"last exit none since two-",
		"memory    50 MiB\n",
		" KiB free\n",
		"https     the certificate ends at ",
		", in 10 days\n",
		"backup    3 days ago\n",
	} {
		assert.Contains(t, f.printed.String(), want)
	}
	require.NoError(t, f.ship("", "", "metrics", f.host()))
	assert.Equal(t, metrics, f.printed.String())

	require.Error(t, f.deploy("three", crashes))
	require.NoError(t, f.ship("", "", "status", f.host()))
	assert.Contains(t, f.printed.String(), "last exit exit status 1: final: AUTH_SECRET is too short; ")
	assert.Contains(t, f.printed.String(), ", of a release that does not serve\n")

	require.NoError(t, f.deploy("four", ""))
	require.NoError(t, f.ship("", "", "status", f.host()))
	assert.Contains(t, f.printed.String(), "ready     yes\n")
}
