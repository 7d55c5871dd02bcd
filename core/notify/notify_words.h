/* notify_words.h - every sentence of a notification, in one table, so that it can be put into other
 * languages.
 *
 * Holes are those of pattern.h. A sentence with a number has two patterns, for one and for any
 * other number, side by side. Pure; any thread. */
#ifndef CORE_NOTIFY_NOTIFY_WORDS_H
#define CORE_NOTIFY_NOTIFY_WORDS_H
#include "core/engine/snapshot.h"
#include "core/notify/note.h"

enum notify_word {
    NOTIFY_EXIT_TITLE,      /* name */
    NOTIFY_EXIT_BODY,       /* engine, code */
    NOTIFY_UNHEALTHY_TITLE, /* name */
    NOTIFY_UNHEALTHY_BODY,  /* engine */
    NOTIFY_LOOP_TITLE,      /* name */
    NOTIFY_LOOP_BODY,       /* engine, times, minutes */
    NOTIFY_DOWN_BODY,
    NOTIFY_BACK_TITLE,  /* engine */
    NOTIFY_BACK_BODY_1, /* containers that run */
    NOTIFY_BACK_BODY_N,
    NOTIFY_FAILURE_TITLE, /* what, name */
    NOTIFY_MANY_TITLE,
    NOTIFY_AWAY_TITLE,
    NOTIFY_LINE_EXIT,      /* names */
    NOTIFY_LINE_UNHEALTHY, /* names */
    NOTIFY_LINE_LOOP,      /* names */
    NOTIFY_NAMES_JOIN,     /* names so far, one more */
    NOTIFY_NAMES_MORE,     /* names, how many more */
    NOTIFY_WORD_COUNT
};

/* The pattern itself. Static. */
const char *notify_word(enum notify_word word);
/* The pattern with its holes filled, NULL for those that it has not. Memory: the arena's. */
const char *notify_say(struct arena *a, enum notify_word word, const char *one, const char *two,
                       const char *three);
/* `one` for n == 1 and the word after it for any other number; n fills %1. */
const char *notify_say_count(struct arena *a, enum notify_word one, int64_t n);
/* What an action is called: "stop". NULL for those that are none. Static. */
const char *notify_op_verb(enum op op);
/* "Docker is not running". */
const char *notify_engine_sentence(struct arena *a, enum engine_kind kind, enum engine_state state);

#endif
