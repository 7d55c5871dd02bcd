/* run.c - see run.h.
 *
 * poll() sees output, room on stdin and the stop sign, but not an exit, and SIGCHLD would need a
 * handler for the whole process. So the exit is asked for: at once when both pipes have ended,
 * which is how nearly every child says that it is done, then after 1, 2, 4 ... 20 ms; and every
 * 50 ms while they are open, for a grandchild may hold them. A stream is the exception: it lives
 * for hours, mostly silent, so as long as a pipe is open nothing ticks at all, and a stream's
 * child that dies leaving a grandchild at its pipe is noticed when that one ends too. */
#include "core/exec/run.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/exec/pipes.h"
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#define GRACE_MS 250 /* for a grandchild that holds a pipe, and a stream that closed both */
#define KILL_MS 1000 /* between TERM and KILL */
#define LOOK_OPEN_MS 50
#define LOOK_CLOSED_MAX_MS 20
#define POLL_MAX_MS 3600000
#define NEVER INT64_MAX
#define READ_SIZE ((size_t)32 << 10)

enum { SEE_IN, SEE_OUT, SEE_ERR, SEE_STOP, SEE_COUNT };

struct progress {
    struct run *run;
    struct spawned child;
    int64_t started_ms, deadline_ms;
    int64_t kill_ms;   /* when TERM was not enough; NEVER before TERM and after KILL */
    int64_t look_ms;   /* when to ask for the exit next */
    int64_t step_ms;   /* 0 while a pipe is open */
    int64_t closed_ms; /* when the second pipe ended, else NEVER */
    int64_t exited_ms; /* NEVER until then */
    bool ending;       /* TERM was sent, or it was left alone */
    bool left;
    enum rc ended; /* why */
    size_t written;
    off_t read_at[2]; /* of the files of a child that detaches */
};

static bool pipes_ended(const struct progress *p)
{
    return p->child.out < 0 && p->child.err < 0;
}

/* Begins to end it; the first reason counts. */
static void end(struct progress *p, enum rc why)
{
    if (p->ending)
        return;
    p->ending = true;
    p->ended = why;
    if (p->exited_ms != NEVER)
        return; /* only its last words were too much */
    if (p->child.detaches && why == RC_CANCELLED) {
        p->left = true;
        return;
    }
    spawner_signal(&p->child, SIGTERM);
    spawner_signal(&p->child, SIGCONT); /* a stopped one cannot act on TERM */
    p->look_ms = clock_ms();
    p->kill_ms = p->look_ms + KILL_MS;
}

/* False if it was too much. */
static bool hand_over(struct progress *p, bool is_stderr, char *bytes, ssize_t len)
{
    if (len <= 0 || p->run->on_bytes(p->run->ctx, is_stderr, bytes, (size_t)len))
        return true;
    end(p, RC_TOO_BIG);
    return false;
}

/* What a pipe has now, once: a flood must not keep us from the other pipe and the clock. */
static void drain_pipe(struct progress *p, int *fd, bool is_stderr)
{
    char bytes[READ_SIZE + 1];
    ssize_t n = pipes_read(*fd, bytes, READ_SIZE);

    (void)hand_over(p, is_stderr, bytes, n);
    if (n == 0)
        pipes_close(fd);
}

/* What was added to the file that a detaching child writes. */
static void drain_file(struct progress *p, int fd, bool is_stderr)
{
    char bytes[READ_SIZE + 1];
    off_t *at = &p->read_at[is_stderr];
    ssize_t n;

    if (fd < 0)
        return; /* one that stays has none */
    while ((n = pread(fd, bytes, READ_SIZE, *at)) > 0) {
        *at += n;
        if (!hand_over(p, is_stderr, bytes, n))
            break; /* or a flood would never let us go */
    }
}

static void feed(struct progress *p)
{
    const struct cmd_call *call = p->run->call;
    const char *from = (const char *)call->stdin_bytes + p->written;
    ssize_t n = pipes_write(p->child.in, from, call->stdin_len - p->written);

    if (n > 0)
        p->written += (size_t)n;
    if (n < 0 || p->written == call->stdin_len)
        pipes_close(&p->child.in);
}

static int64_t sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* When there is something to do even if nothing comes. */
static int64_t due(const struct progress *p)
{
    if (p->exited_ms != NEVER)
        return p->exited_ms + GRACE_MS;
    if (p->ending)
        return sooner(p->kill_ms, p->look_ms);
    if (p->run->call->stream && pipes_ended(p))
        return sooner(p->closed_ms + GRACE_MS, p->look_ms);
    return sooner(p->deadline_ms, p->look_ms);
}

static int until(int64_t due_ms)
{
    int64_t ms;

    if (due_ms == NEVER)
        return -1;
    ms = due_ms - clock_ms();
    if (ms < 0)
        return 0;
    return ms > POLL_MAX_MS ? POLL_MAX_MS : (int)ms;
}

