/* log_reader.c - see log_reader.h.
 *
 * The parsers and what was read last are the thread's own. `lock` guards what stands below it, for
 * a few instructions: what the thread has found for the home thread, and what that wants of it. A
 * posted call holds a reference to the door, as in core/kit. */
#include "core/logs/log_reader.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/text.h"
#include "core/base/worker.h"
#include "core/exec/stream.h"
#include "core/logs/ansi.h"
#include "core/logs/stamp.h"
#include "core/words/words.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WAIT_MIN_MS 250 /* before a stream that ended at once is tried again */
#define WAIT_MAX_MS 8000
#define SETTLED_MS 2000 /* one that has lived so long has not ended at once */

struct door {
    atomic_uint refs;          /* the reader's and one of each posted call */
    struct log_reader *reader; /* NULL once shut; home thread */
};

/* How much has been read: the newest time of a line, and how many lines there are of that time. */
struct mark {
    int64_t ns;
    unsigned count;
};

struct log_reader {
    struct log_reader_config config; /* never changes */
    struct door *door;
    struct worker *worker;

    struct ansi *parser[2]; /* of stdout, stderr; down to `wait_ms`: the thread's own */
    int64_t ns;             /* of the line that is parsed */
    bool cut[2];            /* the piece before was not the end of its line */
    bool known[2];          /* that line was read before this attempt */
    unsigned long attempts;
    bool noticed;       /* that it is another attempt was said */
    struct mark read;   /* down to here lines were kept */
    struct mark before; /* the same when this attempt began; its count is counted down */
    int64_t wait_ms;
    char said[FAULT_TEXT_MAX]; /* the last line that was the command's own */

    pthread_mutex_t lock;
    struct ring *lines; /* that were not taken yet */
    bool told;          /* a call is posted, or was and nothing was taken since */
    bool reading, runs, restart, stopping;
    char why[FAULT_TEXT_MAX];
    struct cancel *attempt; /* NULL without one */
};

static void lock(struct log_reader *r)
{
    MUST(pthread_mutex_lock(&r->lock) == 0);
}

static void unlock(struct log_reader *r)
{
    MUST(pthread_mutex_unlock(&r->lock) == 0);
}

static void leave_door(struct door *door)
{
    if (atomic_fetch_sub(&door->refs, 1) == 1)
        mem_free(door);
}

/* ---- to the home thread ---- */

static void deliver(void *arg)
{
    struct door *door = arg;

    if (door->reader != NULL)
        door->reader->config.changed(door->reader->config.ctx);
    leave_door(door);
}

/* Under the lock, as is what is below; posting never blocks. */
static void post(struct log_reader *r)
{
    atomic_fetch_add(&r->door->refs, 1);
    r->config.post(r->config.post_ctx, deliver, r->door);
}

static void tell(struct log_reader *r)
{
    if (r->told || r->stopping)
        return;
    r->told = true;
    post(r);
}

static void keep_line(void *ctx, const struct line *line)
{
    struct log_reader *r = ctx;
    struct line stamped = *line;

    stamped.ns = r->ns;
    lock(r);
    ring_add(r->lines, &stamped);
    tell(r);
    unlock(r);
}

/* ---- what is read ---- */

/* The command's own sentence: a stranger's text, which a window shows. */
static void hear(struct log_reader *r, const char *line, size_t len)
{
    struct arena a = {0};

    snprintf(r->said, sizeof r->said, "%s", text_first_line(&a, line, len, FAULT_TEXT_MAX / 4));
    arena_release(&a);
}

static struct line own_line(const char *text)
{
    return (struct line){.text = text, .len = strlen(text), .ours = true};
}

static void notice(struct log_reader *r)
{
    struct line line = own_line(word(WORD_LOGS_AGAIN));

    if (r->attempts > 1 && !r->noticed)
        keep_line(r, &line);
    r->noticed = true;
}

/* A line of that time: was it read before this attempt? */
static bool is_known(struct log_reader *r, int64_t ns)
{
    if (ns < r->before.ns)
        return true;
    if (ns == r->before.ns && r->before.count > 0) {
        r->before.count--;
        return true;
    }
    if (ns > r->read.ns)
        r->read = (struct mark){ns, 1};
    else if (ns == r->read.ns)
        r->read.count++;
    return false;
}

