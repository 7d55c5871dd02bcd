/* engine.h - what an engine is: its way of printing, behind one table of functions.
 *
 * Pure: bytes in, values out; nothing here starts a process. One file per engine (apple.c,
 * docker.c, podman.c), every version shape of engines.md 2.2 to 4, told apart by the JSON's types
 * and never by a version number. Threads: any. */
#ifndef CORE_ENGINE_ENGINE_H
#define CORE_ENGINE_ENGINE_H
#include "core/engine/snapshot.h"

/* Class of an engine's error text, engines.md 1.6. */
enum engine_error {
    ENGINE_ERROR_DOWN,
    ENGINE_ERROR_PERMISSION,
    ENGINE_ERROR_CONFIG,
    ENGINE_ERROR_NOT_FOUND,
    ENGINE_ERROR_INVALID_STATE,
    ENGINE_ERROR_NOT_ADMIN,
    ENGINE_ERROR_AUTH,
    ENGINE_ERROR_USAGE,
    ENGINE_ERROR_OTHER,
    ENGINE_ERROR_COUNT
};
/* "engine-down", ... as in probe.md. Static. */
const char *engine_error_word(enum engine_error error);

#define ENGINE_VERSION_MAX 32

struct engine_status { /* Apple's service, engines.md 2.5; podman: its default machine */
    bool running, registered;
    char api_version[ENGINE_VERSION_MAX]; /* "" = not reported */
    char app_root[SYS_PATH_MAX], install_root[SYS_PATH_MAX];
};

struct engine_version {
    char client[ENGINE_VERSION_MAX];
    char server[ENGINE_VERSION_MAX]; /* "" = none or not reported */
    bool has_mismatch, mismatch;
};

struct engine_stat { /* INT64_MIN = not reported; bytes */
    char id[VALID_ID_MAX + 1];
    double cpu_percent; /* NAN = not reported */
    int64_t cpu_usec;
    int64_t mem, mem_limit, net_rx, net_tx, blk_read, blk_write, pids;
};
#define ENGINE_NO_STAT INT64_MIN

/* One line of an event stream, only what is needed to drop repeats and to look again. */
struct engine_event {
    char id[VALID_ID_MAX + 1];
    char status[64];   /* "died", "start", ... without a suffix */
    int64_t time_ns;   /* 0 = not reported */
    bool is_container; /* else to be ignored */
    bool changes;      /* could change the list: not exec_*, top, attach ... */
};

struct engine_driver {
    enum engine_kind kind;
    /* Adds the containers of `list` or `inspect` output to *s, unsealed. RC_PARSE with a
     * sentence; *s is then not to be used. Empty output is an empty list only for docker. */
    enum rc (*parse_list)(const char *bytes, size_t len, struct snapshot *s, struct fault *why);
    enum rc (*parse_inspect)(const char *bytes, size_t len, struct snapshot *s, struct fault *why);
    /* NULL where the engine has no such command. */
    enum rc (*parse_status)(const char *bytes, size_t len, struct engine_status *out,
                            struct fault *why);
    /* Of OP_VERSION, or the line of OP_VERSION_FLAG. */
    enum rc (*parse_version)(const char *bytes, size_t len, struct engine_version *out,
                             struct fault *why);
    /* Array for mem_free(). */
    enum rc (*parse_stats)(const char *bytes, size_t len, struct engine_stat **out, size_t *count,
                           struct fault *why);
    enum rc (*parse_event)(const char *line, size_t len, struct engine_event *out,
                           struct fault *why);
    enum engine_error (*classify)(int exit_code, const char *err, size_t len);
    bool has_events;
    bool list_has_address; /* else running ones need an inspect for it */
};

/* Static, never NULL. */
const struct engine_driver *engine_driver(enum engine_kind kind);

/* True if docker answered `ps --format json` with the word json for each container: a CLI before
 * 23.0, to be asked with OP_LIST_OLD. Its parse_list() gives RC_PARSE for that. */
bool docker_is_old_list(const char *bytes, size_t len);

#define ENGINE_DIGEST_SIZE 32
/* Digest of list output in which the texts that only tell how long ago something was are left
 * out ("CreatedAt", "RunningFor", the duration in "Status"): equal digests need no parsing.
 * Allocates nothing. */
void engine_digest(enum engine_kind kind, const char *bytes, size_t len,
                   unsigned char out[ENGINE_DIGEST_SIZE]);

#endif
