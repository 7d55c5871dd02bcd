/* group.h - containers that are acted on together: those of a compose project, or all that an
 * engine has.
 *
 * One rule for the menu (what is enabled), the kit and the command line (what is done). What an
 * engine runs for itself, such as a builder or a machine, is in no group. Pure; any thread. */
#ifndef CORE_ENGINE_GROUP_H
#define CORE_ENGINE_GROUP_H
#include "core/engine/snapshot.h"

#define GROUP_PROJECT_MAX 255 /* bytes of a project's name; a longer one makes no group */

/* The project by which it is grouped, the container's text; NULL for none. */
const char *group_project(const struct container *c);
/* It belongs to the project, or, with NULL, to the group of all. */
bool group_has(const struct container *c, const char *project);
/* What `op` for the whole group is for this member: a start goes on with what is paused, a restart
 * is for what runs. False: there is nothing to be done with it. */
bool group_op(enum engine_kind kind, enum op op, const struct container *c, enum op *out);

#endif
