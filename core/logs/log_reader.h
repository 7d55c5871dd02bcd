/* log_reader.h - follows the log of one container, and comes back to it after a restart.
 *
 * A thread runs the engine's `logs --follow` and makes lines of what it prints. The container's
 * standard error comes on a pipe of its own; where lines have times those that are taken together
 * are in their order. Lines gather until the home thread takes them; that they
 * are there is told once, so whoever takes them ten times a second is told ten times a second. Who
 * does not take them has the newest RING_LINES of them later, behind a line of ours that tells how
 * many are lost.
 *
 * The stream ends when the container does (docker, podman). While it is said to run the thread
 * tries again, with a growing distance if that ends at once, and of what the engine then prints for
 * the second time nothing comes twice: docker and podman are asked for each line's time. Apple's
 * engine knows no times, and its stream does not end with the container (engines.md 2.1); if it
 * ends all the same, what was written until it is read again is not shown.
 *
 * Never stops or changes a container. Memory: one ring, and what is being read. */
#ifndef CORE_LOGS_LOG_READER_H
#define CORE_LOGS_LOG_READER_H
#include "core/engine/locate.h"
#include "core/exec/spawner.h"
#include "core/logs/ring.h"

#define LOG_READER_TAIL 10000 /* lines of before that the first look brings */

struct log_reader;

struct log_reader_config {
    struct spawner *spawner;          /* borrowed, outlives the reader */
    const struct locate_where *where; /* borrowed, outlives the reader */
    enum engine_kind engine;
    struct valid_id id;
    /* Calls call(arg) once on the home thread, soon, in order; from any thread. */
    void (*post)(void *post_ctx, void (*call)(void *arg), void *arg);
    void *post_ctx;
    /* There are lines to take, or the news is another. Home thread. */
    void (*changed)(void *ctx);
    void *ctx;
};

/* How it stands. */
struct log_news {
    bool reading;             /* the engine's command runs */
    char why[FAULT_TEXT_MAX]; /* why it does not, if that is a failure; else "" */
};

/* Home thread, all of them. Begins to read, whether the container runs or not. */
struct log_reader *log_reader_new(const struct log_reader_config *config);
/* Whether the container is one that may write something, as far as that is known. */
void log_reader_runs(struct log_reader *r, bool runs);
/* The connection may be dead without knowing it, as after sleep: begins anew. */
void log_reader_restart(struct log_reader *r);
/* Adds the lines that have come to *into. */
void log_reader_take(struct log_reader *r, struct ring *into, struct log_news *out);
/* Ends the command, which may take a second, and does not wait for that; `changed` is called when
 * it is over, and then log_reader_free() waits for nothing any more. */
void log_reader_stop(struct log_reader *r);
bool log_reader_is_over(struct log_reader *r);
/* Ends the command and the thread; a posted call that arrives later is harmless. Accepts NULL. */
void log_reader_free(struct log_reader *r);

#endif
