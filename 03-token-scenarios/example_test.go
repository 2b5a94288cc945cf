package tokens

import (
	"context"
	"errors"
	"fmt"
)

// A scenario that expects success passes on a correct server. It passes on
// impostors too, so it unmasks none of them.
func Example_story() {
	row := tell("an access token works", logIn("a"), me("a"))
	fmt.Println("a correct server:", row.Play(newWorld(newModel("")())))
	for _, flaw := range []string{"never-expires", "never-checks-the-access-token-signature", "mixes-users-up"} {
		fmt.Println(flaw+":", row.Play(newWorld(newModel(flaw)())))
	}
	// Output:
	// a correct server: <nil>
	// never-expires: <nil>
	// never-checks-the-access-token-signature: <nil>
	// mixes-users-up: <nil>
}

// A refresh token is exchanged for the next one. A client that comes back with
// one of two generations ago has a copy, and the session ends.
func ExampleSessions_Refresh() {
	ctx := context.Background()
	store := NewMemoryStore(func(context.Context, string) (User, error) {
		return User{ID: "1", Username: "JIN HO"}, nil
	})
	sessions := NewSessions(store, standInJWT(accessKey), standInMAC{refreshKey})

	first, _ := sessions.Open(ctx, "1", 0, Client{})
	second, _ := sessions.Refresh(ctx, first.RefreshToken)
	again, _ := sessions.Refresh(ctx, first.RefreshToken) // the response was lost
	fmt.Println("the same successor:", again.RefreshToken == second.RefreshToken)

	third, _ := sessions.Refresh(ctx, second.RefreshToken)
	_, err := sessions.Refresh(ctx, first.RefreshToken)
	fmt.Println("a thief:", err, errors.Is(err, ErrReused))

	_, err = sessions.Authenticate(ctx, third.AccessToken)
	fmt.Println("the newest access token:", err)
	// Output:
	// the same successor: true
	// a thief: INVALID_TOKEN: tokens: refresh token reused true
	// the newest access token: INVALID_TOKEN: tokens: session revoked
}

// After a log-out nothing works any more, and logging out again does no harm.
func ExampleSessions_LogOut() {
	ctx := context.Background()
	store := NewMemoryStore(func(context.Context, string) (User, error) {
		return User{ID: "1", Username: "JIN HO"}, nil
	})
	sessions := NewSessions(store, standInJWT(accessKey), standInMAC{refreshKey})

	pair, _ := sessions.Open(ctx, "1", 0, Client{})
	who, _ := sessions.Authenticate(ctx, pair.AccessToken)
	fmt.Println("logged in:", who.Username)

	_, err := sessions.LogOut(ctx, pair.RefreshToken, pair.AccessToken)
	fmt.Println("log out:", err)
	_, err = sessions.Authenticate(ctx, pair.AccessToken)
	fmt.Println("access token:", err)
	_, err = sessions.Refresh(ctx, pair.RefreshToken)
	fmt.Println("refresh token:", err)
	_, err = sessions.LogOut(ctx, pair.RefreshToken)
	fmt.Println("log out again:", err)
	// Output:
	// logged in: JIN HO
	// log out: <nil>
	// access token: INVALID_TOKEN: tokens: session revoked
	// refresh token: INVALID_TOKEN: tokens: session revoked
	// log out again: <nil>
}
