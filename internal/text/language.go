package text

import (
	"os"
	"sync"
)

// Current is the language of this process, as [Language] reads it.
var Current = sync.OnceValue(func() string { return Language(os.Getenv) })
