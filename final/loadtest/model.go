package main

import "fmt"

// What people do, and what a machine may be asked for: the assumptions of
// docs/scale.md. Who knows better changes them here.
const (
	activeShare = 0.2    // of all users, on a day
	peakFactor  = 3.0    // the busiest minute beside the mean of the day
	daySeconds  = 86_400 // in a day
	busy        = 0.6    // of its CPUs: more would make a queue at each peak
	hour        = 3_600  // seconds, within which all come back on the worst day
	sessionRow  = 1_000  // bytes of a user and of their sessions, with indexes
)

// perDay is how often an active user sends a request of a kind on a day. Who
// logs in every ten days has a session the rest of the time.
var perDay = [kinds]float64{read: 40, refresh: 8, logInKind: 0.1}

// need is what so many users ask for at the peak of a day.
type need struct {
	rates             [kinds]float64 // requests a second
	servers, database float64        // CPUs
	worst             float64        // CPUs of the servers, when all sessions have ended
	commits           float64        // a second
	gigabytes         float64
}

func needOf(users float64, costs [kinds]cost) (n need) {
	for kind, c := range costs {
		n.rates[kind] = users * activeShare * perDay[kind] / daySeconds * peakFactor
		n.servers += n.rates[kind] * c.servers.Seconds() / busy
		n.database += n.rates[kind] * c.database.Seconds() / busy
	}
	n.worst = users * activeShare / hour * costs[logInKind].servers.Seconds() / busy
	n.commits = n.rates[refresh] + n.rates[logInKind]
	n.gigabytes = users * sessionRow / 1e9
	return n
}

// modelRows are what growing numbers of users need.
func modelRows(costs [kinds]cost) (rows []row) {
	for _, users := range []float64{1e5, 1e6, 1e7, 1e8} {
		n := needOf(users, costs)
		rows = append(rows, row{
			what: fmt.Sprintf("%.0f users, by what one server needs here", users), goal: none,
			measured: fmt.Sprintf("at the peak %.0f reads/s, %.0f refreshes/s, %.1f log-ins/s: servers %.1f CPUs, "+
				"PostgreSQL %.1f CPUs, %.0f commits/s, %.1f GB; all log in within an hour: servers %.0f CPUs",
				n.rates[read], n.rates[refresh], n.rates[logInKind],
				n.servers, n.database, n.commits, n.gigabytes, n.worst),
			met: true,
		})
	}
	return rows
}
