// Package accounts signs users up, logs them in and changes passwords.
package accounts

import (
	"encoding/json"
	"net/http"
	"sync"

	"golang.org/x/crypto/bcrypt"
)

// User is one account.
type User struct {
	Username string `json:"username"`
	Nickname string `json:"nickname"`
	Role     string `json:"role"`

	hash []byte
}

// Store keeps users in memory.
type Store struct {
	mu    sync.Mutex
	users []User
}

// Find returns the user with a name, nil if there is none.
func (s *Store) Find(username string) *User {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, u := range s.users {
		if u.Username == username {
			return &u
		}
	}
	return nil
}

// Add stores a new user.
func (s *Store) Add(u User) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.users = append(s.users, u)
}

// Handlers answers /signup, /login and /me/password.
type Handlers struct {
	Store *Store
	Cost  int // of bcrypt
}

// SignUp answers POST /signup.
func (h *Handlers) SignUp(w http.ResponseWriter, r *http.Request) {
	var in struct {
		User
		Password string `json:"password"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "this is not the JSON of a sign-up", http.StatusBadRequest)
		return
	}
	if in.Role == "" {
		in.Role = "USER"
	}
	if h.Store.Find(in.Username) != nil {
		http.Error(w, "the name is taken", http.StatusConflict)
		return
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(in.Password), h.Cost)
	if err != nil {
		http.Error(w, "something went wrong", http.StatusInternalServerError)
		return
	}
	in.User.hash = hash
	h.Store.Add(in.User)
	answer(w, http.StatusCreated, in.User)
}

// LogIn answers POST /login.
func (h *Handlers) LogIn(w http.ResponseWriter, r *http.Request) {
	var in struct{ Username, Password string }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "this is not the JSON of a log-in", http.StatusBadRequest)
		return
	}
	user := h.Store.Find(in.Username)
	if user == nil {
		http.Error(w, "no user has this name", http.StatusNotFound)
		return
	}
	if bcrypt.CompareHashAndPassword(user.hash, []byte(in.Password)) != nil {
		http.Error(w, "the password is wrong", http.StatusUnauthorized)
		return
	}
	answer(w, http.StatusOK, user)
}

// ChangePassword answers PUT /me/password.
func (h *Handlers) ChangePassword(w http.ResponseWriter, r *http.Request) {
	var in struct{ Username, Password, NewPassword string }
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "this is not the JSON of a change", http.StatusBadRequest)
		return
	}
	user := h.Store.Find(in.Username)
	if user == nil || bcrypt.CompareHashAndPassword(user.hash, []byte(in.Password)) != nil {
		http.Error(w, "name or password is wrong", http.StatusUnauthorized)
		return
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(in.NewPassword), h.Cost)
	if err != nil {
		http.Error(w, "the new password is too long", http.StatusBadRequest)
		return
	}
	user.hash = hash
	w.WriteHeader(http.StatusNoContent)
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}
