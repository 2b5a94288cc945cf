package main

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"path/filepath"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
)

// liveServer is the final server with the learner's code, while a watch runs it.
type liveServer struct {
	process *exec.Cmd
	lines   chan string     // what it says; closed when it has ended
	half    map[string]line // of requests, by their id: their way, or their line in the log
	clean   func()          // removes the program
}

// said is what the server says. A server that is off says nothing.
func (l *liveServer) said() <-chan string {
	if l == nil {
		return nil
	}
	return l.lines
}

// stop ends the server at once, and waits until its port is free.
func (l *liveServer) stop() {
	if l == nil {
		return
	}
	_ = l.process.Process.Kill()
	for range l.lines { // what it still says is lost
	}
	_ = l.process.Wait()
	l.clean()
}

// toggle starts the server, or ends it.
func (w *watcher) toggle(ctx context.Context) {
	if w.server == nil {
		w.restart(ctx)
		return
	}
	w.server.stop()
	w.server = nil
	w.ui.Say("The server is off.")
}

// restart builds the server with what is green, and lets it take the place of the one
// that runs. What does not compile leaves that one alone.
func (w *watcher) restart(ctx context.Context) {
	dir, clean, err := course.NewScratch()
	if err != nil {
		w.ui.Note("%v", err)
		return
	}
	binary, err := w.buildWatched(ctx, dir)
	if err != nil {
		clean()
		w.ui.Note("%v", err)
		return
	}
	w.server.stop()
	w.server, err = startLive(binary, filepath.Join(w.course.Root, ".workbook", "local", "server"), clean)
	if err != nil {
		clean()
		w.ui.Note("the server does not start: %v", err)
	}
}

// buildWatched builds the server that tells the way of each request.
func (w *watcher) buildWatched(ctx context.Context, dir *course.Scratch) (string, error) {
	versions, err := w.greenVersions(ctx)
	if err != nil {
		return "", err
	}
	o, err := w.course.WriteOverlay(dir.Folder(), versions)
	if err != nil {
		return "", err
	}
	if err := watchWays(w.course.Root, o); err != nil {
		return "", err
	}
	if _, err := serverHome(w.course); err != nil {
		return "", err
	}
	binary := gorun.Program(filepath.Join(dir.Dir, "final"))
	return binary, build(ctx, w.session, binary, o)
}

// greenVersions is each started chapter with the exercises that were green at their
// last check, and the reference of the others.
func (w *watcher) greenVersions(ctx context.Context) (map[*course.Chapter]course.Tree, error) {
	chapters, err := w.course.Chapters()
	if err != nil {
		return nil, err
	}
	p := w.course.ReadProgress()
	versions := course.References(chapters)
	for _, ch := range chapters {
		if !ch.Started || ch.Broken != nil {
			continue
		}
		names, err := course.NamesOf(ctx, w.course.Root, ch.Reference)
		if err != nil {
			return nil, err
		}
		var green []mark.Exercise
		for _, e := range ch.Exercises {
			if p.HasPassed(e) {
				green = append(green, e)
			}
		}
		sayYours(w.ui, ch, green, nil)
		isOpen := func(e mark.Exercise) bool {
			_, ok := course.Find(green, e.ID)
			return !ok
		}
		if versions[ch], err = ch.Disk.Take(ch.Reference, isOpen, names); err != nil {
			return nil, err
		}
	}
	return versions, nil
}

// startLive starts the server in a folder, and reads what it says.
func startLive(binary, home string, clean func()) (*liveServer, error) {
	out, in, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	l := &liveServer{process: exec.Command(binary), clean: clean, lines: make(chan string, 64),
		half: map[string]line{}}
	l.process.Dir, l.process.Stdout, l.process.Stderr = home, in, in
	l.process.Env = append([]string{"ADMIN_ADDR=off"}, os.Environ()...)
	l.process.Env = append(l.process.Env, "LOG_FORMAT=json")
	err = l.process.Start()
	in.Close() // the server has its own copy
	if err != nil {
		return nil, err
	}
	go func() {
		defer out.Close()
		defer close(l.lines)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			l.lines <- lines.Text()
		}
	}()
	return l, nil
}
