/* engine.c - the table of engines, and the words for classes of errors. */
#include "core/engine/engine.h"
#include "core/engine/parse.h"

const char *engine_error_word(enum engine_error error)
{
    static const char *const words[ENGINE_ERROR_COUNT] = {
        [ENGINE_ERROR_DOWN] = "engine-down",
        [ENGINE_ERROR_PERMISSION] = "permission",
        [ENGINE_ERROR_CONFIG] = "config",
        [ENGINE_ERROR_NOT_FOUND] = "not-found",
        [ENGINE_ERROR_INVALID_STATE] = "invalid-state",
        [ENGINE_ERROR_NOT_ADMIN] = "not-admin",
        [ENGINE_ERROR_AUTH] = "auth",
        [ENGINE_ERROR_USAGE] = "usage",
        [ENGINE_ERROR_OTHER] = "other",
    };

    MUST((unsigned)error < ENGINE_ERROR_COUNT);
    return words[error];
}

const struct engine_driver *engine_driver(enum engine_kind kind)
{
    static const struct engine_driver *const drivers[ENGINE_COUNT] = {
        [ENGINE_APPLE] = &apple_driver,
        [ENGINE_DOCKER] = &docker_driver,
        [ENGINE_PODMAN] = &podman_driver,
    };

    MUST((unsigned)kind < ENGINE_COUNT);
    return drivers[kind];
}
