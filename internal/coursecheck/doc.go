// Coursecheck is the authors' tool. It proves that the course teaches:
//
//	go tool coursecheck prove 1    blanks fail for the right reason, wrong answers are caught
//	go tool coursecheck matrix 1   each rule of the notes, its tests, and whom they catch
//	go tool coursecheck questions 1  what the workbook can ask, kind by kind
//	go tool coursecheck mutants 1  small changes of the code that no test notices, idle rows
//	go tool coursecheck notes 1    the blocks of the notes, and AGENTS.md, are what their sources say
//	go tool coursecheck texts     the catalogues of texts have what the tool says and exercises ask
//	go tool coursecheck new 1.11 NoStore    the skeleton of a new exercise
//
// What it checks is in internal/workbook/proof.
package main
