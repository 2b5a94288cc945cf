// Package config reads the environment of the server and checks it. The table
// [Variables] names everything that can be set.
package config
