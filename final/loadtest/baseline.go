package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
)

// baseline is net/http with nothing around it: one handler that answers a
// constant of the same size as GET /me. It prints its address like the server.
func baseline(stdout io.Writer) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	body := []byte(`{"username":"load 0","nickname":"Load","roles":[{"role":"USER"}]}` + "\n")
	mux := http.NewServeMux()
	mux.HandleFunc("GET /me", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	})
	fmt.Fprintln(stdout, ready+"http://"+listener.Addr().String())
	return http.Serve(listener, mux)
}
