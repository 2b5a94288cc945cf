// Package review is what a reviewer reads: the description of a pull request,
// a chapter beside its reference with a draft of the comments, the prompt for an
// AI, the annotations of CI, and the drills. It runs the learner's code.
package review
