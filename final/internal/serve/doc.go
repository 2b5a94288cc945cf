// Package serve runs the server: it opens the database and the listeners, gets
// the certificate, and drains what is in progress when it stops.
package serve
