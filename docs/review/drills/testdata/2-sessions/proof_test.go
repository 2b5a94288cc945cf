package sessions

// These tests prove the findings in key.md: each passes because of the bug.

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func TestProof_lifetime(t *testing.T) {
	s := newService()
	access, _ := logIn(t, s)
	c, err := s.parse(access)
	if err != nil {
		t.Fatal(err)
	}
	if life := c.ExpiresAt.Sub(s.Now()); life < 10*24*time.Hour {
		t.Errorf("it lives for %s: the bug is gone", life)
	}
}

func TestProof_lenientParser(t *testing.T) {
	s := newService()
	for name, method := range map[string]jwt.SigningMethod{"HS512": jwt.SigningMethodHS512, "no exp": jwt.SigningMethodHS256} {
		text, err := jwt.NewWithClaims(method, jwt.RegisteredClaims{Subject: "eve"}).SignedString(s.Key)
		if err != nil {
			t.Fatal(err)
		}
		if rec := send(s.Me, text, ""); rec.Code != http.StatusOK {
			t.Errorf("%s: got %d: the bug is gone", name, rec.Code)
		}
	}
}

func TestProof_refreshTokenAtTheDoor(t *testing.T) {
	s := newService()
	_, refresh := logIn(t, s)
	if rec := send(s.Me, refresh, ""); rec.Code != http.StatusOK {
		t.Errorf("got %d: the bug is gone", rec.Code)
	}
}

func TestProof_spentTokenRefreshes(t *testing.T) {
	s := newService()
	_, refresh := logIn(t, s)
	send(s.Refresh, "", refresh)
	if rec := send(s.Refresh, "", refresh); rec.Code != http.StatusOK {
		t.Errorf("got %d: the bug is gone", rec.Code)
	}
}

func TestProof_logOutEndsNothing(t *testing.T) {
	s := newService()
	_, refresh := logIn(t, s)
	send(s.LogOut, "", refresh)
	if rec := send(s.Refresh, "", refresh); rec.Code != http.StatusOK {
		t.Errorf("got %d: the bug is gone", rec.Code)
	}
}

func TestProof_refusedAndAnswered(t *testing.T) {
	forged, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{Subject: "eve"}).SignedString([]byte("another key"))
	if err != nil {
		t.Fatal(err)
	}
	if rec := send(newService().Me, forged, ""); !strings.Contains(rec.Body.String(), `"username":"eve"`) {
		t.Errorf("got %s: the bug is gone", rec.Body)
	}
}

// Time can't be measured in a test that must never fail by chance. So this
// one reads the source, and shows what an unset key does.
func TestProof_comparedInVariableTime(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "sessions.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for n := range ast.Preorder(file) {
		b, ok := n.(*ast.BinaryExpr)
		if !ok {
			continue
		}
		s, ok := b.Y.(*ast.SelectorExpr)
		found = found || ok && b.Op == token.NEQ && s.Sel.Name == "AdminKey"
	}
	if !found {
		t.Error("no comparison with != : the bug is gone")
	}
	unset := newService()
	unset.AdminKey = ""
	if rec := send(unset.Count, "", ""); rec.Code != http.StatusOK {
		t.Errorf("got %d: the bug is gone", rec.Code)
	}
}

// The text of TestMe_expiredToken is refused for its signature: at a time
// when nothing has expired.
func TestProof_expiryIsUntested(t *testing.T) {
	s := newService()
	access, _ := logIn(t, s)
	_, err := s.parse(access + "expired")
	if err == nil || strings.Contains(err.Error(), "expired") {
		t.Errorf("got %v: the bug is gone", err)
	}
}
