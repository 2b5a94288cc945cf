package deploy_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/05-deploy/internal/testserver"
)

func ExampleRunSteps() {
	say := func(text string, err error) func(context.Context) error {
		return func(context.Context) error {
			fmt.Println(text)
			return err
		}
	}
	err := deploy.RunSteps(context.Background(), []deploy.Step{
		{Name: "start the new release", Do: say("b runs", nil), Undo: say("b is stopped", nil)},
		{Name: "send it the traffic", Do: say("b serves", nil), Undo: say("a serves again", nil)},
		{Name: "check the contract", Do: say("log-in fails", errors.New("expected 200, got 500"))},
	}, func(string) {})
	fmt.Println(err)
	// Output:
	// b runs
	// b serves
	// log-in fails
	// a serves again
	// b is stopped
	// check the contract: expected 200, got 500
}

func ExampleVerify() {
	server := httptest.NewServer(testserver.New(testserver.ForgivesReuse, "abc").Handler(nil))
	defer server.Close()
	report := deploy.Verify(context.Background(), server.URL)
	for _, result := range report.Results {
		if result.Err != nil {
			fmt.Printf("%s: %v\n", result.Name, result.Err)
		}
	}
	// Output:
	// a used refresh token is refused: expected 401 INVALID_TOKEN, got 200
	// and has ended its session: expected 401 INVALID_TOKEN, got 200
}

func ExampleCheckDomain() {
	fmt.Println(deploy.CheckDomain("https://auth.example.com"))
	fmt.Println(deploy.CheckDomain("auth.example.com"))
	// Output:
	// "https://auth.example.com" is a URL; a domain has no scheme and no path: auth.example.com
	// <nil>
}
