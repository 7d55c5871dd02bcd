/* run_line.h - the command line that would make such a container again, from what `inspect` tells.
 *
 * For a person to paste into a terminal: in it are name, image, command, published ports, mounts,
 * environment, restart policy, network, user, and whether it has a terminal or removes itself.
 * Labels, limits, health checks and what only this one container has (its addresses, its volumes
 * without a name) are not. Of the environment, what every container has from its engine or image
 * (PATH, HOME, HOSTNAME, TERM, container) is left out. Without values it is `--env NAME`, which
 * takes the value from whoever pastes it. Facts: engines.md 2.2, 3, 4. Pure; any thread. */
#ifndef CORE_ENGINE_RUN_LINE_H
#define CORE_ENGINE_RUN_LINE_H
#include "core/base/json.h"
#include "core/exec/cmd.h"

#define RUN_LINE_MAX ((size_t)256 << 10)

/* Adds the line, without a newline, to *out, whose cap is at most RUN_LINE_MAX; `one` is one
 * element of what `inspect` tells. RC_PARSE if that names no image, RC_TOO_BIG; a sentence for
 * both. */
NODISCARD enum rc run_line(enum engine_kind kind, const cJSON *one, bool values, struct buf *out,
                           struct fault *why);

#endif
