package a

import (
	"context"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBad(t *testing.T) {
	rows := []struct {
		token string
		want  error
	}{{"x", ErrExpired}}
	for _, row := range rows {
		_, err := verify(row.token)
		if err != nil && !errors.Is(err, row.want) { // want `this check passes when err is nil`
			t.Errorf("got %v", err)
		}
	}

	_, err := verify("")
	if !errors.Is(err, ErrExpired) && err != nil { // want `passes when err is nil`
		t.Fatal(err)
	}
	_, err = verify("")
	if err != nil && err != ErrExpired { // want `passes when err is nil`
		t.Fatal(err)
	}
	_, err = verify("")
	if err != nil && err.Error() != "expired" { // want `passes when err is nil`
		t.Fatal(err)
	}
	_, err = verify("")
	if err != nil && !strings.Contains(err.Error(), "expired") { // want `passes when err is nil`
		t.Fatal(err)
	}
	_, err = verify("")
	if err != nil { // want `passes when err is nil`
		if !errors.Is(err, ErrExpired) {
			t.Fatal(err)
		}
	}
	_, err = verify("")
	if err != nil { // want `passes when err is nil`
		assert.ErrorIs(t, err, ErrExpired)
	}
	_, err = verify("")
	if !(err == nil || errors.Is(err, ErrExpired)) { // want `passes when err is nil`
		t.Fatal(err)
	}
	_, err = verify("")
	assert.True(t, err == nil || errors.Is(err, ErrExpired)) // want `passes when err is nil`
	_, err = verify("")
	require.False(t, err != nil && !errors.Is(err, ErrExpired))          // want `passes when err is nil`
	if _, err := verify(""); nil != err && !errors.Is(err, ErrExpired) { // want `passes when err is nil`
		t.Log(err)
		t.Fail()
	}
	_, err = verify("")
	t.Log(err)
	switch {
	case err != nil && !errors.Is(err, ErrExpired): // want `passes when err is nil`
		t.Error(err)
	}
}

// A helper whose caller says what is expected, and a table of functions.
func check(t *testing.T, err, want error) {
	if err != nil && !errors.Is(err, want) { // want `passes when err is nil`
		t.Error(err)
	}
}

var checks = []func(*testing.T){
	func(t *testing.T) {
		_, err := verify("")
		if err != nil && !errors.Is(err, ErrExpired) { // want `passes when err is nil`
			t.Error(err)
		}
	},
}

func TestGood(t *testing.T) {
	_, err := verify("")
	if !errors.Is(err, ErrExpired) {
		t.Fatal(err)
	}
	_, err = verify("")
	if err == nil {
		t.Fatal("no error")
	}
	if err != nil && !errors.Is(err, ErrExpired) {
		t.Fatal(err)
	}
	_, err = verify("")
	if err != nil && !errors.Is(err, ErrExpired) {
		t.Fatal(err)
	} else if err == nil {
		t.Fatal("no error")
	}
	_, err = verify("")
	require.Error(t, err)
	if err != nil && !errors.Is(err, ErrExpired) {
		t.Fatal(err)
	}
	rows := []struct {
		want    error
		wantErr bool
	}{{ErrExpired, true}}
	for _, row := range rows {
		_, err := verify("")
		if (err != nil) != row.wantErr {
			t.Error(err)
		}
		if err != nil && !errors.Is(err, row.want) {
			t.Error(err)
		}
	}
	if _, err := verify(""); err != nil {
		t.Fatal(err)
	}
	if _, err := verify(""); err != nil {
		require.NoError(t, err)
	}
}

// What a test puts up with is not what it expects.
func TestGood_tolerance(t *testing.T) {
	if err := http.ListenAndServe("", nil); err != nil && !errors.Is(err, http.ErrServerClosed) {
		t.Error(err)
	}
	if err := os.Remove("x"); err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
	if err := context.Cause(t.Context()); err != nil && err != context.Canceled {
		t.Error(err)
	}
	var exit *exec.ExitError
	if err := exec.Command("false").Run(); err != nil && !errors.As(err, &exit) {
		t.Error(err)
	}
	// Two errors of which one may be missing.
	first, second := errors.New(""), errors.New("")
	if first != nil && !errors.Is(second, ErrExpired) {
		t.Error(second)
	}
	// No check at all.
	_, err := verify("")
	if err != nil && !errors.Is(err, ErrExpired) {
		t.Log("unexpected")
	}
}

// A helper that returns the error leaves the verdict to its caller.
func tolerant() error {
	_, err := verify("")
	if err != nil && !errors.Is(err, ErrExpired) {
		return err
	}
	return nil
}

// Neither of two such guards is the check that the other lacks, and nor is an
// if that logs.
func TestBad_twice(t *testing.T) {
	_, err := verify("")
	if err != nil {
		t.Logf("got %v", err)
	}
	if err != nil && !errors.Is(err, ErrExpired) { // want `passes when err is nil`
		t.Error(err)
	}
	if err != nil && !errors.Is(err, ErrExpired) { // want `passes when err is nil`
		t.Fatal(err)
	}
}

// goodPair asks with two errors of one call.
func goodPair(t *testing.T) {
	_, err := verify("")
	if err != nil && !errors.Is(pair()) {
		t.Fatal(err)
	}
}

func pair() (err, want error) { return nil, nil }
