/* refusal.h - why the updater refused something: a class for the log, a sentence for a person.
 *
 * The classes are few and fixed, so that the log, a test and a comparison with another reader can
 * name what went wrong without quoting bytes of an attacker.
 * Threads: a refusal belongs to one thread at a time. Memory: none of its own. */
#ifndef CORE_UPDATE_REFUSAL_H
#define CORE_UPDATE_REFUSAL_H
#include "core/base/fault.h"

enum refusal_class {
    REFUSAL_NONE,
    REFUSAL_READ,              /* the system did not let us read it */
    REFUSAL_NETWORK,           /* nobody there, or the connection broke */
    REFUSAL_TLS,               /* the server could not prove who it is */
    REFUSAL_STATUS,            /* the server has an answer, but not the one that is wanted */
    REFUSAL_SLOW,              /* over a limit of time */
    REFUSAL_CANCELLED,         /* we were asked to stop */
    REFUSAL_SIZE,              /* over a cap */
    REFUSAL_KEY,               /* no usable public key */
    REFUSAL_BASE64,            /* the outer base64 that Tauri puts around a text */
    REFUSAL_TEXT,              /* not the text of a signature */
    REFUSAL_ALGORITHM,         /* legacy, or unknown */
    REFUSAL_KEY_ID,            /* not signed with a key of ours */
    REFUSAL_COMMENT_SIGNATURE, /* the trusted comment was not signed by that key */
    REFUSAL_SIGNATURE,         /* the bytes were not signed by that key */
    REFUSAL_COMMENT,           /* signed, but not a comment of our grammar */
    REFUSAL_VERSION,           /* not a semantic version, or not the one expected */
    REFUSAL_TARGET,            /* signed for another system or processor */
    REFUSAL_FILE,              /* signed as another file */
    REFUSAL_JSON,              /* not JSON as we read it */
    REFUSAL_SCHEMA,            /* a manifest of a later kind */
    REFUSAL_APP_ID,            /* of another program */
    REFUSAL_TYPE,              /* a known field with another kind of value */
    REFUSAL_EXPIRED,           /* no longer valid, or it does not say how long it is */
    REFUSAL_ROLLBACK,          /* older than what was seen before */
    REFUSAL_URL,               /* an address we do not fetch from */
    REFUSAL_HASH,              /* another digest than announced */
    REFUSAL_ARCHIVE,           /* not a compressed archive as we read it, or damaged */
    REFUSAL_KIND,              /* an entry of a kind that no program of ours has */
    REFUSAL_PATH,              /* a name that we do not write, or one that stands twice */
    REFUSAL_LINK,              /* a link that could lead out */
    REFUSAL_MODE,              /* a mode that gives rights away */
    REFUSAL_SPACE,             /* too little room on the disk */
    REFUSAL_WRITE,             /* the system did not let us write it */
    REFUSAL_BUNDLE,            /* not the bundle of a program */
    REFUSAL_PROCESSOR,         /* its program is not for this system and processor */
    REFUSAL_STOPPED,           /* we were asked to stop */
    REFUSAL_CODE,              /* on macOS: not signed by whom it should be */
    REFUSAL_PLACE,             /* the app cannot be replaced where it lies */
    REFUSAL_BUSY,              /* another update is under way */
    REFUSAL_CLOCK,             /* the clock says a time that is over */
    REFUSAL_COUNT
};

struct refusal {
    enum refusal_class class;
    struct fault fault;
};

/* Fills *why, if given, and returns the rc that belongs to the class, so that refusing is one
 * statement. `class` is never REFUSAL_NONE. */
enum rc refuse(struct refusal *why, enum refusal_class class, const char *fmt, ...) PRINTF(3, 4);

/* Lower-case word for the log, e.g. "key-id". Static storage. */
const char *refusal_word(enum refusal_class class);

#endif