/* Sleeps until something comes or is due, and moves what came. */
static void move(struct progress *p)
{
    bool files = p->child.detaches;
    struct pollfd see[SEE_COUNT] = {
        [SEE_IN] = {.fd = p->child.in, .events = POLLOUT},
        [SEE_OUT] = {.fd = files ? -1 : p->child.out, .events = POLLIN},
        [SEE_ERR] = {.fd = files ? -1 : p->child.err, .events = POLLIN},
        [SEE_STOP] = {.fd = p->ending ? -1 : cancel_fd(p->run->stop), .events = POLLIN},
    };

    if (p->exited_ms != NEVER)
        see[SEE_STOP].fd = -1;
    if (poll(see, SEE_COUNT, until(due(p))) < 0)
        return; /* a signal: nothing was filled in */
    if (see[SEE_STOP].revents != 0)
        end(p, RC_CANCELLED);
    if (see[SEE_IN].revents != 0)
        feed(p);
    if (see[SEE_OUT].revents != 0)
        drain_pipe(p, &p->child.out, false);
    if (see[SEE_ERR].revents != 0)
        drain_pipe(p, &p->child.err, true);
}

/* When to ask for the exit again. A stream with an open pipe gets here only while it is ended. */
static int64_t next_look(struct progress *p, int64_t now)
{
    if (!pipes_ended(p))
        return now + LOOK_OPEN_MS;
    p->step_ms = sooner(p->step_ms * 2, LOOK_CLOSED_MAX_MS);
    return now + p->step_ms;
}

static void look(struct progress *p, int64_t now)
{
    if (pipes_ended(p) && p->closed_ms == NEVER) {
        p->closed_ms = p->look_ms = now;
        p->step_ms = 1;
    }
    if (p->exited_ms != NEVER || now < p->look_ms)
        return;
    if (spawner_exited(&p->child))
        p->exited_ms = now;
    else
        p->look_ms = next_look(p, now);
    if (p->child.detaches) { /* after asking: all that it wrote before its end is there */
        drain_file(p, p->child.out, false);
        drain_file(p, p->child.err, true);
    }
}

/* What the clock asks for. */
static void judge(struct progress *p, int64_t now)
{
    if (p->exited_ms != NEVER)
        return;
    if (now >= p->deadline_ms && p->run->call->stays)
        p->left = true;
    else if (now >= p->deadline_ms)
        end(p, RC_TIMEOUT);
    if (p->run->call->stream && p->closed_ms != NEVER && now >= p->closed_ms + GRACE_MS)
        end(p, RC_OK);
    if (now < p->kill_ms)
        return;
    p->kill_ms = NEVER;
    if (p->child.detaches)
        p->left = true;
    else
        spawner_signal(&p->child, SIGKILL);
}

static bool finished(const struct progress *p, int64_t now)
{
    if (p->left)
        return true;
    if (p->exited_ms == NEVER)
        return false;
    return p->child.detaches || pipes_ended(p) || now >= p->exited_ms + GRACE_MS;
}

static void follow(struct progress *p)
{
    int64_t now = p->started_ms;

    while (!finished(p, now)) {
        move(p);
        now = clock_ms();
        look(p, now);
        judge(p, now);
    }
    if (p->left) {
        p->run->exit_code = p->ended == RC_OK ? 0 : -1;
        spawner_leave(p->run->spawner, &p->child);
        return;
    }
    spawner_reap(p->run->spawner, &p->child, &p->run->exit_code, &p->run->sig);
}

static enum rc tell(const struct progress *p, struct fault *why)
{
    const struct cmd_call *call = p->run->call;
    const char *title = cmd_call_title(call), *op = cmd_call_word(call);

    switch (p->ended) {
    case RC_TIMEOUT:
        return fault_set(why, RC_TIMEOUT, "%s did not answer within %lld s (%s).", title,
                         (long long)(call->timeout_ms + 999) / 1000, op);
    case RC_CANCELLED:
        return fault_set(why, RC_CANCELLED, "%s: %s was cancelled.", title, op);
    case RC_TOO_BIG:
        return fault_set(why, RC_TOO_BIG, "%s printed too much (%s, more than %zu KB).", title, op,
                         call->output_max / 1024);
    default:
        return RC_OK;
    }
}

static void log_end(const struct progress *p)
{
    char text[512];

    if (!log_wants(LOG_DEBUG))
        return;
    cmd_call_text(p->run->call, text, sizeof text);
    log_debug("%s %s: %s, exit %d, signal %d, %lld ms" LOG_PRIVATE ": %s",
              engine_word(p->run->call->kind), op_word(p->run->call->op), rc_name(p->ended),
              p->run->exit_code, p->run->sig, (long long)(clock_ms() - p->started_ms), text);
}

enum rc run_child(struct run *run, struct fault *why)
{
    struct progress p = {.run = run, .kill_ms = NEVER, .closed_ms = NEVER, .exited_ms = NEVER};
    enum rc rc;

    run->exit_code = -1;
    run->sig = 0;
    if (cancel_is_set(run->stop)) {
        p.ended = RC_CANCELLED;
        return tell(&p, why);
    }
    rc = spawner_start(run->spawner, run->call, &p.child, why);
    if (rc != RC_OK)
        return rc;
    p.started_ms = clock_ms();
    p.deadline_ms = run->call->timeout_ms > 0 ? p.started_ms + run->call->timeout_ms : NEVER;
    p.look_ms = run->call->stream ? NEVER : p.started_ms + LOOK_OPEN_MS;
    follow(&p);
    log_end(&p);
    return tell(&p, why);
}
