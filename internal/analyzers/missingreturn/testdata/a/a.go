// Package a holds handlers that return in time, and others.
package a

import (
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"net/http"
	"os"

	"example.com/authbook/internal/problem"
)

type request struct{ Name string }

func store(request) {}

func find(string) (*request, error) { return nil, errors.New("nobody") }

func logIn(w http.ResponseWriter, r *http.Request) {
	user, err := find(r.FormValue("name"))
	if err != nil {
		http.Error(w, "wrong", http.StatusUnauthorized) // want `the handler carries on at line 26: return first`
	}
	fmt.Fprintln(w, user)
}

func withProblem(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") == "" {
		problem.Write(w, problem.New(problem.TokenNotFound, "")) // want `carries on at line 33`
	}
	w.WriteHeader(http.StatusNoContent)
}

func require(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			w.WriteHeader(http.StatusUnauthorized) // want `carries on at line 42`
			_, _ = w.Write([]byte("log in"))
		}
		next.ServeHTTP(w, r)
	})
}

func ownHelpers(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		writeError(w, "no") // want `carries on`
	}
	if err := r.ParseForm(); err != nil {
		answer(w, http.StatusBadRequest, err.Error()) // want `carries on`
	}
	if err := r.ParseForm(); err != nil {
		render(w, err) // want `carries on`
	}
	answer(w, http.StatusOK, "done")
}

func writeError(w http.ResponseWriter, text string) {
	http.Error(w, text, http.StatusInternalServerError)
}

func render(w http.ResponseWriter, err error) { writeError(w, err.Error()) }

func answer(w http.ResponseWriter, status int, body any) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// Nothing is written afterwards, and the value of the failed call is used.
func remove(w http.ResponseWriter, r *http.Request) {
	var in request
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		http.Error(w, "no JSON", http.StatusBadRequest) // want `carries on at line 76`
	}
	store(in)
}

// Nothing is written afterwards, and something is done.
func change(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") == "" {
		http.Error(w, "log in", http.StatusUnauthorized) // want `carries on`
	}
	users["a"] = "b"
}

func call(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 10)
	if r.Header.Get("Authorization") == "" {
		http.Error(w, "log in", http.StatusUnauthorized) // want `carries on`
	}
	store(request{})
}

var users = map[string]string{}

// goodNotes takes note after whatever was answered.
func goodNotes(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") == "" {
		http.Error(w, "log in", http.StatusUnauthorized)
	}
	observe(r)
	log.Println("done")
}

// goodTail comes after both answers.
func goodTail(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, "begin")
	if r.Header.Get("Authorization") == "" {
		http.Error(w, "log in", http.StatusUnauthorized)
	}
	store(request{})
}

func observe(*http.Request) {}

func loop(w http.ResponseWriter, names []string) {
	for _, name := range names {
		if name == "" {
			http.Error(w, "a name is missing", http.StatusBadRequest) // want `carries on`
			break
		}
	}
	fmt.Fprintln(w, "done")
}

func inSwitch(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
	default:
		http.Error(w, "GET only", http.StatusMethodNotAllowed) // want `carries on`
	}
	fmt.Fprintln(w, "done")
}

func nested(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost {
		if r.ContentLength > 10 {
			http.Error(w, "too long", http.StatusRequestEntityTooLarge) // want `carries on`
		}
		store(request{})
	}
	fmt.Fprintln(w, "done")
}

// good returns in every way there is.
func good(w http.ResponseWriter, r *http.Request) {
	defer r.Body.Close()
	user, err := find(r.FormValue("name"))
	if err != nil {
		http.Error(w, "wrong", http.StatusUnauthorized)
		log.Println(user, err)
		return
	}
	if user == nil {
		panic("nobody")
	}
	switch r.Method {
	case http.MethodPut:
		http.Error(w, "no PUT", http.StatusMethodNotAllowed)
		return
	}
	if r.Method == http.MethodDelete {
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(http.StatusForbidden)
		_, _ = w.Write([]byte("no"))
	} else {
		fmt.Fprintln(w, user)
	}
}

