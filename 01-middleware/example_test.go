package middleware_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/problem"
)

// A decorator adds to a function without changing it.
func ExampleTimed() {
	greet := func(_ context.Context, name string) (string, error) { return "Hello " + name, nil }
	timed := middleware.Timed(greet, func(took time.Duration) {
		fmt.Println("took less than a minute:", took < time.Minute)
	})

	greeting, err := timed(context.Background(), "JIN HO")
	fmt.Println(greeting, err)
	// Output:
	// took less than a minute: true
	// Hello JIN HO <nil>
}

// A database that is busy deserves another try; a wrong question does not.
func ExampleRetry() {
	busy := errors.New("database is busy")
	calls := 0
	save := func(_ context.Context, name string) (string, error) {
		if calls++; calls < 3 {
			return "", busy
		}
		return name + " saved", nil
	}
	patient := middleware.Retry(save, 5, time.Millisecond, func(err error) bool { return errors.Is(err, busy) })

	result, err := patient(context.Background(), "JIN HO")
	fmt.Println(result, err, "after", calls, "calls")
	// Output: JIN HO saved <nil> after 3 calls
}

// say is a middleware that speaks on the way in and on the way out.
func say(name string) middleware.Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Println(name, "in")
			next.ServeHTTP(w, r)
			fmt.Println(name, "out")
		})
	}
}

// The first one listed is the outermost.
func ExampleChain() {
	hello := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { fmt.Println("hello") })
	h := middleware.Chain(say("first"), say("second"))(hello)

	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
	// Output:
	// first in
	// second in
	// hello
	// second out
	// first out
}

// A handler returns its error, and one adapter answers for all handlers.
func ExampleErrors() {
	handle := middleware.Errors(slog.Default())
	mux := http.NewServeMux()
	mux.Handle("GET /users/{name}", handle(func(w http.ResponseWriter, r *http.Request) error {
		if r.PathValue("name") != "jin" {
			return problem.New(problem.NotFound, "There is no such user.")
		}
		_, err := io.WriteString(w, "Jin is here.\n")
		return err
	}))

	for _, path := range []string{"/users/jin", "/users/nobody"} {
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		fmt.Print(w.Code, " ", w.Body)
	}
	// Output:
	// 200 Jin is here.
	// 404 {"title":"Not Found","status":404,"code":"NOT_FOUND","detail":"There is no such user."}
}

// guests knows two tokens.
type guests struct{}

func (guests) Authenticate(_ context.Context, token string) (middleware.Principal, error) {
	switch token {
	case "jin":
		return roles{"USER"}, nil
	case "root":
		return roles{"USER", "ADMIN"}, nil
	}
	return nil, problem.New(problem.InvalidToken, "")
}

// Who are you? And may you do this?
func ExampleRequireRole() {
	h := middleware.Chain(
		middleware.Authenticate(slog.Default(), guests{}),
		middleware.RequireRole("ADMIN"),
	)(http.HandlerFunc(ok))

	for _, token := range []string{"", "guess", "jin", "root"} {
		r := httptest.NewRequest("GET", "/admin", nil)
		if token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		fmt.Printf("%q %d\n", token, w.Code)
	}
	// Output:
	// "" 401
	// "guess" 401
	// "jin" 403
	// "root" 200
}

// One line says what happened, and nothing that is secret.
func ExampleAccessLog() {
	log := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey || a.Key == "duration" {
				return slog.Attr{} // different each time
			}
			return a
		},
	}))
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users/{name}", ok)
	h := middleware.AccessLog(log, middleware.ClientAddress(nil))(mux)

	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/users/jin?token=secret", nil))
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/nothing", strings.NewReader("secret")))
	// Output:
	// level=INFO msg=request method=GET route="GET /users/{name}" status=200 bytes=2 request_id="" remote=192.0.2.1
	// level=WARN msg=request method=POST route="" status=404 bytes=19 request_id="" remote=192.0.2.1
}
