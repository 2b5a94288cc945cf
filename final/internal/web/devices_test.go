package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDevices_Recognize(t *testing.T) {
	const secret = "a-secret-of-43-characters-Zq8vR2tLw0pXk5mJd"
	jin := accounts.User{ID: "JIN", PasswordVersion: 3}
	d, err := newDevices(true, []byte(secret), nil)
	require.NoError(t, err)
	rows := []struct {
		name   string
		change func(value string) string
		user   accounts.User
		known  bool
	}{
		{"as it was set", strings.Clone, jin, true},
		{"for another user", strings.Clone, accounts.User{ID: "MINA", PasswordVersion: 3}, false},
		{"for another version of the password", strings.Clone, accounts.User{ID: "JIN", PasswordVersion: 4}, false},
		{"for nobody", strings.Clone, accounts.User{}, false},
		{"with another MAC", func(v string) string { return v[:len(v)-43] + strings.Repeat("A", 43) }, jin, false},
		{"with another id", func(v string) string { return "dc1." + strings.Repeat("A", 26) + v[30:] }, jin, false},
		{"with padding", func(v string) string { return v + "=" }, jin, false},
		{"of a later form", func(v string) string { return "dc2" + v[3:] }, jin, false},
		{"empty", func(string) string { return "" }, jin, false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			d.Remember(w, jin)
			cookies := w.Result().Cookies()
			require.Len(t, cookies, 1)
			assert.Equal(t, "__Host-device", cookies[0].Name)
			r := httptest.NewRequest("POST", "/login", nil)
			r.AddCookie(&http.Cookie{Name: cookies[0].Name, Value: row.change(cookies[0].Value)})
			_, known := d.Recognize(r, row.user)
			assert.Equal(t, row.known, known)
		})
	}
}
