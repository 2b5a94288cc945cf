// Package token is the second chapter of the small course.
package token
