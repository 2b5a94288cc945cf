package accounts

import (
	"encoding/json"
	"net/http"
)

// userView is the user as every answer shows one:
// {"username":"JIN HO","nickname":"Mentos","roles":[{"role":"USER"}]}.
// It is a type of its own so that a new field of User, such as the password's
// hash, never reaches an answer by itself.
type userView struct {
	Username string     `json:"username"`
	Nickname string     `json:"nickname"`
	Roles    []roleView `json:"roles"`
}

type roleView struct {
	Role string `json:"role"`
}

// newUserView returns what the answer shows. Without roles the JSON has an
// empty array, not null.
//
//workbook:exercise 4.1 TestNewUserView
func newUserView(username, nickname string, roles []string) userView {
	view := userView{Username: username, Nickname: nickname, Roles: []roleView{}}
	for _, role := range roles {
		view.Roles = append(view.Roles, roleView{role})
	}
	return view
}

// writeJSON answers with v. Every answer here is about one person: no cache
// may keep it.
func writeJSON(w http.ResponseWriter, status int, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// A client that has gone away is the only way this fails.
	_, _ = w.Write(append(body, '\n'))
	return nil
}
