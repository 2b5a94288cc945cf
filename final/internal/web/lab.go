package web

import (
	"fmt"
	"net/http"

	middleware "example.com/authbook/01-middleware"
	"example.com/authbook/final/internal/lab"
	"example.com/authbook/final/internal/plugs"
)

// newLab returns the page of LAB=on, or nil: with LAB=off the server has no part of it.
func (a *App) newLab(jwt plugs.JWT) (*lab.Lab, error) {
	if !a.config.Lab {
		return nil, nil
	}
	exercises, err := lab.ReadExercises(a.config.LabExercises)
	if err != nil {
		return nil, fmt.Errorf("LAB_EXERCISES: %w", err)
	}
	return lab.New(lab.Config{
		Exercises: exercises,
		Missing:   middleware.Errors(a.log)(missing),
		Judge: func(token string) error {
			_, err := jwt.Verify(token)
			return err
		},
	})
}

// addLab adds the lab's paths. Without the first, the mux would lead /lab to /lab/
// before anybody looks who asks.
func (a *App) addLab(mux *http.ServeMux) {
	if a.lab != nil {
		mux.Handle("/lab", a.lab)
		mux.Handle("/lab/", a.lab)
	}
}
