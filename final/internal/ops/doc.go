// Package ops holds the commands of the operator: they manage users, and copy
// or move the database. The server may be running meanwhile.
package ops
