package proof

import "regexp"

// Behind a number both languages say what it counts: "30 seconds" is 30초, and not 30분.

// unit is a unit in both languages.
type unit struct{ english, korean *regexp.Regexp }

// units are those that are easily taken for each other.
var units = []unit{
	unitOf(`ms|milliseconds?`, `ms|밀리초`), unitOf(`s|sec|seconds?`, `초`), unitOf(`min|minutes?`, `분`),
	unitOf(`h|hours?`, `시간`), unitOf(`days?`, `일`), unitOf(`weeks?`, `주`), unitOf(`years?`, `년`),
	unitOf(`bytes?`, `바이트`), unitOf(`bits?`, `비트`), unitOf(`kB|KB`, `kB|KB`), unitOf(`KiB`, `KiB`), unitOf(`MB`, `MB`),
	unitOf(`MiB`, `MiB`), unitOf(`GB`, `GB`), unitOf(`GiB`, `GiB`),
}

func unitOf(english, korean string) unit {
	const number = `(\d[\d,.]*)`
	return unit{regexp.MustCompile(number + `[ -](?:` + english + `)\b`),
		regexp.MustCompile(number + ` ?(?:` + korean + `)(?:[^A-Za-z]|$)`)}
}

// unitsChanged are numbers that count something else in Korean.
func unitsChanged(english, korean string) (all []string) {
	english, korean = withoutCode(english), withoutCode(korean)
	for _, u := range units {
		for _, said := range u.english.FindAllStringSubmatch(english, -1) {
			if countsNot(korean, said[1], u) {
				all = append(all, "unit is another: "+said[0])
			}
		}
	}
	return all
}

// countsNot reports whether a number has units in Korean, and never this one.
func countsNot(korean, number string, want unit) bool {
	other := false
	for _, u := range units {
		for _, said := range u.korean.FindAllStringSubmatch(korean, -1) {
			if said[1] != number {
				continue
			}
			if u == want {
				return false
			}
			other = true
		}
	}
	return other
}
