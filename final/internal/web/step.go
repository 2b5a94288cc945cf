package web

import middleware "example.com/authbook/01-middleware"

// step names a middleware for the lab, which shows the way of each request. With LAB=off
// it is the middleware itself. The key r of `workbook watch` builds the server with
// another one in its place.
func (a *App) step(name string, m middleware.Middleware) middleware.Middleware {
	if a.lab == nil {
		return m
	}
	return a.lab.Step(name, m)
}
