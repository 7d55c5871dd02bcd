/* settings.h - what the user can choose: names, kinds, ranges and defaults in one table.
 *
 * A struct settings is a plain value, complete at any time: what is not set or not good is the
 * default. Values travel as texts (the store, the command line) and are read here alone.
 * Threads: a value belongs to one thread at a time. Memory: none of its own. */
#ifndef CORE_STORE_SETTINGS_H
#define CORE_STORE_SETTINGS_H
#include "core/store/store.h"

enum setting {
    SETTING_APPLE, /* engines that are looked at */
    SETTING_DOCKER,
    SETTING_PODMAN,
    SETTING_DOCKER_CONTEXT,    /* "" is the engine's own choice */
    SETTING_PODMAN_CONNECTION, /* "" is the engine's own choice */
    SETTING_POLL_S,            /* Apple's engine, while the menu is open */
    SETTING_GRACE_S,           /* of a stop */
    SETTING_SHOW_COUNT,        /* beside the icon */
    SETTING_SHOW_STATS,        /* CPU, in the rows */
    SETTING_SHOW_HELPERS,      /* builders, machines, infra containers */
    SETTING_GROUP,             /* by compose project */
    SETTING_NOTE_EXIT,
    SETTING_NOTE_UNHEALTHY,
    SETTING_NOTE_LOOP,
    SETTING_NOTE_ENGINE,
    SETTING_NOTE_FAILED,
    SETTING_LANGUAGE,
    SETTING_TERMINAL,
    SETTING_HISTORY_DAYS,
    SETTING_HISTORY_ROWS,
    SETTING_UPDATE_CHECK,
    SETTING_FIRST_START_DONE,
    SETTING_COUNT
};

enum setting_kind {
    SETTING_BOOL,   /* "true", "false" */
    SETTING_NUMBER, /* within least and most */
    SETTING_WORD,   /* one of words */
    SETTING_TEXT    /* a container id's characters, or "" (validate.h) */
};

#define SETTING_TEXT_MAX 255

struct setting_row {
    const char *name; /* in the store and on the command line, e.g. "grace-seconds" */
    enum setting_kind kind;
    int64_t least, most;      /* of a number */
    const char *const *words; /* of a word; ends with NULL */
    const char *by_default;   /* as a text */
    const char *what;         /* for a person, one line */
};

struct settings {
    int64_t number[SETTING_COUNT]; /* a bool is 0 or 1, a word its index */
    char text[SETTING_COUNT][SETTING_TEXT_MAX + 1];
};

/* Static. */
const struct setting_row *setting_row(enum setting which);
/* False if no setting has that name. */
bool setting_from_name(const char *name, enum setting *out);

/* Every setting its default. */
void settings_defaults(struct settings *s);
/* Everything from its default, then from `pairs`. What is not good keeps its default and is named
 * in *bad (a sentence, "" for none); names that are not known are left alone: a newer version's. */
void settings_read(struct settings *s, const struct store_pairs *pairs, char bad[FAULT_TEXT_MAX]);
/* Sets one from its text. RC_DENIED with a sentence that says what is allowed; *s is then as
 * before. */
NODISCARD enum rc settings_set(struct settings *s, enum setting which, const char *text,
                               struct fault *why);
/* Its text: what settings_set() takes. */
const char *settings_get(const struct settings *s, enum setting which,
                         char out[SETTING_TEXT_MAX + 1]);
/* The context or connection that an engine is asked to use, "" for its own choice. */
const char *settings_context(const struct settings *s, enum engine_kind kind);

#endif
