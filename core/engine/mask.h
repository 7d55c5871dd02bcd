/* mask.h - the environment of a container without its values, which are often passwords
 * (mac-behaviour 23).
 *
 * Masked is every text NAME=VALUE in a list, and every text in an object, that is called Env or
 * environment, wherever it stands: docker and podman have it in Config.Env (engines.md 3 and 4),
 * Apple in configuration.initProcess.environment (2.2), and what a newer engine moves is found too.
 * The same values are masked where a command line repeats them, and so is what stands behind -e and
 * --env in podman's Config.CreateCommand. Labels and command lines are otherwise left as they are.
 * Pure; any thread. */
#ifndef CORE_ENGINE_MASK_H
#define CORE_ENGINE_MASK_H
#include "core/base/json.h"

#define MASK_TEXT "••••"

/* Changes the tree of what `inspect` has told. */
void mask_environment(cJSON *tree);

#endif
