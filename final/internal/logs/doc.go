// Package logs is where the server writes what happens, and how it names those
// whom it happens to.
package logs
