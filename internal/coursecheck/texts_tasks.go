package main

import "example.com/authbook/internal/workbook/course"

// tasksOf are the comments of all exercises, which learners read by hint 0, with their
// files.
func tasksOf(chapters []*course.Chapter) (map[string][]string, error) {
	tasks := map[string][]string{}
	for _, ch := range chapters {
		all, err := ch.Reference.Exercises()
		if err != nil {
			return nil, err
		}
		for _, e := range all {
			task := course.TaskOf(e)
			tasks[task] = append(tasks[task], ch.Path(e.File))
		}
	}
	return tasks, nil
}
