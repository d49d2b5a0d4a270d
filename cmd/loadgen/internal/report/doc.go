// Package report is what loadgen says about a run: a [Report], and its forms for people
// and programs.
//
//	Text          for people
//	WriteJSON     one object; Read takes it, and result files, back
//	WriteCSV      a line for each second
//	WriteHDR      percentiles and interval logs that HdrHistogram's tools read
//	Row           a flat row for benchmarks/results
//	Compare       two runs, figure by figure, with confidence intervals
//	ParseSLO      what a run has to hold
//
// What compares, judges and flattens goes over one list of figures (figures.go), so a
// figure has one name everywhere.
//
// A Report is plain data and belongs to who has it; no function keeps or changes it.
package report
