/* search.h - a word in a text that a person looks through, as find.h finds it, and counted. Pure.
 */
#ifndef CORE_BASE_SEARCH_H
#define CORE_BASE_SEARCH_H
#include "core/base/find.h"

struct search_hit {
    size_t at;     /* byte of the text; the hit is as long as the word */
    size_t number; /* 1 for the first of the text */
    size_t count;  /* of all; they do not overlap */
};

/* The first hit at or behind byte `from`, or, if `back`, the last before it; at an end of the text
 * it goes on from the other one. False if there is none, and for an empty word. */
bool search_find(const char *text, const struct needle *word, size_t from, bool back,
                 struct search_hit *out);

#endif
