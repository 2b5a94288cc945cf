// Command clients leads an account through its life, with a client that ogen
// generated from docs/openapi.yaml: .ci/clients puts it beside this file and
// runs `go run . http://localhost:8080`. The generated code checks each answer
// against the document. An answer of another kind than expected ends the run.
package main

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"os"
	"strings"

	"clients/api"
)

const (
	password    = "12341234"
	newPassword = "violet anvils sing 7"
)

func main() {
	var held tokens
	client, err := api.NewClient(os.Args[1], &held)
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	signUp(ctx, client)
	logIn(ctx, client, &held, password)
	use(ctx, client, &held)
	leave(ctx, client, &held)
}

// tokens gives the generated client what it has to send.
type tokens struct{ access, refresh string }

func (t *tokens) Bearer(context.Context, api.OperationName) (api.Bearer, error) {
	return api.Bearer{Token: t.access}, nil
}

func (t *tokens) RefreshCookie(context.Context, api.OperationName) (api.RefreshCookie, error) {
	return api.RefreshCookie{APIKey: t.refresh}, nil
}

func (t *tokens) keep(token api.Token, setCookie string) {
	cookie, err := http.ParseSetCookie(setCookie)
	must(err == nil && cookie.Name == "refresh", "the refresh token is in a cookie")
	must(cookie.Value != t.refresh, "the refresh token is a new one")
	t.access, t.refresh = token.Token, cookie.Value
}

func signUp(ctx context.Context, client *api.Client) {
	jin := &api.SignUp{Username: "JIN HO", Password: password, Nickname: "Mentos"}
	got[*api.UserHeaders]("sign up")(client.SignUp(ctx, jin))

	taken := got[*api.UsernameTakenHeaders]("409")(client.SignUp(ctx, jin))
	must(taken.Response.Code == "USER_ALREADY_EXISTS", "the name is taken")

	jin.Username = "JIN  HO" // two spaces, which the document forbids in words alone
	invalid := got[*api.InvalidHeaders]("400")(client.SignUp(ctx, jin))
	must(invalid.Response.Code == api.InvalidProblemCodeVALIDATIONFAILED, "a field is wrong")
	must(invalid.Response.Errors[0].Field == "username", "the problem names the field")
}

func logIn(ctx context.Context, client *api.Client, held *tokens, secret string) {
	credentials := &api.LogIn{Username: "JIN HO", Password: "43214321"}
	wrong := got[*api.WrongCredentialsHeaders]("401")(client.LogIn(ctx, credentials))
	must(wrong.Response.Code == "INVALID_CREDENTIALS", "the password is wrong")

	credentials.Password = secret
	in := got[*api.LoggedInHeaders]("log in")(client.LogIn(ctx, credentials))
	held.keep(in.Response, in.SetCookie)
}

func use(ctx context.Context, client *api.Client, held *tokens) {
	me := got[*api.UserAnswerHeaders]("me")(client.GetMe(ctx))
	must(me.Response.Nickname == "Mentos", "it is the user who signed up")

	list := got[*api.SessionsHeaders]("sessions")(client.ListSessions(ctx))
	must(len(list.Response.Sessions) == 1 && list.Response.Sessions[0].Current, "there is one session, this one")
	must(list.Response.Sessions[0].Device != "", "the session says which device it is")

	renewed := got[*api.TokensHeaders]("refresh")(client.Refresh(ctx))
	held.keep(renewed.Response, renewed.SetCookie)
	got[*api.UserAnswerHeaders]("me, with the new token")(client.GetMe(ctx))

	change := &api.ChangePassword{CurrentPassword: password, NewPassword: newPassword}
	changed := got[*api.PasswordChanged]("change the password")(client.ChangePassword(ctx, change))
	must(strings.HasPrefix(changed.SetCookie, "refresh="), "the password's change replaces the refresh token")
	got[*api.Done]("log out everywhere else")(client.EndOtherSessions(ctx))
	got[*api.NotFoundHeaders]("404")(client.EndSession(ctx, api.EndSessionParams{ID: "NOSUCH"}))
}

func leave(ctx context.Context, client *api.Client, held *tokens) {
	got[*api.LoggedOut]("log out")(client.LogOut(ctx))
	ended := got[*api.NoAccessTokenHeaders]("401")(client.GetMe(ctx))
	must(ended.Response.Code == api.TokenProblemCodeINVALIDTOKEN, "the session is over")

	logIn(ctx, client, held, newPassword)
	got[*api.Done]("delete the account")(client.DeleteMe(ctx, &api.CurrentPassword{CurrentPassword: newPassword}))
}

// got returns a function that takes an answer and returns it as a T.
func got[T any](step string) func(answer any, err error) T {
	return func(answer any, err error) T {
		typed, ok := answer.(T)
		if !ok {
			log.Fatalf("%s: got %T, %v", step, answer, err)
		}
		fmt.Printf("  %s: %T\n", step, answer)
		return typed
	}
}

func must(ok bool, what string) {
	if !ok {
		log.Fatalf("not so: %s", what)
	}
}
