/* menu_words.h - every sentence of the menu, in one table, so that it can be put into other
 * languages.
 *
 * A pattern may hold %1 and %2; what goes there is text that is already safe to show. A sentence
 * with a number has two patterns, for one and for any other number, side by side.
 * Pure; any thread. */
#ifndef CORE_MENU_MENU_WORDS_H
#define CORE_MENU_MENU_WORDS_H
#include "core/engine/life.h"

enum menu_word {
    /* engines */
    WORD_LOOKING,
    WORD_NO_ENGINE,
    WORD_INSTALL_MAC,
    WORD_INSTALL_LINUX,
    WORD_INSTALL_THEN,
    WORD_ALL_OFF,
    WORD_OFF, /* engine */
    WORD_INTEL,
    WORD_SECTION,      /* title, counts */
    WORD_ENGINE_TITLE, /* title, version */
    WORD_NO_CONTAINERS,
    WORD_ALL_RUNNING, /* count */
    WORD_SOME_RUNNING,
    WORD_NONE_RUNNING,
    WORD_LIST_FROM,
    WORD_MORE,
    WORD_PAGE, /* first name, last name */
    WORD_HIDDEN,
    /* rows */
    WORD_ROW, /* name, what */
    WORD_COULD_NOT,
    WORD_COULD_NOT_BECAUSE, /* verb, sentence */
    WORD_WARNING,
    WORD_FAILED, /* name, what could not be done */
    WORD_START,
    WORD_RESUME,
    WORD_STOP,
    WORD_RESTART,
    WORD_SHELL,
    WORD_OPEN,
    WORD_COPY_ID,
    WORD_COPY_NAME,
    WORD_COPY_ADDRESS,
    WORD_HISTORY,
    WORD_PAST_EXIT, /* what happened, exit code */
    WORD_PAST_AGO,  /* what happened, span */
    WORD_DNS,
    WORD_REFRESH,
    WORD_REGISTRIES,
    WORD_SETTINGS,
    WORD_ABOUT,
    WORD_QUIT,
    /* facts */
    WORD_RUNNING,
    WORD_RUNNING_FOR,
    WORD_WAS_RUNNING,
    WORD_WAS_PAUSED,
    WORD_RESTARTING,
    WORD_PAUSED,
    WORD_PAUSED_STARTED,
    WORD_STOPPING,
    WORD_CREATED,
    WORD_STOPPED,
    WORD_STOPPED_AGO,
    WORD_EXIT_CODE, /* sentence, code */
    WORD_REMOVING,
    WORD_DEAD,
    WORD_STATE_UNKNOWN,
    WORD_HEALTH,
    WORD_IMAGE,
    WORD_PORT, /* host side, container side */
    WORD_MORE_PORTS_1,
    WORD_MORE_PORTS_N,
    WORD_ADDRESS,
    WORD_PROJECT,
    WORD_ID,
    /* lengths of time */
    WORD_MOMENT,
    WORD_MINUTES_1,
    WORD_MINUTES_N,
    WORD_HOURS_1,
    WORD_HOURS_N,
    WORD_DAYS_1,
    WORD_DAYS_N,
    WORD_MONTHS_1,
    WORD_MONTHS_N,
    WORD_YEARS_1,
    WORD_YEARS_N,
    /* status item */
    WORD_STATUS_RUNNING_1,
    WORD_STATUS_RUNNING_N,
    WORD_STATUS_NONE,
    WORD_STATUS_DOWN,
    WORD_STATUS_AND,   /* sentence, what is under way */
    WORD_STATUS_DOING, /* name, doing */
    WORD_STATUS_BUSY_1,
    WORD_STATUS_BUSY_N,
    WORD_COUNT
};

/* The pattern itself. Static. */
const char *menu_word(enum menu_word word);
/* The pattern with its holes filled; NULL for a hole that it has not. Memory: the arena's. */
const char *menu_say(struct arena *a, enum menu_word word, const char *one, const char *two);
/* `one` for n == 1 and the word after it for any other number; n fills %1. */
const char *menu_say_count(struct arena *a, enum menu_word one, int64_t n);
/* "2 hours": the largest unit that fits; less than a minute, and below zero, is a moment. */
const char *menu_say_span(struct arena *a, int64_t seconds);

/* What an operation is called: "stop", and while it is under way: "stopping…". NULL for those that
 * no row does. Static. */
const char *menu_op_verb(enum op op);
const char *menu_op_doing(enum op op);
/* What a section says behind its title: "not running". Static. */
const char *menu_engine_label(enum engine_state state);
/* The same as a sentence: "Docker is not running". */
const char *menu_engine_sentence(struct arena *a, enum engine_kind kind, enum engine_state state);
/* How to start an engine that does not run, as a sentence. Static. */
const char *menu_engine_hint(enum engine_kind kind, bool mac);
/* What happened to a container, as a sentence: "web was removed". */
const char *menu_event_sentence(struct arena *a, enum life_event event, const char *name);
/* What an exit code means to a shell, or NULL. Static. */
const char *menu_exit_meaning(int64_t code);

#endif
