// Command ship puts the server on a machine, and replaces it there without
// losing a request:
//
//	go run ./05-deploy/ship ec2-user@203.0.113.7
//
// The first run and every later one are the same command. It builds a static
// binary for the machine, uploads it, starts it beside the running one, moves
// the traffic when the new one is ready, and checks the contract from outside.
// If any of that fails, the machine is as it was before.
//
// It needs an account that may log in with a key and use sudo without a
// password, as on a fresh EC2 instance, and systemd on the machine.
package main
