package accounts_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/internal/problem"
	"golang.org/x/crypto/bcrypt"
)

func ExampleNormalizeUsername() {
	for _, name := range []string{"JIN HO", "ｊｉｎ ho", "jin\u200bho", "a/b"} {
		display, key, err := accounts.NormalizeUsername(name)
		fmt.Printf("%q %q %v\n", display, key, err)
	}
	// Output:
	// "JIN HO" "jin ho" <nil>
	// "jin ho" "jin ho" <nil>
	// "" "" Use letters, digits, ASCII punctuation other than the slash, and single spaces.
	// "" "" Use letters, digits, ASCII punctuation other than the slash, and single spaces.
}

func ExampleArgon2id() {
	cost := accounts.Argon2id{MemoryKiB: 64, Passes: 1, Threads: 1} // for a test; see ProductionCost
	hash := cost.Hash("12341234")
	fmt.Println(hash[:strings.LastIndex(hash, "p=1")+3])
	fmt.Println(cost.Verify(hash, "12341234"))
	fmt.Println(cost.Verify(hash, "12341235"))
	fmt.Println("outdated:", accounts.ProductionCost().Outdated(hash))
	// Output:
	// $argon2id$v=19$m=64,t=1,p=1
	// true <nil>
	// false <nil>
	// outdated: true
}

// Why not bcrypt: it reads 72 bytes. 24 Hangul syllables fill them, so one more
// can't be hashed, and nobody who logs in needs to type the end of it.
func Example_bcrypt() {
	password := strings.Repeat("가", 24) // 72 bytes
	_, err := bcrypt.GenerateFromPassword([]byte(password+"나"), bcrypt.MinCost)
	fmt.Println(err)
	hash, _ := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
	fmt.Println(bcrypt.CompareHashAndPassword(hash, []byte(password+" and any end")))
	// Output:
	// bcrypt: password length exceeds 72 bytes
	// <nil>
}

func ExampleRoles() {
	fmt.Println(accounts.Roles("USER", "ADMIN", "USER"))
	fmt.Println(accounts.Roles("ROOT"))
	// Output:
	// [ADMIN USER] <nil>
	// [] The roles are USER and ADMIN.
}

// oneToken opens every session with the same token.
type oneToken struct{}

func (oneToken) OpenSession(http.ResponseWriter, *http.Request, string, int64) (string, error) {
	return "eyJ…", nil
}

func (oneToken) Renewable(*http.Request, string) bool { return false }

func (oneToken) SetRenewed(http.ResponseWriter, *http.Request, string) error { return nil }

func ExampleService() {
	store := accounts.NewMemoryStore(func(string, accounts.Kept) {})
	service := accounts.New(accounts.Config{
		Users:    store,
		Failures: store,
		Hasher:   accounts.Argon2id{MemoryKiB: 64, Passes: 1, Threads: 1},
		Pool:     accounts.NewPool(2, 64),
		Sessions: oneToken{},
		Address:  func(r *http.Request) string { return r.RemoteAddr },
		Caller:   func(context.Context) (accounts.Caller, bool) { return accounts.Caller{}, false },
		Audit:    func(context.Context, string, ...slog.Attr) {},

		AccountID: func(string) string { return "" },
	})
	send := func(handler func(http.ResponseWriter, *http.Request) error, body string) {
		r := httptest.NewRequest("POST", "/", strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		if err := handler(w, r); err != nil {
			problem.Write(w, err)
		}
		fmt.Print(w.Code, " ", w.Body)
	}
	send(service.SignUp, `{"username":"JIN HO","password":"12341234","nickname":"Mentos"}`)
	send(service.LogIn, `{"username":"JIN HO","password":"12341234"}`)
	send(service.LogIn, `{"username":"JIN HO","password":"wrong-password"}`)
	// Output:
	// 201 {"username":"JIN HO","nickname":"Mentos","roles":[{"role":"USER"}]}
	// 200 {"token":"eyJ…"}
	// 401 {"title":"Unauthorized","status":401,"code":"INVALID_CREDENTIALS","detail":"The username or the password is wrong."}
}
