/* kit_rig.h - the whole core with a fake docker, and one test as its home thread.
 *
 *     rig_open(&r, "running");              every engine was looked at; docker has web
 *     TURN_UNTIL(&r, says(&r, "words"));    turns of the loop until the menu says so
 *     rig_next_run(&r); rig_remember(&r);   the program begins again, with a store
 *     rig_close(&r); */
#ifndef TESTS_UNIT_KIT_RIG_H
#define TESTS_UNIT_KIT_RIG_H
#include "core/base/mem.h"
#include "core/kit/kit.h"
#include "core/menu/menu_text.h"
#include "tests/unit/fake_engine.h"
#include <pthread.h>

#define WEB "web0123456789abcdef"

struct posted {
    void (*call)(void *arg);
    void *arg;
};

/* The home thread is the test's; what is posted to it waits here. */
struct rig {
    struct fake f;
    pthread_mutex_t lock; /* guards the next two */
    struct posted calls[256];
    size_t count;
    struct kit *kit;
    struct keeper *keeper; /* NULL: nothing is kept */
    char data[64];         /* its folder */
    int changes;
    bool running_shown; /* after a click: web was shown as running and not busy */
    char notes[1024];   /* "+key " for one shown, "-key " for one taken back */
    struct arena arena;
};

static inline void post(void *ctx, void (*call)(void *arg), void *arg)
{
    struct rig *r = ctx;

    pthread_mutex_lock(&r->lock);
    assert_true(r->count < countof(r->calls));
    r->calls[r->count++] = (struct posted){call, arg};
    pthread_mutex_unlock(&r->lock);
}

/* What the menu says, for the caller to release. */
static inline void text_of(const struct rig *r, struct buf *out)
{
    struct menu m = {0};

    buf_init(out, (size_t)1 << 20);
    kit_menu(r->kit, clock_wall_s(), &m);
    assert_int_equal(menu_text(&m, true, out), RC_OK);
    menu_release(&m);
}

static inline bool says(const struct rig *r, const char *words)
{
    struct buf text;
    bool found;

    text_of(r, &text);
    found = strstr(buf_text(&text), words) != NULL;
    buf_release(&text);
    return found;
}

static inline bool is_busy(const struct rig *r)
{
    struct menu m = {0};
    bool busy;

    kit_menu(r->kit, clock_wall_s(), &m);
    busy = m.icon == MENU_ICON_BUSY;
    menu_release(&m);
    return busy;
}

static inline enum container_state web_state(const struct rig *r)
{
    const struct snapshot *s = kit_snapshot(r->kit, ENGINE_DOCKER);

    return s != NULL && s->count > 0 ? s->list[0].state : STATE_UNKNOWN;
}

static inline void on_changed(void *ctx)
{
    struct rig *r = ctx;

    r->changes++;
    if (r->kit != NULL && web_state(r) == STATE_RUNNING && !is_busy(r))
        r->running_shown = true;
}

static inline void on_note(void *ctx, const struct note *note)
{
    struct rig *r = ctx;
    size_t len = strlen(r->notes);

    snprintf(r->notes + len, sizeof r->notes - len, "%c%s ", note->withdrawn ? '-' : '+',
             note->key);
}

static inline bool has_posted(struct rig *r)
{
    bool any;

    pthread_mutex_lock(&r->lock);
    any = r->count > 0;
    pthread_mutex_unlock(&r->lock);
    return any;
}

/* One turn of the home thread's loop. */
static inline void turn(struct rig *r)
{
    struct posted p = {NULL, NULL};

    pthread_mutex_lock(&r->lock);
    if (r->count > 0) {
        p = r->calls[0];
        r->count--;
        memmove(&r->calls[0], &r->calls[1], r->count * sizeof p);
    }
    pthread_mutex_unlock(&r->lock);
    if (p.call != NULL)
        p.call(p.arg);
    else
        cancel_wait_ms(NULL, 2);
}

