package accounts

import (
	"encoding/json"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewUserView(t *testing.T) {
	type row struct {
		name     string
		username string
		nickname string
		roles    []string
		want     string
	}
	rows := []row{
		{"the course's example, byte for byte", "JIN HO", "Mentos", []string{"USER"}, sampleUser},
		{"username and nickname are not swapped", "u", "n", []string{"USER"},
			`{"username":"u","nickname":"n","roles":[{"role":"USER"}]}`},
		{"roles keep their order", "root", "root", []string{"ADMIN", "USER"},
			`{"username":"root","nickname":"root","roles":[{"role":"ADMIN"},{"role":"USER"}]}`},
		{"no roles are an empty array, not null", "root", "root", nil,
			`{"username":"root","nickname":"root","roles":[]}`},
	}
	exercise.Rows(t, "4.1", rows, func(t *testing.T, r row) {
		got, err := json.Marshal(newUserView(r.username, r.nickname, r.roles))
		require.NoError(t, err)
		assert.Equal(t, r.want, string(got), "clients read these bytes")
	})
}
