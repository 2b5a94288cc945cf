package agent

import (
	"strings"
	"testing"

	"example.com/authbook/05-deploy/systemd"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A command must find the database, the secret and the audit log of the server.
func TestServiceProperties_areThoseOfTheUnit(t *testing.T) {
	units, err := systemd.Units()
	require.NoError(t, err)
	lines := strings.Split(units["authbook@.service"], "\n")
	for _, property := range (&machine{options: options{root: "/"}}).kept("%i").properties() {
		property = strings.TrimSuffix(property, " authbook/backups") // which the server does not write to
		assert.Contains(t, lines, property)
	}
}
