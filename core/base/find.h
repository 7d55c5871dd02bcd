/* find.h - text in text, upper and lower case being the same: for the letters of Latin, Greek and
 * Cyrillic whose two cases are equally long in UTF-8, which leaves every place where it was. Pure.
 */
#ifndef CORE_BASE_FIND_H
#define CORE_BASE_FIND_H
#include "core/base/base.h"

#define NEEDLE_MAX ((size_t)255) /* bytes; what is longer is cut */
#define FIND_NONE SIZE_MAX

/* What is looked for, ready to be. */
struct needle {
    char text[NEEDLE_MAX + 1];
    size_t len; /* 0: nothing is found */
};

/* From UTF-8 that a person typed. */
void needle_init(struct needle *n, const char *text);
/* The first place at or behind `from`, FIND_NONE if there is none. */
size_t find_first(const struct needle *n, const char *text, size_t len, size_t from);
/* The last place before `before`. */
size_t find_last(const struct needle *n, const char *text, size_t len, size_t before);

#endif
