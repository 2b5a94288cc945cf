package term

import (
	"bytes"
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUI_paged(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("it has no tr")
	}
	for _, row := range []struct {
		name, pager string
		screen      bool
		want        string
	}{
		{"a terminal gets it through the pager", "tr a-z A-Z", true, "LONG\n"},
		{"a pipe gets it as it is", "tr a-z A-Z", false, "long\n"},
		{"without a pager nothing is lost", "no-such-pager", true, "long\n"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Setenv("PAGER", row.pager)
			var out bytes.Buffer
			u := &UI{Out: &out, Screen: row.screen}
			require.NoError(t, u.Paged(func() error { u.Say("long"); return nil }))
			assert.Equal(t, row.want, out.String())
		})
	}
}
