package main

import (
	"net/http"
	"strings"
	"testing"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMaintenance_answersHealthAlone(t *testing.T) {
	s := newServer(t, func(c *config.Config) { c.Maintenance = true })
	for _, request := range []string{
		"POST /signup", "POST /login", "POST /refresh", "POST /logout", "POST /logout/all",
		"GET /me", "DELETE /me", "GET /me/sessions", "DELETE /me/sessions",
		"DELETE /me/sessions/AAAAAAAAAAAAAAAAAAAAAAAAA2", "PUT /me/password", "PATCH /admin/users/x/roles",
		"GET /version", "GET /openapi.json", "GET /swagger/", "GET /swagger/index.html", "GET /",
	} {
		method, path, _ := strings.Cut(request, " ")
		a := s.do(method, path, "")
		assert.Equal(t, http.StatusServiceUnavailable, a.status, request)
		assert.Equal(t, "UNAVAILABLE", a.code(), request)
		assert.Equal(t, "application/problem+json", a.header.Get("Content-Type"), request)
		assert.Equal(t, "60", a.header.Get("Retry-After"), request)
		assert.Contains(t, a.body, "closed for maintenance", request)
	}
	assert.Equal(t, http.StatusOK, s.do("GET", "/healthz", "").status)
	assert.Equal(t, http.StatusOK, s.do("GET", "/readyz", "").status, "a balancer must not take every server out")
	require.NoError(t, deploy.VerifyMaintenance(t.Context(), s.url).Err())
	require.Error(t, deploy.Verify(t.Context(), s.url).Err(), "nobody takes it for a server that is open")
	require.Error(t, deploy.VerifyMaintenance(t.Context(), newServer(t).url).Err(), "nor the other way round")
}
