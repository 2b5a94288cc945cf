package main

import (
	"net/http"
	"sync"
	"testing"

	"example.com/authbook/final/internal/testdb"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A deploy starts several servers on a new database: one of them makes the
// tables, and all serve.
func TestStart_ofSeveralServersAtOnce(t *testing.T) {
	t.Parallel()
	env := map[string]string{"DATABASE_URL": testdb.URL(t)}
	servers := make([]*serverProcess, 4)
	var starting sync.WaitGroup
	for i := range servers {
		starting.Go(func() { servers[i] = startProcess(t, env) })
	}
	starting.Wait()
	for _, s := range servers {
		require.NotNil(t, s)
		assert.Equal(t, http.StatusOK, s.must("GET", "/readyz", "").status)
	}
	require.Equal(t, http.StatusCreated, servers[0].must("POST", "/signup", testkit.JinHo).status)
	a := servers[1].must("POST", "/login", testkit.JinHoLogsIn)
	require.Equal(t, http.StatusOK, a.status, a.body)
	assert.Equal(t, http.StatusOK, servers[2].must("GET", "/me", "", bearer(a.token(t))).status)
	assert.Equal(t, http.StatusOK, servers[3].must("POST", "/refresh", "", cookie(a.refresh(t))).status)
}
