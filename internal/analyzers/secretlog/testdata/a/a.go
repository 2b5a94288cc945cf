// Package a writes to logs, what it may and what it may not.
package a

import (
	"encoding/hex"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"os"
)

type user struct {
	Name, Password string
	TokenID        string
	Tokens         int
}

const password = "written here" // public already

func bad(u user, r *http.Request, apiKey []byte, logger *slog.Logger, refreshToken string) {
	slog.Info("log-in", "user", u.Name, "password", u.Password)     // want `Password goes to a log`
	log.Printf("refresh with %s failed", refreshToken)              // want `refreshToken goes to a log`
	fmt.Println("key:", hex.EncodeToString(apiKey))                 // want `apiKey goes to a log`
	fmt.Fprintf(os.Stderr, "%s", apiKey)                            // want `apiKey goes to a log`
	logger.Error("no", slog.String("token", u.Name+refreshToken))   // want `refreshToken goes to a log`
	logger.Warn("no", "authorization", r.Header.Get("X-Forwarded")) // want `the value of authorization goes to a log`
	log.Print(r.FormValue("password"))                              // want `the value of password goes to a log`
	log.Print(r.Header.Get("Authorization"))                        // want `the value of Authorization goes to a log`
	log.Print(r.Form["password"])                                   // want `the value of password goes to a log`
	log.Println(fmt.Sprintf("secret %s", string(apiKey[:4])))       // want `apiKey goes to a log`
	cookie, _ := r.Cookie("session")
	log.Println("got", cookie)       // want `cookie goes to a log`
	log.Println("got", cookie.Value) // a value with a plain name
	sessionCookie := cookie.Value
	log.New(os.Stderr, "", 0).Println(sessionCookie) // want `sessionCookie goes to a log`
}

func good(u user, r *http.Request, w io.Writer, err error, refreshToken string) {
	slog.Info("log-in refused", "user", u.Name, "token_id", u.TokenID)
	slog.Info("tokens swept", "tokens", u.Tokens, "token", "left out")
	log.Printf("the token of %s has %d bytes: %v", u.Name, len(refreshToken), err)
	fmt.Println("the sample password is", password)
	fmt.Fprintln(w, refreshToken) // an answer, perhaps
	_ = fmt.Errorf("no token %q", refreshToken)
	slog.Info("password changed", "path", r.URL.Path)
}
