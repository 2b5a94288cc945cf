// Target is the server of `go tool workbook attack`. It reads its world from
// standard input, one line of JSON, and runs until that input ends: so it never
// outlives the tool, whatever ends it.
//
// It is not the final server and shares no code with it. It publishes tokens, and
// the tool builds it with a hole on purpose.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"time"

	"example.com/authbook/internal/attack"
)

func main() {
	signal.Ignore(os.Interrupt) // Ctrl-C is for the tool, which then closes the input
	if err := run(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "target:", err)
		os.Exit(1)
	}
}

func run(in io.Reader, out io.Writer) error {
	lines := bufio.NewReader(in)
	line, err := lines.ReadBytes('\n')
	if err != nil {
		return fmt.Errorf("no world on standard input; this program is started by `go tool workbook attack`: %w", err)
	}
	var w attack.World
	if err := json.Unmarshal(line, &w); err != nil {
		return fmt.Errorf("the world: %w", err)
	}
	tell := teller(out)
	handler, err := newHandler(w, tell)
	if err != nil {
		return err
	}
	listener, err := listen(w.Address)
	if err != nil {
		return err
	}
	server := newServer(handler)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		_, _ = io.Copy(io.Discard, lines) // until the tool ends
		stop(server)
	}()
	tell(attack.Event{Listening: listener.Addr().String()})
	if err := server.Serve(listener); err != http.ErrServerClosed {
		return err
	}
	<-stopped
	return nil
}

// stop lets the last answer reach its reader: the tool hears of it first.
func stop(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if server.Shutdown(ctx) != nil {
		_ = server.Close()
	}
}

// listen refuses every address but those of this machine's loopback.
func listen(address string) (net.Listener, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, err
	}
	if tcp, ok := listener.Addr().(*net.TCPAddr); !ok || !tcp.IP.IsLoopback() {
		_ = listener.Close()
		return nil, fmt.Errorf("%s is not a loopback address", address)
	}
	return listener, nil
}

func newServer(h http.Handler) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
}

// teller writes events, one a line. Handlers call it at the same time.
func teller(out io.Writer) func(attack.Event) {
	lock := make(chan struct{}, 1)
	encoder := json.NewEncoder(out)
	return func(e attack.Event) {
		lock <- struct{}{}
		defer func() { <-lock }()
		_ = encoder.Encode(e) // a tool that has gone ends this program anyway
	}
}
