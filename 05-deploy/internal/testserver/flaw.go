package testserver

// Flaw is one way to break the contract. The empty one keeps it.
type Flaw string

// The flaws.
const (
	None                 Flaw = ""
	NotReady             Flaw = "not-ready"
	NoVersion            Flaw = "no-version"
	NoHeaders            Flaw = "no-security-headers"
	PlainErrors          Flaw = "errors-are-plain-text"
	NoSwagger            Flaw = "no-swagger-ui"
	OldDocument          Flaw = "swagger-2-document"
	SignUpIs200          Flaw = "sign-up-answers-200"
	TakesTakenNames      Flaw = "takes-taken-names"
	ShowsHash            Flaw = "shows-the-password-hash"
	MakesAdmins          Flaw = "everybody-is-an-administrator"
	AnyPassword          Flaw = "never-checks-the-password"
	CookieForScripts     Flaw = "cookie-without-httponly"
	TokenInBody          Flaw = "refresh-token-in-the-body"
	MeWithoutToken       Flaw = "me-without-a-token"
	KeepsRefreshToken    Flaw = "refresh-does-not-rotate"
	RefreshedIsDead      Flaw = "refresh-gives-a-dead-token"
	ForgivesReuse        Flaw = "forgives-reuse"
	ReuseKeepsSession    Flaw = "reuse-keeps-the-session"
	LogOutForgetsAccess  Flaw = "log-out-keeps-the-access-token"
	LogOutForgetsRefresh Flaw = "log-out-keeps-the-refresh-token"
	DeleteDoesNothing    Flaw = "delete-does-nothing"
	DeleteFails          Flaw = "delete-fails"
)

// SwaggerOff is no flaw but a setting: neither Swagger UI nor its document is
// there.
const SwaggerOff Flaw = "swagger-is-off"
