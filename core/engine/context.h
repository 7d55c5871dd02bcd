/* context.h - where an engine is asked: the context of docker's or the connection of podman's that
 * the user chose, by name.
 *
 * None is the engine's own choice. locate_program() puts the name into the program that it finds,
 * and cmd.h in front of every row: so looks, streams, actions and shells are about one place, and
 * what it takes to get there (ssh, a socket) is the engine's own matter.
 * Threads: any. */
#ifndef CORE_ENGINE_CONTEXT_H
#define CORE_ENGINE_CONTEXT_H
#include "core/exec/cmd.h"

struct contexts;

/* None is chosen. */
struct contexts *contexts_new(void);
/* Accepts NULL. */
void contexts_free(struct contexts *c);

/* Apple's engine has no contexts. */
bool context_has(enum engine_kind kind);
/* `name` is a valid id or "", the engine's own choice (a bug else). Nothing for an engine without
 * contexts. Commands under way stay where they are. */
void contexts_set(struct contexts *c, enum engine_kind kind, const char *name);
/* Text "" for none; also if `c` is NULL. */
void contexts_get(struct contexts *c, enum engine_kind kind, struct valid_id *out);

#endif
