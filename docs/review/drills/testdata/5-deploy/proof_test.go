package release

// These tests prove the findings in key.md: each passes because of the bug.

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestProof_readyWhileDraining(t *testing.T) {
	h := &Health{Ping: func(context.Context) error { return nil }}
	h.Drain()
	if rec := ask(h); rec.Code != http.StatusOK {
		t.Error("a server that drains is not ready: the bug is gone")
	}
}

func TestProof_pingHasNoEnd(t *testing.T) {
	h := &Health{Ping: func(ctx context.Context) error {
		if _, ok := ctx.Deadline(); ok {
			t.Error("the ping has a deadline: the bug is gone")
		}
		return nil
	}}
	ask(h)
}

func TestProof_causeIsTold(t *testing.T) {
	h := &Health{Ping: func(context.Context) error { return errors.New("dial 10.0.0.7:5432: refused") }}
	if rec := ask(h); !strings.Contains(rec.Body.String(), "10.0.0.7") {
		t.Error("the cause stays here: the bug is gone")
	}
}

func TestProof_noTimeouts(t *testing.T) {
	if s := NewServer(":0", nil); s.ReadHeaderTimeout+s.ReadTimeout+s.WriteTimeout+s.IdleTimeout != 0 {
		t.Error("there is a limit: the bug is gone")
	}
}

func TestProof_noSumIsEnough(t *testing.T) {
	if err := Check([]byte("anything"), ""); err != nil {
		t.Error("an empty sum is refused: the bug is gone")
	}
}

func TestProof_gap(t *testing.T) {
	link := filepath.Join(t.TempDir(), "current")
	if err := Switch(link, "v1"); err != nil {
		t.Fatal(err)
	}
	if Switch(link, "no\x00name") == nil {
		t.Fatal("no system has such a name")
	}
	if _, err := os.Readlink(link); err == nil {
		t.Error("the old link is still there: the bug is gone")
	}
}

func TestProof_undoneForwards(t *testing.T) {
	var order []string
	step := func(name string) Step {
		return Step{Do: func() error { return nil }, Undo: func() { order = append(order, name) }}
	}
	Run([]Step{step("first"), step("second"), {Do: func() error { return errors.New("oh") }}})
	if order[0] != "first" {
		t.Error("the last one is taken back first: the bug is gone")
	}
}

func TestProof_failureIsSilent(t *testing.T) {
	if Run([]Step{{Do: func() error { return errors.New("full disk") }}}) != nil {
		t.Error("the caller hears of it: the bug is gone")
	}
}

func TestProof_capitals(t *testing.T) {
	if Check([]byte("hello"), "2CF24DBA") == nil {
		t.Error("capitals are taken: it is no longer true")
	}
}
