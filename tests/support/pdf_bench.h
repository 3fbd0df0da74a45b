/* Pdf bench: a printed document read by other programs (poppler, zbar), for tests to judge what they see.
 *
 * Pitfall: lines and blanks are a matter of layout; squeeze both what was read and what is looked for.
 */
#ifndef TESTS_SUPPORT_PDF_BENCH_H
#define TESTS_SUPPORT_PDF_BENCH_H

/* What a shell command says about a file; the format has one %s for its path. A command that fails or says
 * nothing stops the test. Owns: the caller, with free. */
char *pdf_bench_output(const char *format, const char *path);

/* Blanks, wide blanks, lines to write on and line ends are taken out of the text. */
void pdf_bench_squeeze(char *text);

enum { PDF_BENCH_TICKED_BYTES = 1024 };

/* The words behind the ticked boxes of the first page, bars between, in reading order. */
void pdf_bench_ticked(const char *path, char out[PDF_BENCH_TICKED_BYTES]);

#endif
