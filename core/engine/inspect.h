/* inspect.h - what docker and podman print alike; private to core/engine. Pure. */
#ifndef CORE_ENGINE_INSPECT_H
#define CORE_ENGINE_INSPECT_H
#include "core/engine/parse.h"

/* Adds the containers of `inspect` to *s; `states` are the words of the engine. RC_PARSE or
 * RC_TOO_BIG with a sentence. */
NODISCARD enum rc inspect_parse(enum engine_kind kind, const struct parse_state *states,
                                const char *bytes, size_t len, struct snapshot *s,
                                struct fault *why);
/* {Client: {Version}, Server: {Version} or null}, or the line of --version, which starts with
 * line_start. RC_PARSE with a sentence. */
NODISCARD enum rc inspect_version(enum engine_kind kind, const char *line_start, const char *bytes,
                                  size_t len, struct engine_version *out, struct fault *why);

#endif
