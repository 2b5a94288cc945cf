//go:build deps

// Package deps pins the modules of DESIGN 7 until the code imports them.
package deps

import (
	_ "github.com/chromedp/chromedp"
	_ "github.com/fsnotify/fsnotify"
	_ "github.com/getkin/kin-openapi/openapi3"
	_ "github.com/getkin/kin-openapi/openapi3filter"
	_ "github.com/getkin/kin-openapi/routers/legacy"
	_ "github.com/go-playground/validator/v10"
	_ "github.com/golang-jwt/jwt/v5"
	_ "github.com/jackc/pgx/v5/pgxpool"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "github.com/prometheus/client_golang/prometheus/promhttp"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/stretchr/testify/require"
	_ "github.com/swaggo/files/v2"
	_ "github.com/swaggo/http-swagger/v2"
	_ "golang.org/x/crypto/argon2"
	_ "golang.org/x/text/secure/precis"
	_ "golang.org/x/time/rate"
	_ "golang.org/x/tools/go/analysis"
	_ "modernc.org/sqlite"
	_ "pgregory.net/rapid"
)
