package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// ready is how a server's first line begins.
const ready = "authbook is ready: "

// process is a server in a process of its own, so that its memory and its CPU
// time are its own too.
type process struct {
	command *exec.Cmd
	addr    string
	metrics chan string // brings their URL, if the server has some
	log     string      // the file that holds its standard error
}

// start starts a program, with its log in dir, and returns when the program has
// said that it is ready. The end of ctx kills it.
func start(ctx context.Context, dir, program string, args, env []string) (*process, error) {
	log, err := os.CreateTemp(dir, "log-*")
	if err != nil {
		return nil, err
	}
	defer log.Close()
	p := &process{command: exec.CommandContext(ctx, program, args...), log: log.Name()}
	p.command.Env = append(append(os.Environ(), env...), "WORKBOOK_LANG=en") // its first line is read
	p.command.Stderr = log
	stdout, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	if !p.readStart(stdout) {
		p.stop()
		text, _ := os.ReadFile(p.log)
		return nil, fmt.Errorf("%s did not start: %s", filepath.Base(program), strings.TrimSpace(string(text)))
	}
	return p, nil
}

// readStart reads a server's address from its first line, and lets what else it
// prints not fill the pipe.
func (p *process) readStart(stdout io.Reader) (ok bool) {
	lines := bufio.NewScanner(stdout)
	lines.Scan()
	origin, ok := strings.CutPrefix(lines.Text(), ready)
	u, err := url.Parse(origin)
	if !ok || err != nil {
		return false
	}
	p.addr, p.metrics = "127.0.0.1:"+u.Port(), make(chan string, 1)
	go func() {
		defer close(p.metrics)
		for lines.Scan() {
			if metrics, ok := strings.CutPrefix(lines.Text(), "Metrics:"); ok {
				p.metrics <- strings.TrimSpace(metrics)
			}
		}
	}()
	return true
}

// stop ends the server and waits until it has gone.
func (p *process) stop() {
	if p == nil || p.command.Process == nil {
		return
	}
	_ = p.command.Process.Kill()
	_ = p.command.Wait()
}

// memory returns how much memory the process holds now (RSS) and held at most,
// in bytes.
func (p *process) memory() (now, peak int64, err error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.command.Process.Pid))
	if err != nil {
		return 0, 0, errors.New("the memory of a process is read from /proc, which is not here")
	}
	return kilobytes(text, "VmRSS:"), kilobytes(text, "VmHWM:"), nil
}

func kilobytes(status []byte, name string) int64 {
	_, rest, _ := strings.Cut(string(status), name)
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	n, _ := strconv.ParseInt(fields[0], 10, 64)
	return n << 10
}

// cpu returns the CPU time that the process has used; zero where there is no
// /proc. The resolution is that of proc(5), 10 ms.
func (p *process) cpu() time.Duration { return cpuOf(p.command.Process.Pid) }

func cpuOf(pid int) time.Duration {
	text, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	_, rest, _ := strings.Cut(string(text), ") ") // the name may hold spaces
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}

// build compiles a program as a release is compiled. The folder is one of its module.
func build(ctx context.Context, dir, program, path string) error {
	command := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, program)
	command.Dir = dir
	command.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", program, err, out)
	}
	return nil
}
