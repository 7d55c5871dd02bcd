/* fault.h - why a call failed, as a sentence for a person.
 *
 * A fault is a plain value of the caller, filled by the callee, logged once at the top.
 * Threads: a fault belongs to one thread at a time. Memory: none of its own. */
#ifndef CORE_BASE_FAULT_H
#define CORE_BASE_FAULT_H
#include "core/base/base.h"

#define FAULT_TEXT_MAX 512

struct fault {
    enum rc rc;
    int sys; /* errno when rc is RC_IO, else 0 */
    char text[FAULT_TEXT_MAX];
};

/* Fills *why, if given, and returns rc, so that failing is one statement. A longer text is cut.
 * `rc` is never RC_OK. Keeps errno of the moment of the call for RC_IO. */
enum rc fault_set(struct fault *why, enum rc rc, const char *fmt, ...) PRINTF(3, 4);

/* Puts "context: " in front of the sentence in *why, if given; at most once per layer. */
void fault_context(struct fault *why, const char *fmt, ...) PRINTF(2, 3);

/* The sentence, with the system's reason behind it for RC_IO, written to out[FAULT_TEXT_MAX]. */
const char *fault_text(const struct fault *why, char out[FAULT_TEXT_MAX]);

#endif
