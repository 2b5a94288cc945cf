package deploy

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestListen_errorsNameTheAddressAndTheWayOut(t *testing.T) {
	taken, err := Listen("127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	addr := taken.Addr().String()

	_, err = Listen(addr)
	require.ErrorContains(t, err, "another program listens on "+addr+" already")
	_, err = Listen("nonsense")
	require.ErrorContains(t, err, `"nonsense"`)
}
