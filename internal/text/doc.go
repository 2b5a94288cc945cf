// Package text says what the project's tools print, in the reader's language.
//
// English stands in the code, where it is said, and is the key at the same
// time, as with gettext: [T] and [N] look a whole sentence up and fall back to
// it. So a changed English sentence can't keep its old translation. The
// English catalogue, messages.pot, is collected from the code; ko.po has the
// Korean.
//
// A text is a whole sentence or a whole label. Parts are never glued together
// with +, for another language has another order; %[2]s takes arguments out of
// order.
package text
