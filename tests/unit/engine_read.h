/* engine_read.h - running one parser of a driver over a text, for the suites of the engines. */
#ifndef TESTS_UNIT_ENGINE_READ_H
#define TESTS_UNIT_ENGINE_READ_H
#include "core/engine/engine.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

/* The sealed snapshot of a list that must parse; the caller's. */
static inline struct snapshot *read_list(enum engine_kind kind, const char *text)
{
    struct snapshot *s = snapshot_new(kind);
    struct fault why = {0};

    if (engine_driver(kind)->parse_list(text, strlen(text), s, &why) != RC_OK)
        fail_msg("%s", why.text);
    snapshot_seal(s);
    return s;
}

/* The same for inspect. */
static inline struct snapshot *read_inspect(enum engine_kind kind, const char *text)
{
    struct snapshot *s = snapshot_new(kind);
    struct fault why = {0};

    if (engine_driver(kind)->parse_inspect(text, strlen(text), s, &why) != RC_OK)
        fail_msg("%s", why.text);
    snapshot_seal(s);
    return s;
}

/* True if both are refused with RC_PARSE and a sentence. */
static inline bool list_and_inspect_refuse(enum engine_kind kind, const char *bytes, size_t len)
{
    const struct engine_driver *drv = engine_driver(kind);
    struct snapshot *s = snapshot_new(kind);
    struct fault why[2] = {{0}};
    enum rc list = drv->parse_list(bytes, len, s, &why[0]);
    enum rc inspect = drv->parse_inspect(bytes, len, s, &why[1]);

    snapshot_free(s);
    return list == RC_PARSE && inspect == RC_PARSE && why[0].text[0] != '\0' &&
           why[1].text[0] != '\0';
}

#endif
