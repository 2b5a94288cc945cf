package web

import (
	"fmt"
	"net/http"

	middleware "example.com/authbook/01-middleware"
	"example.com/authbook/final/internal/lab"
	"example.com/authbook/final/internal/plugs"
)

// addLab makes the page of LAB=on, which hears what is logged. With LAB=off the server
// has no part of it.
func (a *App) addLab(jwt plugs.JWT) error {
	if !a.config.Lab {
		return nil
	}
	course, err := lab.ReadCourse(a.config.LabExercises)
	if err != nil {
		return fmt.Errorf("LAB_EXERCISES: %w", err)
	}
	a.lab, err = lab.New(lab.Config{
		Course:  course,
		Missing: middleware.Errors(a.log)(missing),
		Judge: func(token string) error {
			_, err := jwt.Verify(token)
			return err
		},
	})
	if err == nil {
		a.log = a.lab.Logger(a.log)
	}
	return err
}

// openLab adds the lab's paths. Without the first, the mux would lead /lab to /lab/
// before anybody looks who asks.
func (a *App) openLab(mux *http.ServeMux) {
	if a.lab != nil {
		mux.Handle("/lab", a.lab)
		mux.Handle("/lab/", a.lab)
	}
}
