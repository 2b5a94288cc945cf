package lesson

import (
	"fmt"
	"log"
	"log/slog"
	"os"
)

// Tell prints a text in one of the ways there are.
//
//workbook:exercise 9.11
func Tell(way, text string) {
	switch way {
	case "slog":
		slog.Info("refused", "token", text)
	case "log":
		log.Printf("refused: %s", text)
	case "standard error":
		fmt.Fprintln(os.Stderr, "first\nrefused: "+text)
	case "a logger of its own":
		slog.SetDefault(slog.New(slog.NewJSONHandler(os.Stdout, nil)))
		slog.Info(text)
	default:
		fmt.Println("refused, and I don't say what")
	}
}
