/* comment_text.h - the grammar of a trusted comment without the proof that it was signed: for
 * comment.c, the unit tests and the fuzzer. Pure; any thread. */
#ifndef CORE_UPDATE_COMMENT_TEXT_H
#define CORE_UPDATE_COMMENT_TEXT_H
#include "core/update/comment.h"

/* As comment_read(), of any bytes. The pieces of *out point into text[len]. */
NODISCARD enum rc comment_text(const char *text, size_t len, struct comment *out,
                               struct refusal *why);

#endif
