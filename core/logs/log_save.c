/* log_save.c - see log_save.h. `text` and `path` are the worker's from the poke until its answer
 * was delivered, and the home thread's otherwise: `busy` says which. */
#include "core/logs/log_save.h"
#include "core/base/file.h"
#include "core/base/mem.h"
#include "core/base/worker.h"
#include <stdatomic.h>
#include <string.h>

struct door {
    atomic_uint refs;      /* the saver's and one of a posted call */
    struct log_save *save; /* NULL once shut; home thread */
};

struct log_save {
    struct log_save_config config;
    struct door *door;
    struct worker *worker; /* NULL until first needed */
    atomic_bool busy;
    bool written; /* the worker's, as long as there is one */
    char *path;
    struct buf text;
    enum rc rc;
    struct fault why;
};

static void leave_door(struct door *door)
{
    if (atomic_fetch_sub(&door->refs, 1) == 1)
        mem_free(door);
}

static void deliver(void *arg)
{
    struct door *door = arg;
    struct log_save *s = door->save;

    if (s != NULL) {
        struct fault why = s->why; /* `s` may be freed inside of done() */
        char *path = s->path;

        s->path = NULL;
        buf_release(&s->text);
        atomic_store(&s->busy, false);
        s->config.done(s->config.ctx, s->rc, path, &why);
        mem_free(path);
    }
    leave_door(door);
}

static int64_t write_it(void *ctx, struct cancel *stop)
{
    struct log_save *s = ctx;

    (void)stop;
    if (!atomic_load(&s->busy) || s->written)
        return WORKER_SLEEP;
    s->written = true;
    s->why = (struct fault){0};
    s->rc = file_replace(s->path, buf_text(&s->text), s->text.len, &s->why);
    atomic_fetch_add(&s->door->refs, 1);
    s->config.post(s->config.post_ctx, deliver, s->door);
    return WORKER_SLEEP;
}

void log_save_name(const char *container, char out[LOG_SAVE_NAME_MAX])
{
    static const char end[] = ".log";
    size_t len = strlen(container), max = LOG_SAVE_NAME_MAX - sizeof end;

    if (len > max)
        for (len = max; len > 0 && ((unsigned char)container[len] & 0xc0) == 0x80;)
            len--;
    for (size_t i = 0; i < len; i++) {
        out[i] = container[i];
        if (strchr("/:\\", out[i]) != NULL || (out[i] == '.' && i == 0))
            out[i] = '-';
    }
    memcpy(out + len, end, sizeof end);
}

struct log_save *log_save_new(const struct log_save_config *config)
{
    struct log_save *s = mem_new(sizeof *s);

    s->config = *config;
    s->door = mem_new(sizeof *s->door);
    s->door->save = s;
    atomic_init(&s->door->refs, 1);
    atomic_init(&s->busy, false);
    return s;
}

bool log_save_begin(struct log_save *s, const char *path, struct buf *text)
{
    if (atomic_load(&s->busy))
        return false;
    s->path = mem_str(path);
    s->text = *text;
    *text = (struct buf){.max = text->max};
    s->written = false;
    atomic_store(&s->busy, true);
    if (s->worker == NULL)
        s->worker = worker_new("save", write_it, s);
    else
        worker_poke(s->worker);
    return true;
}

bool log_save_is_busy(const struct log_save *s)
{
    return atomic_load(&s->busy);
}

void log_save_free(struct log_save *s)
{
    if (s == NULL)
        return;
    worker_free(s->worker);
    (void)write_it(s, NULL); /* what the worker did not come to */
    s->door->save = NULL;
    leave_door(s->door);
    mem_free(s->path);
    buf_release(&s->text);
    mem_free(s);
}
