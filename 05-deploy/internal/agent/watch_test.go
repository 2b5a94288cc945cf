package agent

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCountEstablished(t *testing.T) {
	const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
   1: 0100007F:0050 0100007F:A001 01 00000000:00000000 00:00000000 00000000     0        0 2
   2: 0100007F:01BB 0100007F:A002 01 00000000:00000000 00:00000000 00000000     0        0 3
   3: 0100007F:A001 0100007F:0050 01 00000000:00000000 00:00000000 00000000     0        0 4
   4: 0100007F:0050 0100007F:A003 06 00000000:00000000 00:00000000 00000000     0        0 5
`
	assert.Equal(t, 2, countEstablished(table, ports("https://auth.example.com")), "no listener, no client, none that ended")
	assert.Equal(t, 1, countEstablished(table, []string{"80"}))
	assert.Equal(t, []string{"80", "443", "8080"}, ports("http://203.0.113.7:8080"))
	assert.Zero(t, countEstablished("", ports("http://203.0.113.7")))
}
