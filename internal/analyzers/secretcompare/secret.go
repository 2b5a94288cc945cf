package secretcompare

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"example.com/authbook/internal/analyzers/secretname"
	"example.com/authbook/internal/analyzers/trace"
)

// deepest is how many steps a value is followed back.
const deepest = 6

// secret says what secret an expression holds, "" if it holds none: by its
// name, or by where it comes from.
func (c checker) secret(e ast.Expr, depth int) string {
	// A constant's name says what its own value is, not what it is assigned to.
	if depth > deepest || depth > 0 && c.TypesInfo.Types[e].Value != nil {
		return ""
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return c.variable(e, e.Name, depth)
	case *ast.SelectorExpr:
		return c.selected(e, depth)
	case *ast.SliceExpr:
		return c.secret(e.X, depth)
	case *ast.StarExpr:
		return c.secret(e.X, depth)
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return c.any([]ast.Expr{e.X, e.Y}, depth)
		}
	case *ast.CallExpr:
		return c.call(e, depth)
	case *ast.IndexExpr: // m["password"], tokens[i]
		return cmp.Or(c.literal(e.Index), c.secret(e.X, depth+1))
	}
	return ""
}

// selected is a field. The Value of a cookie is what the cookie's own name says.
func (c checker) selected(e *ast.SelectorExpr, depth int) string {
	what := c.variable(e, e.Sel.Name, depth)
	if what == "" && e.Sel.Name == "Value" {
		return c.secret(e.X, depth+1)
	}
	return what
}

func (c checker) any(all []ast.Expr, depth int) string {
	for _, e := range all {
		if what := c.secret(e, depth+1); what != "" {
			return what
		}
	}
	return ""
}

// variable is a name, and if that is silent, what is assigned to it.
func (c checker) variable(e ast.Expr, name string, depth int) string {
	object := c.index.Object(e)
	words := secretname.Words(name)
	switch {
	case secretname.IsHash(words) && c.isChecksum(e, depth):
		return ""
	case secretname.Is(words) || c.proves && isCode(words):
		return name
	}
	if object == nil || object.Parent() == c.Pkg.Scope() {
		return ""
	}
	return cmp.Or(c.result(object), c.each(c.index.Values(object), depth))
}

// each is a secret if all of some values are, but for those that stand in the source.
func (c checker) each(all []ast.Expr, depth int) string {
	found := ""
	for _, e := range all {
		what := c.secret(e, depth+1)
		if what == "" && c.TypesInfo.Types[e].Value == nil {
			return ""
		}
		found = cmp.Or(found, what)
	}
	return found
}

// passwords are the places of a password among a function's results.
var passwords = map[string]int{"net/http.Request.BasicAuth": 1, "net/url.Userinfo.Password": 0}

// result is a password that a function returns among other results.
func (c checker) result(object types.Object) string {
	for _, r := range c.index.Results(object) {
		path, name := trace.Callee(c.TypesInfo, r.Call)
		if place, ok := passwords[path+"."+name]; ok && place == r.Place {
			return fmt.Sprintf("the password of %s", types.ExprString(r.Call.Fun))
		}
	}
	return ""
}

// call is the result of a function: a MAC, another spelling of a secret, or
// what the function's name or body says.
func (c checker) call(call *ast.CallExpr, depth int) string {
	path, name := trace.Callee(c.TypesInfo, call)
	switch full := path + "." + name; {
	case c.keeps(call) || spellings[full] || hashes[full]:
		return c.any(call.Args, depth)
	case makers[full]:
		return fmt.Sprintf("the result of %s", types.ExprString(call.Fun))
	case name == "Hash.Sum" || name == "Writer.Sum":
		return c.sum(call)
	}
	return cmp.Or(c.asked(call), c.returned(call, depth))
}

// keeps reports whether a call is a conversion or an append: it has the bytes of
// its arguments.
func (c checker) keeps(call *ast.CallExpr) bool {
	name, ok := call.Fun.(*ast.Ident)
	return c.TypesInfo.Types[call.Fun].IsType() || ok && name.Name == "append"
}

// asked is the secret that a call names, in its one argument or by itself. What
// VerifySignature returns is no signature.
func (c checker) asked(call *ast.CallExpr) string {
	if len(call.Args) == 1 {
		if what := c.literal(call.Args[0]); what != "" {
			return what
		}
	}
	words := secretname.Words(trace.LastName(call.Fun))
	if len(words) == 0 || slices.Contains([]string{"verify", "check", "validate", "parse"}, words[0]) {
		return ""
	}
	if secretname.Is(words) || words[0] == "sign" {
		return fmt.Sprintf("the result of %s", types.ExprString(call.Fun))
	}
	return ""
}

// returned is the secret that a function of this package returns.
func (c checker) returned(call *ast.CallExpr, depth int) string {
	if body := c.index.Body(call); body != nil {
		return c.any(trace.Returned(body, 0), depth)
	}
	return ""
}

// sum is h.Sum(nil), a secret if h is an HMAC. A plain hash is a checksum.
func (c checker) sum(call *ast.CallExpr) string {
	receiver := call.Fun.(*ast.SelectorExpr).X
	object := c.index.Object(receiver)
	for _, e := range append(c.index.Values(object), receiver) {
		if made, ok := ast.Unparen(e).(*ast.CallExpr); ok {
			if path, name := trace.Callee(c.TypesInfo, made); path == "crypto/hmac" && name == "New" {
				return "the MAC of a message"
			}
		}
	}
	return ""
}

// literal is a constant text that names a secret: Header.Get("X-API-Key").
func (c checker) literal(e ast.Expr) string {
	value := c.TypesInfo.Types[e].Value
	if value == nil || value.Kind() != constant.String {
		return ""
	}
	text := constant.StringVal(value)
	if !secretname.Is(secretname.Words(text)) {
		return ""
	}
	return fmt.Sprintf("the value of %s", text)
}

// makers compute secrets.
var makers = map[string]bool{
	"golang.org/x/crypto/argon2.IDKey": true, "golang.org/x/crypto/argon2.Key": true,
	"golang.org/x/crypto/scrypt.Key": true, "golang.org/x/crypto/pbkdf2.Key": true,
	"golang.org/x/crypto/bcrypt.GenerateFromPassword": true,
	"crypto/pbkdf2.Key": true, "crypto/hkdf.Key": true, "crypto/hkdf.Expand": true, "crypto/hkdf.Extract": true,
}

// spellings write a value in another way.
var spellings = map[string]bool{
	"encoding/hex.EncodeToString": true, "encoding/hex.DecodeString": true,
	"encoding/base64.Encoding.EncodeToString": true, "encoding/base64.Encoding.DecodeString": true,
	"encoding/base32.Encoding.EncodeToString": true, "encoding/base32.Encoding.DecodeString": true,
	"strings.ToLower": true, "strings.ToUpper": true, "strings.TrimSpace": true, "strings.TrimPrefix": true,
	"strings.Clone": true,
	"bytes.ToLower": true, "bytes.TrimSpace": true, "bytes.Clone": true, "bytes.TrimPrefix": true,
	"fmt.Sprintf": true, "fmt.Sprint": true,
}

// hashes are sums of what they get: a secret if that is one.
var hashes = map[string]bool{
	"crypto/sha256.Sum256": true, "crypto/sha256.Sum224": true, "crypto/sha512.Sum512": true, "crypto/sha512.Sum384": true,
	"crypto/sha512.Sum512_256": true, "crypto/sha1.Sum": true, "crypto/md5.Sum": true,
	"crypto/sha3.Sum256": true, "crypto/sha3.Sum512": true,
}
