// Package deploy runs an HTTP server the way production needs it, and replaces
// it by the next version without losing a request.
//
// The life of a process: [CheckDomain] reads configuration, [Inherited] or
// [Listen] opens the door, [NewServer] puts a limit on everything that a client
// can stretch, [Notify] tells the service manager that it is ready, [Health]
// answers whether it lives and whether it takes traffic, and [Serve] stops it
// in four steps that lose nothing.
//
// The life of a release: [Layout] keeps the releases of a machine, two of which
// can run side by side, [RunSteps] goes the way back when a step fails, and
// [Verify] checks from outside that the server keeps its contract.
//
// The command ship puts these together with SSH and systemd.
package deploy
