/* place.h - where the program lies, and what it must not do from there (mac-behaviour 15).
 *
 * A copy that macOS runs from elsewhere for safety's sake, from a disk image or from the downloads
 * cannot be opened at login, replaced by an update or keep a service: its path will not last. Then
 * these are off, with one sentence that says what to do. Pure: the facts are given in (app/service/
 * here.h finds them). Threads: any. Memory: none; sentences are static. */
#ifndef CORE_DESKTOP_PLACE_H
#define CORE_DESKTOP_PLACE_H
#include "core/base/sys.h"

enum place_kind {
    PLACE_APPLICATIONS, /* in /Applications or ~/Applications, or in a folder below */
    PLACE_ELSEWHERE,    /* an app, but not there */
    PLACE_TRANSLOCATED, /* macOS runs a quarantined app from a path of its own */
    PLACE_READ_ONLY,    /* a disk image, or another volume that takes no change */
    PLACE_BARE,         /* an executable with no app around it; always so on Linux */
    PLACE_KIND_COUNT
};

struct place_facts {
    const char *self;      /* the executable, absolute, without links */
    const char *home;      /* the user's home folder, "" if unknown */
    const char *bundle_id; /* what the system takes us for, "" for no app */
    bool read_only;        /* the volume that the executable lies on */
    bool mac;
};

struct place {
    enum place_kind kind;
    char bundle[SYS_PATH_MAX]; /* the .app folder, "" if there is none around the executable */
    /* What may be used: */
    bool login_item, updates, engine_service, tool_link;
    const char *why; /* why one of them is off and what helps; "" if none is */
};

/* The app around an executable: X.app/Contents/MacOS/program -> X.app; "" for another shape. */
void place_bundle(const char *self, char out[SYS_PATH_MAX]);
/* Fills *out; there is an answer to everything. */
void place_find(const struct place_facts *facts, struct place *out);
/* A few words for a person: "in an Applications folder". Static. */
const char *place_words(enum place_kind kind);

#endif
