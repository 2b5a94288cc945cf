package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os/exec"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/attack"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// targetServer is a practice server that runs. It ends with its standard input:
// end closes that, and so does the end of this process.
type targetServer struct {
	address string
	events  <-chan attack.Event // closed when it has ended
	end     func()
	close   func() // ends it and waits; what it still tells is lost
}

// versionOf is the version of a chapter that a server is built with.
type versionOf func(context.Context, *course.Chapter) (course.Tree, error)

// build builds the server with a version of the attack's chapter, and the reference
// of the others.
func (g *game) build(ctx context.Context, version versionOf, dir *course.Scratch) (binary string, err error) {
	chapters, err := g.course.Chapters()
	if err != nil {
		return "", err
	}
	versions := course.References(chapters)
	for _, ch := range chapters {
		if fmt.Sprint(ch.Number) != g.attack.Chapter() {
			continue
		}
		if versions[ch], err = version(ctx, ch); err != nil {
			return "", err
		}
	}
	o, err := g.course.WriteOverlay(dir.Folder(), versions)
	if err != nil {
		return "", err
	}
	defer g.ui.Progress("building the server")()
	binary = gorun.Program(filepath.Join(dir.Dir, "target"))
	cmd := exec.CommandContext(ctx, "go", "build", "-overlay="+string(o), "-o", binary, "./internal/attack/target")
	cmd.Dir = g.course.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", term.Refuse(text.T("the server does not compile: %v", err),
			strings.Split(strings.TrimSpace(string(out)), "\n")...)
	}
	return binary, nil
}

// hold keeps others away from an address while its server is built: a port that was free
// for a moment can go to any program. What is wrong with the address the server says.
func hold(address string) (letGo func()) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return func() {}
	}
	return func() { _ = listener.Close() }
}

// startTarget starts a server of the world, and waits until it listens.
func startTarget(ctx context.Context, binary string, w attack.World) (*targetServer, error) {
	cmd := exec.CommandContext(ctx, binary)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	var complaint strings.Builder
	cmd.Stderr = &complaint
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	events := make(chan attack.Event)
	ended := make(chan struct{})
	go readEvents(out, events, func() { _ = cmd.Wait() }, ended)
	server := &targetServer{events: events, end: func() { _ = in.Close() }}
	server.close = func() {
		server.end()
		for range events { // so that it is never in the middle of a word
		}
		<-ended
	}
	if err := json.NewEncoder(in).Encode(w); err != nil {
		server.close()
		return nil, errors.Join(err, errors.New(strings.TrimSpace(complaint.String())))
	}
	first, ok := <-events
	if !ok {
		server.close()
		return nil, term.Refuse(text.T("the server did not start: %s", strings.TrimSpace(complaint.String())))
	}
	server.address = first.Listening
	return server, nil
}

// readEvents hands over what the server tells, until its output ends.
func readEvents(out io.Reader, events chan<- attack.Event, wait func(), ended chan<- struct{}) {
	defer close(ended)
	defer wait()
	defer close(events)
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		var e attack.Event
		if json.Unmarshal(lines.Bytes(), &e) == nil {
			events <- e
		}
	}
}
