// Package deploy runs an HTTP server the way production needs it, and replaces
// it by the next version without losing a request.
//
// It has three parts, which do not use one another. They are one package because
// the exercises of a chapter are in one folder.
//
// The life of a process: [CheckDomain] reads configuration, [Inherited] or
// [Listen] opens the door, [NewServer] puts a limit on everything that a client can
// stretch, [Notify] tells the service manager that it is ready,
// [Health] answers whether it lives and whether it takes traffic, and [Serve]
// stops it in four steps that lose nothing. Files: domain, listen, inherit,
// server, notify, health, version, redirect, drain.
//
// The life of a release: [Layout] keeps the releases of a machine, two of which
// can run side by side, [RunSteps] goes the way back when a step fails, and
// [Ending] says why a process ended, and [HowLong] says a time in words. Files:
// layout, install, checksum, link, prune, steps, ending, howlong.
//
// The look from outside: [CheckOrigin] reads an address, and [Verify] checks that
// the server there keeps its contract. Files: origin, verify, check, contract.
//
// The command ship puts these together with SSH and systemd.
package deploy
