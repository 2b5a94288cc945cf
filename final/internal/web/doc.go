// Package web is the server without its listeners: the parts of the chapters,
// plugged together (internal/plugs), and the routes that lead to them (routes.go).
package web
