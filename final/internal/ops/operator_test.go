package ops

import (
	"os/user"
	"testing"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
)

func TestRootAsked(t *testing.T) {
	rows := []struct {
		name, uid, cgroup string
		want              bool
	}{
		{"root", "0", "0::/user.slice/user-1000.slice/session-3.scope\n", true},
		{"a command of systemd-run", "998", "0::/system.slice/run-u42.service\n", true},
		{"the same beside cgroups of version 1", "998", "1:name=systemd:/x\n0::/system.slice/run-r5f.service\n", true},
		{"somebody at a terminal", "1000", "0::/user.slice/user-1000.slice/session-3.scope\n", false},
		{"a program of the server's", "998", "0::/system.slice/system-authbook.slice/authbook@a.service\n", false},
		{"systemd-run of a user", "1000", "0::/user.slice/user-1000.slice/user@1000.service/app.slice/run-u1.service\n", false},
		{"below a command of systemd-run", "998", "0::/system.slice/run-u42.service/below\n", false},
		{"a system without cgroups", "1000", "", false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, rootAsked(row.uid, row.cgroup)) })
	}
}

func TestAskedBy(t *testing.T) {
	lookup := func(name string) (*user.User, error) {
		if name == "jin" {
			return &user.User{Uid: "1000", Username: "jin"}, nil
		}
		return nil, user.UnknownUserError(name)
	}
	rows := []struct{ name, user, uid, want string }{
		{"without sudo", "", "", "root"},
		{"with sudo", "jin", "1000", "jin"},
		{"a name with another number", "jin", "1001", "root"},
		{"a name without its number", "jin", "", "root"},
		{"a name that nobody has", "somebody-else", "1000", "root"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			env := testkit.Env(map[string]string{"SUDO_USER": row.user, "SUDO_UID": row.uid})
			assert.Equal(t, row.want, askedBy("root", env, lookup))
		})
	}
}
