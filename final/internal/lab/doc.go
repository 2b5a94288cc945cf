// Package lab serves /lab/, a page that shows the learner's own running code. Each
// of its panels asks for a guess, and then shows what the code does.
//
// The page says which check refused a token. On a public server that would help an
// attacker, so nothing here can be reached from elsewhere: the server mounts it with
// LAB=on alone, which `workbook run` sets and the configuration refuses with DOMAIN,
// with https and on an address that others reach; and onlyhere.Guard looks at every
// request. Whom it does not let in gets the answer of an unknown path.
//
// # How a panel is added
//
//  1. A file here, such as anatomy.go, with one function that adds its part of the
//     API: func (l *Lab) anatomy(mux *http.ServeMux). It registers paths such as
//     "POST /lab/api/anatomy/judge", and lab.go calls it in routes. What a panel
//     keeps is a field of [Lab], made by [New]: no package variable.
//  2. A module assets/anatomy.js that exports mount(element, texts, api). The element
//     is the empty <section> of the panel; texts is its part of the texts; api has get,
//     post and exercise (see lab.js). lab.js has the list of the panels.
//  3. Its sentences in assets/texts.en.json and texts.ko.json, under its name. No other
//     file has a text, and a test compares the two.
//  4. What a request changes is a POST. The guard refuses one of another page.
//  5. Each result names the exercise behind it, by its number. api.exercise(id) is the
//     element with the name, the file and the line, and whose code it is.
//
// Scripts are plain modules and SVG is made with elements: the policy of the page
// allows no inline script and no inline style.
package lab
