package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/05-deploy/internal/agent"
)

// ship builds for the machine, uploads and deploys. It returns what serves then.
func (m *machine) ship(ctx context.Context) (version string, err error) {
	s, err := m.open(ctx)
	if err != nil {
		return "", err
	}
	defer s.close()
	platform, err := s.platform()
	if err != nil {
		return "", err
	}
	built, err := m.app.buildFor(ctx, platform)
	if err != nil {
		return "", err
	}
	defer built.remove()
	if err := s.install(built.host); err != nil {
		return "", err
	}
	return built.version(), s.deploy(ctx, built)
}

// checkRecord refuses a domain that does not lead to the host: no certificate
// could be made, and no client would come.
func (a *app) checkRecord(ctx context.Context, to place) error {
	if a.domain == "" {
		return nil
	}
	wanted, err := a.lookup(ctx, to.host)
	if err != nil {
		return fmt.Errorf("cannot find the address of %s: %w", to.host, err)
	}
	found, err := a.lookup(ctx, a.domain)
	if err != nil {
		return fmt.Errorf("-domain: %s has no address record; make one that points to %s, and wait until it is known",
			a.domain, strings.Join(wanted, " "))
	}
	if !slices.ContainsFunc(found, func(addr string) bool { return slices.Contains(wanted, addr) }) {
		return fmt.Errorf("-domain: %s points to %s and not to %s",
			a.domain, strings.Join(found, " "), strings.Join(wanted, " "))
	}
	return nil
}

// platform is the system and the architecture of the machine under Go's names. A
// machine in a folder may be on macOS.
func (s *session) platform() (string, error) {
	platform := map[string]string{
		"Linux x86_64": "linux/amd64", "Linux aarch64": "linux/arm64",
		"Darwin x86_64": "darwin/amd64", "Darwin arm64": "darwin/arm64",
	}[s.kind]
	if platform == "" {
		return "", fmt.Errorf("%s runs %s; ship knows Linux on x86_64 and aarch64", s.machine.target.name, s.kind)
	}
	return platform, nil
}

func (a *app) buildFor(ctx context.Context, platform string) (artifacts, error) {
	a.say("build for %s", platform)
	built, err := a.build(ctx, platform)
	if err != nil {
		return built, err
	}
	if built.modified {
		a.say("WARNING: the tree has changes that are in no commit; the version says so: %s", built.version())
	}
	return built, nil
}

// deploy sends the release to the agent, which does the change.
func (s *session) deploy(ctx context.Context, built artifacts) error {
	file, err := os.Open(built.server.path)
	if err != nil {
		return err
	}
	defer file.Close()
	m := s.machine
	return s.change(ctx, file, built.revision,
		"-version", built.version(), "-sha256", built.server.sum, "-size", strconv.FormatInt(built.server.size, 10),
		"-domain", m.app.domain, "-url", m.app.url, "-default-url", m.url(), "deploy")
}

// change logs in for a command of the agent that moves the traffic. The machine
// may have no address of its own any more, as after a domain that is unset.
func (m *machine) change(ctx context.Context, upload io.Reader, revision string, args ...string) error {
	s, err := m.open(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	return s.change(ctx, upload, revision, append([]string{"-default-url", m.url()}, args...)...)
}

// change runs a command of the agent that moves the traffic: it sends
// the upload, shows the progress, and gives the verdict when asked for it.
func (s *session) change(ctx context.Context, upload io.Reader, revision string, args ...string) error {
	if err := s.start(args...); err != nil {
		return err
	}
	go func() { _, _ = io.Copy(s.stdin, upload) }() // when it fails, the agent says so
	verdict := s.follow(ctx, revision)
	err := s.end()
	if err != nil && verdict != nil {
		return fmt.Errorf("%w — %w", verdict, err)
	}
	return err
}

// follow shows the progress and, when asked, checks the public address. It
// returns what the checks found.
func (s *session) follow(ctx context.Context, revision string) (verdict error) {
	a := s.machine.app
	lines := bufio.NewScanner(s.stdout)
	for lines.Scan() {
		url, asked := strings.CutPrefix(lines.Text(), agent.ReadyPrefix)
		if !asked {
			a.say("%s", lines.Text())
			continue
		}
		verdict = a.check(ctx, url, s.machine.demanded(url, revision))
		answer := agent.VerdictGood
		if verdict != nil {
			answer = "bad"
		}
		_, _ = fmt.Fprintln(s.stdin, answer) // when it fails, the agent goes back
	}
	return verdict
}

// check checks the contract at the public address. revision is the commit that
// must answer; "" means any.
func (a *app) check(ctx context.Context, url, revision string) error {
	url, closed := strings.CutSuffix(url, agent.InMaintenance)
	a.say("check %s", url)
	if !strings.HasPrefix(url, "https://") {
		a.say("WARNING: %s is plain HTTP: passwords and tokens can be read on the way; "+
			"-domain NAME turns HTTPS on", url)
	} else if err := awaitCertificate(ctx, url, certificateLimit); isUnknown(err) {
		return fmt.Errorf("%s can't be checked from here: %w; does the name have an address?", url, err)
	} else if err != nil {
		return fmt.Errorf("%s has no certificate after %s; does the name point to the machine, "+
			"and are the ports 80 and 443 open to the world? %w; see ship logs", url, certificateLimit, err)
	}
	verify := deploy.Verify
	if closed {
		verify, revision = deploy.VerifyMaintenance, "" // GET /version is closed too
	}
	report := verify(ctx, url)
	report.Print(a.stdout)
	if err := report.Err(); err != nil {
		return err
	}
	if got := report.Version.Revision; revision != "" && got != revision {
		return fmt.Errorf("%s/version is %s and not %s, which was shipped", url, got, revision)
	}
	return nil
}

// certificateLimit is how long a certificate may take. After a failure the
// server waits a minute before it asks for one again.
const certificateLimit = 150 * time.Second

// isUnknown reports whether the name of a host has no address. Waiting gives it
// none.
func isUnknown(err error) bool {
	lookup, ok := errors.AsType[*net.DNSError](err)
	return ok && lookup.IsNotFound
}

// awaitCertificate returns once the server answers. It makes its certificate at
// the first visit and hangs up on visitors meanwhile.
func awaitCertificate(ctx context.Context, url string, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, Timeout: 20 * time.Second}
	for {
		err := visit(ctx, client, url+"/healthz")
		if err == nil || isUnknown(err) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Second):
		}
	}
}

func visit(ctx context.Context, client *http.Client, url string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	res, err := client.Do(r)
	if err != nil {
		return err
	}
	return res.Body.Close()
}
