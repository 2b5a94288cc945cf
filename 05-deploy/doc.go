// Package deploy runs an HTTP server the way production needs it: timeouts on
// everything a client can stretch, health and readiness as two questions, a
// version that names the commit, and a stop that loses no request.
package deploy