func goodAtTheEnd(w http.ResponseWriter, r *http.Request) {
	if _, err := find(r.FormValue("name")); err != nil {
		http.Error(w, "wrong", http.StatusUnauthorized)
	} else {
		w.WriteHeader(http.StatusNoContent)
	}
	log.Println("done")
}

func goodFlag(w http.ResponseWriter, r *http.Request) {
	answered := false
	if r.Method != http.MethodGet {
		http.Error(w, "GET only", http.StatusMethodNotAllowed)
		answered = true
	}
	if !answered {
		fmt.Fprintln(w, "done")
	}
}

func goodInLoop(w http.ResponseWriter, r *http.Request) {
	for _, name := range r.Header["X-Name"] {
		if name == "" {
			http.NotFound(w, r)
			return
		}
	}
	fmt.Fprintln(w, "done")
}

func goodExit(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		http.Error(w, "GET only", http.StatusMethodNotAllowed)
		os.Exit(1)
	}
	fmt.Fprintln(w, "done")
}

// goodStatus has one body for both statuses.
func goodStatus(w http.ResponseWriter, r *http.Request) {
	text := "fine"
	if r.Method != http.MethodGet {
		text = "GET only"
		w.WriteHeader(http.StatusMethodNotAllowed)
	}
	fmt.Fprintln(w, text)
}

func statusTwice(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.WriteHeader(http.StatusMethodNotAllowed) // want `carries on`
	}
	w.WriteHeader(http.StatusNoContent)
}

func statusAndTheValue(w http.ResponseWriter, r *http.Request) {
	user, err := find(r.FormValue("name"))
	if err != nil {
		w.WriteHeader(http.StatusNotFound) // want `carries on`
	}
	_ = json.NewEncoder(w).Encode(user)
}

func named(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		apiError(w) // want `carries on`
	}
	if r.Method != http.MethodGet {
		logError(w)
	}
	fmt.Fprintln(w, "done")
}

func apiError(w http.ResponseWriter) { http.Error(w, "no", http.StatusTeapot) }

func logError(http.ResponseWriter) { log.Println("no") }

func redirected(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") == "" {
		http.Redirect(w, r, "/login", http.StatusFound) // want `carries on`
	}
	fmt.Fprintln(w, "done")
}

// goodRecover answers in a deferred function.
func goodRecover(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if v := recover(); v != nil {
			http.Error(w, "sorry", http.StatusInternalServerError)
		}
	}()
	fmt.Fprintln(w, "done")
}

// goodAsked is a helper that says whether to go on.
func goodAsked(w http.ResponseWriter, r *http.Request) {
	if !allowed(w, r) {
		return
	}
	fmt.Fprintln(w, "done")
}

func allowed(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet {
		http.Error(w, "GET only", http.StatusMethodNotAllowed)
		return false
	}
	return true
}

// One case of a switch refuses, and what is behind it is meant for the others.
func inOneCase(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodPost:
	default:
		http.Error(w, "POST only", http.StatusMethodNotAllowed) // want `carries on`
	}
	store(request{})
}

// goodCases answers in each case, and then does what is left to do.
func goodCases(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodPost:
		w.WriteHeader(http.StatusNoContent)
	default:
		http.Error(w, "POST only", http.StatusMethodNotAllowed)
	}
	store(request{})
}

// goodLast has nothing to do but to take note.
func goodLast(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodPost:
	default:
		http.Error(w, "POST only", http.StatusMethodNotAllowed)
	}
	log.Println("done")
}

// An else if refuses as an if does.
func otherwise(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		log.Println("read")
	} else if r.Header.Get("Authorization") == "" {
		http.Error(w, "log in", http.StatusUnauthorized) // want `carries on`
	}
	store(request{})
}

// goodOtherwise answers in both, and then does what is left to do.
func goodOtherwise(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		w.WriteHeader(http.StatusNoContent)
	} else if r.Header.Get("Authorization") == "" {
		http.Error(w, "log in", http.StatusUnauthorized)
	}
	store(request{})
}
