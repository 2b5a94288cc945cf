package main

import (
	_ "embed"
	"net/http"
)

//go:embed home.html
var homePage []byte

// home answers GET / with a page that leads on. It needs no script; its one
// style sheet is inline, so the policy names that and nothing else.
func home(w http.ResponseWriter, _ *http.Request) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	_, _ = w.Write(homePage)
}