/* A whole line, or a piece of one that is too long for stream.h, without the stamp at its front. */
static void parse(struct log_reader *r, bool is_stderr, const char *text, size_t len, int64_t ns)
{
    struct ansi *parser = r->parser[is_stderr];

    notice(r);
    if (ns > 0)
        r->ns = ns;
    while (len > 0) {
        size_t skip = 0, n = ns > 0 ? stamp_inside(text, len, ns, &skip) : len;

        ansi_feed(parser, text, n, keep_line, r);
        n += n < len ? skip : 0;
        text += n;
        len -= n;
    }
    if (!r->cut[is_stderr])
        ansi_feed(parser, "\n", 1, keep_line, r);
}

/* Without a stamp it is the rest of a long line, or nothing that the container wrote. */
static void read_line(void *ctx, bool is_stderr, const char *line, size_t len)
{
    struct log_reader *r = ctx;
    bool stamps = r->config.engine != ENGINE_APPLE, goes_on = r->cut[is_stderr];
    size_t front = 0;
    int64_t ns = 0;

    r->cut[is_stderr] = len == CMD_LINE_MAX;
    if (stamps && !goes_on)
        front = stamp_read(line, len, &ns);
    if (!goes_on)
        r->known[is_stderr] = front > 0 && is_known(r, ns);
    if (is_stderr && !goes_on && front == 0)
        hear(r, line, len);
    else if (!r->known[is_stderr])
        parse(r, is_stderr, line + front, len - front, ns);
}

/* ---- the thread ---- */

static void parsers_begin(struct log_reader *r)
{
    for (int i = 0; i < 2; i++) {
        r->parser[i] = ansi_new();
        r->cut[i] = false;
    }
    r->before = r->read;
    r->noticed = false;
    r->said[0] = '\0';
    r->attempts++;
}

static void parsers_end(struct log_reader *r)
{
    for (int i = 0; i < 2; i++) {
        ansi_end(r->parser[i], keep_line, r);
        ansi_free(r->parser[i]);
    }
}

static enum rc run(struct log_reader *r, const struct cancel *attempt, struct fault *why)
{
    const struct log_reader_config *c = &r->config;
    struct cmd_args args = {.ids = &c->id, .id_count = 1, .stamps = c->engine != ENGINE_APPLE};
    struct program program;
    struct cmd_call call;
    int code = 0;
    enum rc rc = locate_program(c->where, c->engine, &program, why);

    if (args.stamps && r->before.ns > 0)
        args.since_ns = r->before.ns - 1; /* "since" leaves that moment itself out with podman */
    else if (args.stamps || r->attempts == 1)
        args.lines = LOG_READER_TAIL;
    if (rc == RC_OK)
        rc = cmd_call_init(&call, &program, OP_LOGS_FOLLOW, &args, why);
    if (rc == RC_OK)
        rc = stream_run(c->spawner, &call, attempt, read_line, r, &code, why);
    if (rc != RC_OK || code == 0)
        return rc;
    if (r->said[0] != '\0')
        return fault_set(why, RC_FAILED, "%s", r->said);
    return fault_set(why, RC_FAILED, "%s ended with status %d", engine_title(c->engine), code);
}

/* Under the lock: when is the next attempt? */
static int64_t next(struct log_reader *r, int64_t lived_ms)
{
    bool now = r->restart;

    r->restart = false;
    if (lived_ms >= SETTLED_MS)
        r->wait_ms = 0;
    if (now && !r->stopping)
        return 0;
    if (r->stopping || !r->runs)
        return WORKER_SLEEP;
    r->wait_ms = r->wait_ms == 0 ? WAIT_MIN_MS : r->wait_ms * 2;
    if (r->wait_ms > WAIT_MAX_MS)
        r->wait_ms = WAIT_MAX_MS;
    return r->wait_ms;
}

static int64_t attempt_once(struct log_reader *r, const struct cancel *attempt)
{
    struct fault why = {0};
    int64_t began = clock_ms(), wait;
    enum rc rc;

    parsers_begin(r);
    rc = run(r, attempt, &why);
    parsers_end(r);
    log_debug("%s: logs: ended: %s", engine_word(r->config.engine), rc_name(rc));

    lock(r);
    r->attempt = NULL;
    r->reading = false;
    if (rc != RC_OK && rc != RC_CANCELLED)
        fault_text(&why, r->why);
    wait = next(r, clock_ms() - began);
    if (r->stopping)
        post(r); /* that it is over */
    else
        tell(r);
    unlock(r);
    return wait;
}

