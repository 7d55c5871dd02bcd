/* hooks.c - see hooks.h. Empty in the program that ships. */
#include "core/update/hooks.h"

#ifdef UPDATE_HOOKS
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PREFIX "CK_HOOK_"

static const char *const texts[HOOK_TEXT_COUNT] = {
    [HOOK_ENDPOINT] = PREFIX "ENDPOINT",
    [HOOK_HOSTS] = PREFIX "HOSTS",
    [HOOK_KEY] = PREFIX "KEY",
    [HOOK_NOW] = PREFIX "NOW",
};

static const char *const numbers[HOOK_NUMBER_COUNT] = {
    [HOOK_FIRST_CHECK_MS] = PREFIX "FIRST_CHECK_MS",
    [HOOK_AGAIN_MS] = PREFIX "AGAIN_MS",
    [HOOK_ALIVE_MS] = PREFIX "ALIVE_MS",
    [HOOK_HEALTH_MS] = PREFIX "HEALTH_MS",
    [HOOK_END_MS] = PREFIX "END_MS",
    [HOOK_SWAP_ERRNO] = PREFIX "SWAP_ERRNO",
    [HOOK_UNSIGNED] = PREFIX "UNSIGNED",
};

static const char *const points[HOOK_POINT_COUNT] = {
    [HOOK_AT_NONE] = "none",         [HOOK_AT_LOCK] = "lock",     [HOOK_AT_MANIFEST] = "manifest",
    [HOOK_AT_DOWNLOAD] = "download", [HOOK_AT_VERIFY] = "verify", [HOOK_AT_UNPACK] = "unpack",
    [HOOK_AT_CHECK] = "check",       [HOOK_AT_READY] = "ready",   [HOOK_AT_HANDOVER] = "handover",
    [HOOK_AT_SWAP] = "swap",         [HOOK_AT_MOVING] = "moving", [HOOK_AT_MOVED] = "moved",
    [HOOK_AT_SWAPPED] = "swapped",   [HOOK_AT_LAUNCH] = "launch", [HOOK_AT_CONFIRM] = "confirm",
    [HOOK_AT_CLEANUP] = "cleanup",
};

const char *hook_text(enum hook_text which, const char *shipped)
{
    const char *value = getenv(texts[which]);

    return value != NULL && value[0] != '\0' ? value : shipped;
}

int64_t hook_number(enum hook_number which, int64_t shipped)
{
    const char *value = getenv(numbers[which]);
    char *end = NULL;
    long long n = 0;

    if (value == NULL || value[0] == '\0')
        return shipped;
    n = strtoll(value, &end, 10);
    MUST(*end == '\0' && n >= 0);
    return n;
}

void hook_reach(enum hook_point point)
{
    const char *named = getenv(PREFIX "POINT");

    if (named == NULL || strcmp(named, points[point]) != 0)
        return;
    (void)fprintf(stderr, "hook: killed at %s\n", named);
    (void)raise(SIGKILL);
}
#endif
