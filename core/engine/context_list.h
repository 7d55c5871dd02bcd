/* context_list.h - the contexts or connections that an engine's tool knows, to choose one from.
 *
 * The tool's own configuration is what is read, through the tool: nothing is connected to. Names
 * that no command may carry (validate.h) are left out.
 * Threads: any but the main one. */
#ifndef CORE_ENGINE_CONTEXT_LIST_H
#define CORE_ENGINE_CONTEXT_LIST_H
#include "core/engine/look.h"

#define CONTEXT_LIST_MAX 200 /* a person has a handful; further ones are left out */

struct context_list {
    struct valid_id *names; /* owned; in the tool's order */
    size_t count;
};

/* What the tool of such an engine (context_has()) printed. RC_PARSE with a sentence; *out is then
 * empty. Pure. */
NODISCARD enum rc context_list_parse(enum engine_kind kind, const char *bytes, size_t len,
                                     struct context_list *out, struct fault *why);
/* Accepts a zeroed struct; afterwards empty. */
void context_list_release(struct context_list *list);

/* Asks the tool; blocks. *out is empty unless RC_OK. */
NODISCARD enum rc context_list_read(struct spawner *s, const struct locate_where *where,
                                    enum engine_kind kind, const struct cancel *stop,
                                    struct context_list *out, struct fault *why);

#endif
