// Command others is GET /me behind a bearer token, as gin and fiber serve it with
// golang-jwt. It is what final/loadtest compares the server with, in a module of
// its own, so that neither framework is in the server's go.mod.
//
//	others gin|fiber
//
// It verifies the signature and the times of the token and answers from it. It
// reads no session and writes no log, so that a log-out would not count.
package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gofiber/fiber/v2"
	"github.com/golang-jwt/jwt/v5"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "others:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("authbook is ready: http://%s\n", listener.Addr())
	t := tokens{key: []byte(rand.Text() + rand.Text())}
	switch strings.Join(args, " ") {
	case "gin":
		return http.Serve(listener, ginServer(t))
	case "fiber":
		return fiberServer(t).Listener(listener)
	default:
		return errors.New("say gin or fiber")
	}
}

// user is what GET /me answers.
type user struct {
	Username string `json:"username"`
	Nickname string `json:"nickname"`
	Roles    []role `json:"roles"`
}

type role struct {
	Role string `json:"role"`
}

func userOf(name string) user { return user{name, "Load", []role{{"USER"}}} }

// tokens signs and verifies access tokens.
type tokens struct{ key []byte }

func (t tokens) sign() (string, error) {
	now := time.Now()
	return jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Issuer: "authbook", Audience: jwt.ClaimStrings{"authbook"}, Subject: "load 0", ID: rand.Text(),
		IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(15 * time.Minute)),
	}).SignedString(t.key)
}

// subject returns whom the Authorization header names.
func (t tokens) subject(header string) (string, error) {
	token, ok := strings.CutPrefix(header, "Bearer ")
	if !ok {
		return "", errors.New("no bearer token")
	}
	var claims jwt.RegisteredClaims
	_, err := jwt.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return t.key, nil },
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired(),
		jwt.WithIssuer("authbook"), jwt.WithAudience("authbook"))
	return claims.Subject, err
}

func ginServer(t tokens) http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.Use(gin.Recovery())
	r.POST("/signup", func(c *gin.Context) { c.Status(http.StatusCreated) })
	r.POST("/login", func(c *gin.Context) {
		token, err := t.sign()
		if err != nil {
			c.Status(http.StatusInternalServerError)
			return
		}
		c.JSON(http.StatusOK, gin.H{"token": token})
	})
	r.GET("/me", func(c *gin.Context) {
		name, err := t.subject(c.GetHeader("Authorization"))
		if err != nil {
			c.Status(http.StatusUnauthorized)
			return
		}
		c.JSON(http.StatusOK, userOf(name))
	})
	return r
}

func fiberServer(t tokens) *fiber.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	app.Post("/signup", func(c *fiber.Ctx) error { return c.SendStatus(http.StatusCreated) })
	app.Post("/login", func(c *fiber.Ctx) error {
		token, err := t.sign()
		if err != nil {
			return err
		}
		return c.JSON(fiber.Map{"token": token})
	})
	app.Get("/me", func(c *fiber.Ctx) error {
		name, err := t.subject(c.Get("Authorization"))
		if err != nil {
			return c.SendStatus(http.StatusUnauthorized)
		}
		return c.JSON(userOf(name))
	})
	return app
}
