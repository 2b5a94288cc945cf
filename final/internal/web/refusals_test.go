package web

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Somebody with a large network has more addresses than there is memory for.
func TestRefusals_ofManyAddresses(t *testing.T) {
	r := newRefusals()
	const addresses = refusalAddresses + 100
	recorded := 0
	for range refusalRecords {
		for i := range addresses {
			if r.take(strconv.Itoa(i)) {
				recorded++
			}
		}
	}
	assert.Equal(t, (refusalAddresses+1)*refusalRecords, recorded)
	assert.Equal(t, map[string]int{otherAddresses: (addresses-refusalAddresses)*refusalRecords - refusalRecords}, r.rest())
	assert.Empty(t, r.rest(), "it is told once")
	assert.True(t, r.take("0"))
}
