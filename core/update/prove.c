/* prove.c - see prove.h. The question to the home thread may come back when nobody waits for the
 * answer any more, so it lives on its own and the last one to let go of it ends it. */
#include "core/update/prove.h"
#include "core/base/log.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include "core/store/store.h"
#include <stdatomic.h>

#define ANSWER_MS 50 /* between two looks for the answer */

struct question {
    atomic_uint refs; /* the asker's, and that of the posted call */
    atomic_bool answered;
};

struct prove {
    const struct install_config *config;
    const char *token;
    void (*post)(void *post_ctx, void (*call)(void *arg), void *arg);
    void *post_ctx;
    struct question *question; /* NULL until asked; the thread's, then prove_free()'s */
    struct worker *worker;
};

static void let_go(struct question *q)
{
    if (q != NULL && atomic_fetch_sub(&q->refs, 1) == 1)
        mem_free(q);
}

static void answer(void *arg) /* home thread */
{
    struct question *q = arg;

    atomic_store(&q->answered, true);
    let_go(q);
}

static void ask(struct prove *p)
{
    p->question = mem_new(sizeof *p->question);
    atomic_init(&p->question->refs, 2);
    p->post(p->post_ctx, answer, p->question);
}

static bool reads_settings(const char *data)
{
    struct store *store = store_new(data);
    struct arena arena = {0};
    struct store_pairs pairs = {0};
    struct fault why = {0};
    char text[FAULT_TEXT_MAX];
    enum rc rc = store_settings(store, &arena, &pairs, &why);

    if (rc != RC_OK)
        log_warn("update: the settings cannot be read" LOG_PRIVATE ": %s", fault_text(&why, text));
    arena_release(&arena);
    store_free(store);
    return rc == RC_OK;
}

static int64_t work(void *ctx, struct cancel *stop)
{
    struct prove *p = ctx;

    if (p->question == NULL) {
        if (cancel_wait_ms(stop, install_alive_ms()))
            return WORKER_SLEEP;
        ask(p);
    }
    if (!atomic_load(&p->question->answered))
        return ANSWER_MS;
    if (reads_settings(p->config->data))
        install_healthy(p->config, p->token, stop);
    return WORKER_SLEEP;
}

struct prove *prove_new(const struct install_config *config, const char *token,
                        void (*post)(void *post_ctx, void (*call)(void *arg), void *arg),
                        void *post_ctx)
{
    struct prove *p = mem_new(sizeof *p);

    *p = (struct prove){.config = config, .token = token, .post = post, .post_ctx = post_ctx};
    p->worker = worker_new("prove", work, p);
    return p;
}

void prove_free(struct prove *p)
{
    if (p == NULL)
        return;
    worker_free(p->worker);
    let_go(p->question);
    mem_free(p);
}
