/* snapshot.h - what an engine had at one moment: immutable, one arena, sorted, handed over whole.
 *
 * The common model of engines.md 1.2 and 1.3. A parser fills a snapshot with snapshot_add(); after
 * snapshot_seal() nobody changes it, and it belongs to whoever holds the pointer, one thread at a
 * time. All text in it is UTF-8 as the engine wrote it: unescaped, of any length up to the caps. */
#ifndef CORE_ENGINE_SNAPSHOT_H
#define CORE_ENGINE_SNAPSHOT_H
#include "core/base/buf.h"
#include "core/base/mem.h"
#include "core/exec/cmd.h"

#define SNAPSHOT_COUNT_MAX 20000 /* containers; more is RC_TOO_BIG */
#define SNAPSHOT_PORTS_MAX 256   /* per container; further ones are left out */
#define SNAPSHOT_LABELS_MAX 256

enum container_state {
    STATE_RUNNING,
    STATE_RESTARTING,
    STATE_PAUSED,
    STATE_STOPPING,
    STATE_CREATED,
    STATE_STOPPED,
    STATE_REMOVING,
    STATE_DEAD,
    STATE_UNKNOWN,
    STATE_COUNT
};
/* "running", ... as in probe.md. Static. */
const char *state_word(enum container_state state);
/* STATE_UNKNOWN for a word that is none. */
enum container_state state_from_word(const char *word);

enum health { HEALTH_NONE, HEALTH_STARTING, HEALTH_HEALTHY, HEALTH_UNHEALTHY };
/* "starting", "healthy", "unhealthy", or NULL for none. Static. */
const char *health_word(enum health health);

enum engine_state {
    ENGINE_UNSEEN,         /* not looked yet */
    ENGINE_RUNNING,        /* the list is fresh */
    ENGINE_STOPPED,        /* installed, its service or machine does not run */
    ENGINE_MISSING,        /* no executable in any of the trusted folders */
    ENGINE_NOT_TRUSTED,    /* there is one, but others could have changed it */
    ENGINE_NOT_RESPONDING, /* over its deadline */
    ENGINE_PERMISSION,     /* it runs, but not for us */
    ENGINE_MISMATCH,       /* client and server of different versions that do not fit */
    ENGINE_FAILED,         /* anything else: garbage, an unknown error */
    ENGINE_STATE_COUNT
};
/* "running", "stopped", "missing", "not trusted", ...: for JSON and logs. Static. */
const char *engine_state_word(enum engine_state state);

/* What runs behind an engine and can be started and stopped: Apple's service, Docker Desktop,
 * podman's machine. */
enum engine_service { SERVICE_NONE, SERVICE_STOPPED, SERVICE_RUNNING };

/* Whose service of Apple's engine answers (engines.md 2.5). */
enum engine_origin {
    ORIGIN_OURS,  /* of the installation that is used, or it is not known */
    ORIGIN_OLDER, /* of an earlier copy of the engine that came with the program */
    ORIGIN_OTHER  /* of another installation */
};

struct port {
    const char *host_ip; /* "0.0.0.0" for all; IPv6 without brackets */
    uint16_t host_port, container_port;
    const char *proto; /* "tcp", "udp", "sctp" */
    unsigned count;    /* length of a range, at least 1 */
};

struct label {
    const char *key, *value;
};

struct container {
    const char *id, *name, *image; /* never NULL; image may be "" */
    struct valid_id arg;           /* what a command gets; text "" if the id is not valid */
    enum container_state state;
    enum health health;
    const struct port *ports;
    size_t port_count;
    const struct label *labels;
    size_t label_count;
    const char *address; /* NULL if not known */
    const char *project; /* compose project, NULL if none (engines.md 1.3) */
    bool has_started, has_finished, has_exit_code;
    int64_t started_s, finished_s; /* as reported; a stopped one may carry its last start */
    int64_t exit_code;
    bool infra;       /* pod infra, builder, machine: hidden by default */
    bool auto_remove; /* vanishes when it stops */
};

struct snapshot {
    enum engine_kind kind;
    enum engine_state state;
    const char *why;     /* a sentence when state is not ENGINE_RUNNING, else "" */
    const char *version; /* of the engine, "" if not known */
    const char *client;  /* version of its tool when that is another one, "" else */
    const char *context; /* the chosen one (context.h), "" for the engine's own choice */
    enum engine_service service;
    enum engine_origin origin;
    const char *root; /* install root of its service unless that is ORIGIN_OURS, "" then */
    int64_t taken_s;  /* wall clock of the look that gave the list; 0: never */
    bool stale;       /* the list is of an earlier look than the state */
    struct container *list;
    size_t count;
    struct arena arena; /* owns every pointer above */
    size_t size;        /* allocated length of list; builders only */
};

/* Empty, unseen, for snapshot_free(). */
struct snapshot *snapshot_new(enum engine_kind kind);
/* Accepts NULL. */
void snapshot_free(struct snapshot *s);
/* A zeroed container to fill, with "" texts, or NULL over SNAPSHOT_COUNT_MAX. Valid until the
 * next call. */
struct container *snapshot_add(struct snapshot *s);
/* Fills `arg` of each, sorts as the menu sorts (state group, name, id; natural number order),
 * drops further containers of an id that was there already. */
void snapshot_seal(struct snapshot *s);
/* As a person sorts names: web-2 before web-10; for qsort(). */
int snapshot_compare_names(const char *a, const char *b);
/* By exact id, then by name, then by unique id prefix of at least 2 characters; NULL if none or
 * not unique. */
const struct container *snapshot_find(const struct snapshot *s, const char *word);
/* A deep copy: for the last good list under a new state. */
struct snapshot *snapshot_copy(const struct snapshot *s);
/* Running ones that are not infra. */
size_t snapshot_running(const struct snapshot *s);

/* The array of probe.md `parse`; with_engine adds "engine" to each element. */
NODISCARD enum rc snapshot_json(const struct snapshot *s, bool with_engine, struct buf *out);
/* Reads what snapshot_json() wrote, for `probe menu`. */
NODISCARD enum rc snapshot_from_json(const char *bytes, size_t len, enum engine_kind kind,
                                     struct snapshot **out, struct fault *why);

#endif
