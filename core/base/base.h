/* base.h - what every file may assume: checks that stay on, result codes, small macros.
 *
 * Three kinds of errors, never mixed (docs/architecture.md, "Errors"):
 *   a bug          MUST(): ends the program, in releases too; never about outside data
 *   no memory      mem.h ends the program; so sizes from outside are capped before use
 *   the world      a function returns `enum rc` and puts a sentence into `struct fault` */
#ifndef CORE_BASE_BASE_H
#define CORE_BASE_BASE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NODISCARD __attribute__((warn_unused_result))
#define NORETURN __attribute__((noreturn))
#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

#define countof(array) (sizeof(array) / sizeof((array)[0]))

/* True for what a bug alone can make false. */
#define MUST(cond) ((cond) ? (void)0 : must_fail(#cond, __FILE__, __LINE__))

/* Writes the place to standard error and aborts. Any thread. */
NORETURN void must_fail(const char *cond, const char *file, int line);

/* How a call ended. The sentence for a person is in the fault beside it. */
enum rc {
    RC_OK,
    RC_IO,        /* the system refused; fault.sys holds errno */
    RC_PARSE,     /* bytes from outside that are not what they should be */
    RC_DENIED,    /* refused by our own rules: not valid, not trusted, not allowed */
    RC_TOO_BIG,   /* over a cap */
    RC_MISSING,   /* it is not there: executable, file, container */
    RC_DOWN,      /* the engine does not run or cannot be reached */
    RC_FAILED,    /* the engine ran and said no; the sentence is its own */
    RC_TIMEOUT,   /* over its deadline */
    RC_CANCELLED, /* ended because we asked for it */
    RC_USAGE,     /* wrong words on our own command line */
    RC_COUNT
};

/* Lower-case name for logs, e.g. "timeout". Static storage. */
const char *rc_name(enum rc rc);

#endif
