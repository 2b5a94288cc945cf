package main

import (
	"net"
	"testing"

	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Whoever must choose another port hears it before the server is built.
func TestRunFinal_refusesATakenPort(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Setenv("DOMAIN", "")
	t.Setenv("ADDR", taken.Addr().String())
	s := realSession(t)
	err = runFinal(t.Context(), s, term.Arguments{})
	assert.ErrorContains(t, err, "is taken")

	require.NoError(t, taken.Close())
	address := map[string]string{"ADDR": taken.Addr().String()}
	assert.NoError(t, refuseTakenPort(func(name string) string { return address[name] }), "the port is free again")
}

func TestRefuseTakenPort_leavesOtherFaultsToTheServer(t *testing.T) {
	for _, address := range []string{"localhost", ":http8080", "127.0.0.1:0"} {
		assert.NoError(t, refuseTakenPort(func(name string) string { return map[string]string{"ADDR": address}[name] }))
	}
}
