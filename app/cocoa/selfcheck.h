/* selfcheck.h - does this system have what the message tables name? `doctor --self-check`.
 *
 * Asks the Objective-C runtime for the class and the method of each row, REQ and OPT. Sends no
 * message of AppKit's and needs no display. Before or instead of gui_main(), never beside it.
 * Threads: main. Memory: nothing is kept.
 * What it cannot see: the types of a method, and what the method does. */
#ifndef APP_COCOA_SELFCHECK_H
#define APP_COCOA_SELFCHECK_H
#include "core/base/buf.h"

struct selfcheck_row {
    const char *cls;
    const char *text; /* selector, NULL: the row is the class itself */
    bool required;    /* REQ */
    bool of_class;    /* a class method */
};

struct selfcheck_table {
    const char *name; /* of its file */
    const struct selfcheck_row *rows;
    size_t count;
};

/* Adds one line a table, and one a row that is not there. RC_MISSING if a REQ row is among them,
 * RC_TOO_BIG if `out` is full. */
NODISCARD enum rc selfcheck(struct buf *out);

#endif