static int64_t round_of(void *ctx, struct cancel *stop)
{
    struct log_reader *r = ctx;
    struct cancel *attempt = NULL;
    int64_t wait;

    (void)stop; /* log_reader_free() triggers the attempt's own */
    lock(r);
    if (!r->stopping && (r->attempts == 0 || r->runs)) {
        attempt = cancel_new();
        r->attempt = attempt;
        r->reading = true;
        r->why[0] = '\0';
        tell(r);
    }
    unlock(r);
    if (attempt == NULL)
        return WORKER_SLEEP;
    wait = attempt_once(r, attempt);
    cancel_free(attempt);
    return wait;
}

/* ---- the home thread ---- */

struct log_reader *log_reader_new(const struct log_reader_config *config)
{
    struct log_reader *r = mem_new(sizeof *r);

    r->config = *config;
    r->door = mem_new(sizeof *r->door);
    r->door->reader = r;
    atomic_init(&r->door->refs, 1);
    r->lines = ring_new(RING_LINES, RING_BYTES);
    MUST(pthread_mutex_init(&r->lock, NULL) == 0);
    r->worker = worker_new("logs", round_of, r);
    return r;
}

void log_reader_runs(struct log_reader *r, bool runs)
{
    bool begins;

    lock(r);
    begins = runs && !r->runs;
    r->runs = runs;
    unlock(r);
    if (begins)
        worker_poke(r->worker);
}

void log_reader_restart(struct log_reader *r)
{
    lock(r);
    if (r->attempt != NULL) {
        r->restart = true;
        cancel_trigger(r->attempt);
    }
    unlock(r);
    worker_poke(r->worker);
}

struct timed {
    int64_t ns;
    uint64_t number;
};

static int by_time(const void *a, const void *b)
{
    const struct timed *x = a, *y = b;

    if (x->ns != y->ns)
        return x->ns < y->ns ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

/* What two pipes brought, in the order in which it was written. */
static void move_in_order(struct ring *from, struct ring *into)
{
    size_t count = (size_t)(ring_end(from) - ring_first(from));
    struct timed *order = mem_new_array(count, sizeof *order);

    for (size_t i = 0; i < count; i++) {
        uint64_t number = ring_first(from) + i;

        order[i] = (struct timed){ring_line(from, number).ns, number};
    }
    qsort(order, count, sizeof *order, by_time);
    for (size_t i = 0; i < count; i++) {
        struct line line = ring_line(from, order[i].number);

        ring_add(into, &line);
    }
    mem_free(order);
}

/* All lines of `from`; first is said how many it has lost. */
static void move(struct ring *from, struct ring *into)
{
    uint64_t lost = ring_first(from);
    struct arena a = {0};

    if (lost > 0) {
        struct line line = own_line(word_count(&a, WORD_LOGS_LOST_1, (int64_t)lost));

        ring_add(into, &line);
    }
    move_in_order(from, into);
    arena_release(&a);
}

void log_reader_take(struct log_reader *r, struct ring *into, struct log_news *out)
{
    struct ring *lines = NULL;

    lock(r);
    r->told = false;
    out->reading = r->reading;
    snprintf(out->why, sizeof out->why, "%s", r->why);
    if (ring_end(r->lines) > 0) {
        lines = r->lines;
        r->lines = ring_new(RING_LINES, RING_BYTES);
    }
    unlock(r);
    if (lines != NULL)
        move(lines, into);
    ring_free(lines);
}

void log_reader_stop(struct log_reader *r)
{
    lock(r);
    if (r->attempt != NULL)
        cancel_trigger(r->attempt);
    else if (!r->stopping)
        post(r);
    r->stopping = true;
    unlock(r);
}

bool log_reader_is_over(struct log_reader *r)
{
    bool over;

    lock(r);
    over = r->stopping && r->attempt == NULL;
    unlock(r);
    return over;
}

void log_reader_free(struct log_reader *r)
{
    if (r == NULL)
        return;
    log_reader_stop(r);
    worker_free(r->worker);
    r->door->reader = NULL;
    leave_door(r->door);
    MUST(pthread_mutex_destroy(&r->lock) == 0);
    ring_free(r->lines);
    mem_free(r);
}
