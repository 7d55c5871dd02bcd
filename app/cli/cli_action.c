/* cli_action.c - `start`, `stop`, `restart`, `kill`, `pause`, `unpause`, `remove`.
 *
 * First every id is found, and if one is not, nothing is done at all. Then the actions run
 * side by side on the queue of core, one at a time for each container, and each result is printed
 * as it comes. */
#include "app/cli/words.h"
#include "core/action/queue.h"
#include "core/base/mem.h"
#include "core/engine/state.h"
#include <pthread.h>
#include <stdio.h>
#include <string.h>

struct batch {
    struct cli_target *targets;
    size_t count;
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct queue_result *results; /* guarded by lock, as is: */
    size_t result_count;
};

static const char *past_tense(enum op op)
{
    switch (op) {
    case OP_START:
        return "started";
    case OP_STOP:
        return "stopped";
    case OP_RESTART:
        return "restarted";
    case OP_KILL:
        return "killed";
    case OP_PAUSE:
        return "paused";
    case OP_UNPAUSE:
        return "unpaused";
    default:
        return "removed";
    }
}

/* Adds a container once, however often it was named. */
static void add_target(struct batch *b, const struct cli_target *t)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->targets[i].container == t->container)
            return;
    b->targets[b->count++] = *t;
}

/* The engine would do it, and the container would be gone. */
static bool would_be_lost(const struct cli_target *t)
{
    if (t->op != OP_RESTART || !state_restart_loses(t->kind, t->container))
        return false;
    cli_say("%s is removed when it stops, so it cannot be restarted", t->container->name);
    return true;
}

static enum cli_status find_all(const struct cli *c, const struct cli_view *v, struct batch *b)
{
    if (c->all || c->project != NULL)
        return cli_group(c, v, b->targets, &b->count);
    for (size_t i = 0; i < c->id_count; i++) {
        struct cli_target t;
        enum cli_status status = cli_find(c, v, &c->ids[i], c->word->op == OP_REMOVE, &t);

        if (status != CLI_DONE)
            return status;
        if (would_be_lost(&t))
            return CLI_FAILED;
        if (c->force)
            t.op = OP_REMOVE_FORCE;
        add_target(b, &t);
    }
    return CLI_DONE;
}

/* The queue's sink: on the action's thread. */
static void take_result(void *ctx, const struct queue_result *result)
{
    struct batch *b = ctx;

    MUST(pthread_mutex_lock(&b->lock) == 0);
    b->results[b->result_count++] = *result;
    MUST(pthread_cond_signal(&b->more) == 0);
    MUST(pthread_mutex_unlock(&b->lock) == 0);
}

static const char *name_of(const struct batch *b, const struct queue_result *r)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->targets[i].kind == r->kind &&
            strcmp(b->targets[i].container->arg.text, r->id.text) == 0)
            return b->targets[i].container->name;
    return r->id.text;
}

static enum cli_status tell_result(const struct batch *b, const struct queue_result *r)
{
    char text[FAULT_TEXT_MAX];

    if (r->rc == RC_OK) {
        printf("%s %s\n", past_tense(r->op), name_of(b, r));
        fflush(stdout);
    } else {
        cli_say("%s %s: %s", op_word(r->op), name_of(b, r), fault_text(&r->why, text));
    }
    return cli_status_of_rc(r->rc);
}

static enum cli_status wait_for(struct batch *b, size_t wanted)
{
    enum cli_status status = CLI_DONE;

    for (size_t told = 0; told < wanted; told++) {
        struct queue_result result;

        MUST(pthread_mutex_lock(&b->lock) == 0);
        while (b->result_count == told)
            MUST(pthread_cond_wait(&b->more, &b->lock) == 0);
        result = b->results[told];
        MUST(pthread_mutex_unlock(&b->lock) == 0);
        status = cli_worse(status, tell_result(b, &result));
    }
    return status;
}

static enum cli_status run_all(const struct cli *c, struct batch *b)
{
    struct queue *q = queue_new(c->setup->spawner, &c->setup->where, take_result, b);
    enum cli_status status = CLI_DONE;
    size_t submitted = 0;

    for (size_t i = 0; i < b->count; i++) {
        const struct cli_target *t = &b->targets[i];
        struct fault why;

        if (queue_submit(q, t->kind, t->op, &t->container->arg, c->seconds, &why) == RC_OK) {
            submitted++;
            continue;
        }
        cli_say("%s %s: %s", c->word->name, t->container->name, why.text);
        status = CLI_FAILED;
    }
    status = cli_worse(status, wait_for(b, submitted));
    queue_free(q);
    return status;
}

int cli_act(const struct cli *c)
{
    struct batch b = {.lock = PTHREAD_MUTEX_INITIALIZER, .more = PTHREAD_COND_INITIALIZER};
    struct cli_view v;
    enum cli_status engines, status;
    size_t most = c->id_count;

    cli_view_take(c, false, &v);
    engines = cli_view_tell(c, &v);
    for (int kind = 0; kind < ENGINE_COUNT && (c->all || c->project != NULL); kind++)
        most += v.snaps[kind] != NULL ? v.snaps[kind]->count : 0;
    b.targets = mem_new_array(most, sizeof *b.targets);
    b.results = mem_new_array(most, sizeof *b.results);
    status = find_all(c, &v, &b);
    if (status == CLI_DONE)
        status = cli_worse(run_all(c, &b), c->all ? engines : CLI_DONE);
    else if (status == CLI_FAILED && engines != CLI_DONE)
        status = engines; /* it may be there: one engine could not tell */
    MUST(pthread_cond_destroy(&b.more) == 0);
    MUST(pthread_mutex_destroy(&b.lock) == 0);
    mem_free(b.results);
    mem_free(b.targets);
    cli_view_release(&v);
    return (int)status;
}
