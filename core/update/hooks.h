/* hooks.h - what the tests of the updater may change, in builds that are made for them alone.
 *
 * Every hook of the updater is a row here, and there is none elsewhere. They exist only where
 * UPDATE_HOOKS is defined (VARIANT=hooks: build/hooks). In the program that ships each function
 * below is a constant: no code and no word of the hooks is left in it
 * (docs/decisions/039-update-hooks.md).
 * A hook is an environment variable, CK_HOOK_ and its name in hooks.c. Threads: any. Memory: texts
 * are the environment's. */
#ifndef CORE_UPDATE_HOOKS_H
#define CORE_UPDATE_HOOKS_H
#include "core/base/base.h"

enum hook_text {
    HOOK_ENDPOINT, /* address of the manifest */
    HOOK_HOSTS,    /* names of hosts, with commas between */
    HOOK_KEY,      /* a public key, as minisign_key_any() takes it */
    HOOK_NOW,      /* RFC 3339: what the clock says */
    HOOK_TEXT_COUNT
};

/* Milliseconds, but for the last ones. */
enum hook_number {
    HOOK_FIRST_CHECK_MS, /* from the start to the first check */
    HOOK_AGAIN_MS,       /* until a manifest is fetched once more (fetch.h) */
    HOOK_ALIVE_MS,       /* a new version has to run so long to be healthy */
    HOOK_HEALTH_MS,      /* the watchdog waits so long for that */
    HOOK_END_MS,         /* between TERM and KILL */
    HOOK_SWAP_ERRNO,     /* the one-call exchange fails with it; 0: it does not */
    HOOK_UNSIGNED,       /* 1: what was staged is not signed by its makers */
    HOOK_NUMBER_COUNT
};

/* Points at which an update may be cut short, in their order (updates.md 10.2). */
enum hook_point {
    HOOK_AT_NONE,
    HOOK_AT_LOCK,
    HOOK_AT_MANIFEST,
    HOOK_AT_DOWNLOAD,
    HOOK_AT_VERIFY,
    HOOK_AT_UNPACK,
    HOOK_AT_CHECK,
    HOOK_AT_READY,
    HOOK_AT_HANDOVER,
    HOOK_AT_SWAP,   /* nothing has moved yet */
    HOOK_AT_MOVING, /* without an exchange: the old one is aside, its place empty */
    HOOK_AT_MOVED,  /* the new one is in place, the old one still aside */
    HOOK_AT_SWAPPED,
    HOOK_AT_LAUNCH,
    HOOK_AT_CONFIRM,
    HOOK_AT_CLEANUP,
    HOOK_POINT_COUNT
};

#ifdef UPDATE_HOOKS
/* The variable's value, or `shipped`. */
const char *hook_text(enum hook_text which, const char *shipped);
int64_t hook_number(enum hook_number which, int64_t shipped);
/* Ends this process with SIGKILL if CK_HOOK_POINT names the point. */
void hook_reach(enum hook_point point);
#else
static inline const char *hook_text(enum hook_text which, const char *shipped)
{
    (void)which;
    return shipped;
}

static inline int64_t hook_number(enum hook_number which, int64_t shipped)
{
    (void)which;
    return shipped;
}

static inline void hook_reach(enum hook_point point)
{
    (void)point;
}
#endif

#endif
