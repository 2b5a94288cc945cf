// Package text says what the project's tools print, in the reader's language.
//
// English stands in the code, where it is said, and is the key at the same
// time, as with gettext: [T] and [N] look a whole sentence up and fall back to
// it. So a changed English sentence can't keep its old translation. The
// English catalogue, messages.pot, is collected from the code; ko.po has the
// Korean.
//
// [T] speaks the language of the process, which is all that a terminal needs. What
// answers readers of two languages at once, as the book does, uses a [Language]: a UI, a
// Course and a Chapter have one, which speaks.
//
// A text is a whole sentence or a whole label, a constant of the type [Key].
// Parts are never glued together with +, for another language has another
// order; %[2]s takes arguments out of order.
//
// `go tool coursecheck texts --write` collects the texts again, and says what
// is printed past the catalogue.
//
// In a Korean text, {은/는}, {이/가}, {을/를}, {과/와} and {으로/로} stand for
// the particle that fits the word before them, once it is in place.
package text
