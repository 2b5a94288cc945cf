package accounts

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRoles(t *testing.T) {
	rows := []struct {
		name  string
		names []string
		want  []string
		code  string
	}{
		{name: "sorted", names: []string{"USER", "ADMIN"}, want: []string{"ADMIN", "USER"}},
		{name: "each once", names: []string{"USER", "ADMIN", "USER"}, want: []string{"ADMIN", "USER"}},
		{name: "none", code: codeTooShort},
		{name: "unknown", names: []string{"USER", "ROOT"}, code: codeUnknownRole},
		{name: "another case", names: []string{"admin"}, code: codeUnknownRole},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			got, err := Roles(r.names...)
			assert.Equal(t, r.want, got, "roles are compared as a sorted set")
			if r.code != "" {
				var rule *RuleError
				require.ErrorAs(t, err, &rule)
				assert.Equal(t, r.code, rule.Code, "the code tells what to correct")
			}
		})
	}
}