/* Turns until the condition holds. */
#define TURN_UNTIL(r, condition)                                                                   \
    for (int64_t end_ = clock_ms() + FAKE_PATIENCE_MS; !(condition); turn(r))                      \
        if (clock_ms() > end_)                                                                     \
    fail_msg("never came: %s", #condition)

static inline void put_list(struct rig *r, const char *state)
{
    fake_put(&r->f, "list.out", fake_docker_line(&r->arena, "web", state));
}

static inline void put_ended(struct rig *r, int code)
{
    fake_put(&r->f, "list.out",
             arena_print(&r->arena,
                         "{\"ID\":\"" WEB "\",\"Names\":\"web\",\"Image\":\"img\",\"State\":"
                         "\"exited\",\"Status\":\"Exited (%d) 1 second ago\",\"Ports\":\"\","
                         "\"Labels\":\"\"}\n",
                         code));
}

/* The fake engine says what it is told by then. */
static inline void rig_start(struct rig *r)
{
    struct kit_config config = {
        .spawner = r->f.spawner,
        .where = &r->f.where,
        .post = post,
        .post_ctx = r,
        .changed = on_changed,
        .changed_ctx = r,
        .note = on_note,
        .note_ctx = r,
        .keeper = r->keeper,
    };

    r->kit = kit_new(&config);
}

/* All but the kit, which rig_start() makes. */
static inline void rig_prepare(struct rig *r, const char *state)
{
    memset(r, 0, sizeof *r);
    fake_open(&r->f, ENGINE_DOCKER);
    fake_put(&r->f, "inspect.out", "[]");
    fake_put(&r->f, "events.out", "");
    put_list(r, state);
    pthread_mutex_init(&r->lock, NULL);
}

/* Without waiting for a look. */
static inline void rig_begin(struct rig *r, const char *state)
{
    rig_prepare(r, state);
    rig_start(r);
}

static inline void rig_open(struct rig *r, const char *state)
{
    rig_begin(r, state);
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        TURN_UNTIL(r, kit_snapshot(r->kit, (enum engine_kind)kind) != NULL);
}

static inline void rig_close(struct rig *r)
{
    kit_free(r->kit);
    r->kit = NULL;
    assert_false(fake_any_alive(&r->f));
    while (has_posted(r))
        turn(r); /* late ones: harmless */
    pthread_mutex_destroy(&r->lock);
    arena_release(&r->arena);
    fake_close(&r->f);
}

/* The program ends and begins again, with a store from the first time on. What is kept has arrived,
 * and no look has been taken yet. */
static inline void rig_next_run(struct rig *r)
{
    if (r->data[0] == '\0') {
        snprintf(r->data, sizeof r->data, "/tmp/ck-kit.XXXXXX");
        assert_non_null(mkdtemp(r->data));
    }
    kit_free(r->kit);
    r->kit = NULL;
    keeper_free(r->keeper);
    while (has_posted(r))
        turn(r);
    r->notes[0] = '\0';
    r->keeper = keeper_new(r->data);
    rig_start(r);
}

static inline bool has_looked(const struct rig *r)
{
    return kit_snapshot(r->kit, ENGINE_DOCKER) != NULL &&
           kit_snapshot(r->kit, ENGINE_DOCKER)->state != ENGINE_UNSEEN;
}

static inline void rig_remember(struct rig *r)
{
    kit_remember(r->kit);
    TURN_UNTIL(r, has_looked(r));
}

static inline void rig_close_data(struct rig *r)
{
    DIR *dir = opendir(r->data);
    struct dirent *e;

    keeper_free(r->keeper);
    assert_non_null(dir);
    while ((e = readdir(dir)) != NULL)
        (void)unlinkat(dirfd(dir), e->d_name, 0);
    closedir(dir);
    assert_int_equal(rmdir(r->data), 0);
}

static inline enum rc click(struct rig *r, enum op op, const char *id, struct fault *why)
{
    struct valid_id valid;

    assert_int_equal(valid_id(id, strlen(id), &valid, NULL), RC_OK);
    r->running_shown = false;
    return kit_do(r->kit, ENGINE_DOCKER, op, &valid, why);
}

#endif
