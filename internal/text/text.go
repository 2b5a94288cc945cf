package text

import (
	"cmp"
	_ "embed"
	"sync"
)

// Key is a text as it stands in the code, in English. Every constant of this type is
// in the catalogue.
type Key string

// String is the text in the language of this process.
func (k Key) String() string { return T(k) }

// T is [Language.T] in the language of this process.
func T(format Key, args ...any) string { return Current().T(format, args...) }

// N is [Language.N] in the language of this process.
func N(n int, one, many Key, args ...any) string { return Current().N(n, one, many, args...) }

// Errorf is [Language.Errorf] in the language of this process.
func Errorf(format Key, args ...any) error { return Current().Errorf(format, args...) }

//go:embed ko.po
var koreanPO string

var koreanTexts = sync.OnceValue(func() map[string]string { return Parse(koreanPO) })

//go:embed tasks.ko.po
var koreanTasksPO string

var koreanTasks = sync.OnceValue(func() map[string]string { return Parse(koreanTasksPO) })

// Task is the comment of an exercise in this language, in English where nobody has
// translated it.
func (l Language) Task(english string) string {
	if l != Korean {
		return english
	}
	return cmp.Or(koreanTasks()[english], english)
}
