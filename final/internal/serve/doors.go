package serve

import (
	"context"
	"log/slog"
	"net"
	"net/http"
	"time"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/places"
	"example.com/authbook/final/internal/web"
)

// door is a server and where its requests come in.
type door struct {
	server   *http.Server
	listener net.Listener
}

// doors are where requests come in: over HTTPS, and over plain HTTP, which then
// only leads to it and answers the authority. The certificate is watched until
// ctx ends.
func (s *server) doors(ctx context.Context) []door {
	main := NewHTTPServer(s.app, s.app.Handler(), s.log)
	if s.listeners.https == nil {
		return []door{{main, s.app.Places.Listen(s.listeners.http)}}
	}
	certificates := newCertificates(s.config, s.certDir, s.log)
	s.app.WatchCertificate(certificates.Expiry)
	first := time.Duration(0)
	if s.listeners.inherited {
		first = lookAfterSwitch
	}
	go certificates.watch(ctx, first)
	redirect := certificates.HTTPHandler(deploy.RedirectToHTTPS(s.config.Domain))
	plain := s.app.Around()(hideChallengeErrors(redirect))
	return []door{
		{main, s.app.Places.ListenTLS(s.listeners.https, certificates.TLSConfig())},
		{NewHTTPServer(s.app, plain, s.log), s.app.Places.Listen(s.listeners.http)},
	}
}

// What a connection of HTTP/2 may have open at a time, besides [places.Streams]
// requests, and so what a place among the connections can cost.
const (
	// bufferPerConnection bounds the bytes of bodies that nobody has read yet:
	// net/http would take 1 MiB. It is the least that HTTP/2 knows.
	bufferPerConnection = 64 << 10
	// frameSize is the least that HTTP/2 knows too; net/http would read 1 MiB.
	frameSize = 16 << 10
)

// NewHTTPServer answers with h. All servers of an app share its places for
// connections: give it a listener of them.
func NewHTTPServer(a *web.App, h http.Handler, log *slog.Logger) *http.Server {
	server := deploy.NewServer(h, quieter(log))
	a.Places.Watch(server)
	server.HTTP2 = &http.HTTP2Config{
		MaxConcurrentStreams:          places.Streams,
		MaxReceiveBufferPerConnection: bufferPerConnection,
		MaxReceiveBufferPerStream:     bufferPerConnection,
		MaxReadFrameSize:              frameSize,
	}
	server.DisableGeneralOptionsHandler = true // else OPTIONS * passes neither the log nor the headers
	return server
}
