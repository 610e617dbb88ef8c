#ifndef HP_REJECT_H
#define HP_REJECT_H

/* Exit codes of every command. */
enum {
  HP_EXIT_PASSED = 0,      /* pass, not-applicable, not-asymptotic */
  HP_EXIT_FAILED = 1,      /* a claim failed */
  HP_EXIT_BAD_INPUT = 2,   /* the command line or a file it names */
  HP_EXIT_INTERRUPTED = 3, /* SIGINT or SIGTERM; what was finished is kept */
  HP_EXIT_ERROR = 4 /* an error verdict, a dead worker, no memory, output lost, other arithmetic */
};

/* "heavyproof: ...", one line on standard error, and exit(HP_EXIT_BAD_INPUT). Control characters
 * are shown as '?'. The text ends in "; accepted: ...". */
_Noreturn void hp_reject(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
