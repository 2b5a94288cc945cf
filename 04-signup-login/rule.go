package accounts

// The codes of a [RuleError] and of the fields of a VALIDATION_FAILED answer.
const (
	codeRequired          = "REQUIRED"
	codeWrongType         = "WRONG_TYPE"
	codeUnknownField      = "UNKNOWN_FIELD"
	codeTooShort          = "TOO_SHORT"
	codeTooLong           = "TOO_LONG"
	codeInvalidCharacters = "INVALID_CHARACTERS"
	codeDuplicate         = "DUPLICATE"
	codeUnknownRole       = "UNKNOWN_ROLE"
	codeTooCommon         = "TOO_COMMON"
	codeLikeName          = "LIKE_NAME"
	codeUnchanged         = "UNCHANGED"
	codeSamplePassword    = "SAMPLE_PASSWORD"
)

// RuleError says which rule a name, a password or a role breaks. It never holds
// the value itself: that may be a password typed into the wrong field.
type RuleError struct {
	Code    string // stable, such as TOO_SHORT
	Message string // what would be right, one sentence
}

// Error returns the message.
func (e *RuleError) Error() string { return e.Message }
