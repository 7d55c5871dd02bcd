/* view.c - one look at every engine at once, and which container a word means. */
#include "app/cli/words.h"
#include "core/base/clock.h"
#include "core/menu/menu_build.h"
#include <pthread.h>
#include <string.h>

/* One engine's look: its own thread fills it, the main thread reads it after the join. */
struct looker {
    const struct cli *cli;
    enum engine_kind kind;
    bool addresses, started;
    pthread_t thread;
    struct snapshot *snap;
};

/* An engine without a list, as a snapshot: its state and the sentence. */
static struct snapshot *without_list(enum engine_kind kind, const struct look *look)
{
    struct snapshot *s = snapshot_new(kind);

    s->state = look->state;
    s->why = arena_str(&s->arena, look->why);
    s->context = arena_str(&s->arena, look->context.text);
    s->service = look->service;
    snapshot_seal(s);
    return s;
}

static void *take(void *arg)
{
    struct looker *l = arg;
    struct setup *setup = l->cli->setup;
    struct look_memory memory = {0};
    struct look look = {0};

    sys_thread_name(engine_word(l->kind));
    /* cannot be cancelled: nobody holds a stop sign */
    MUST(look_take(setup->spawner, &setup->where, l->kind, NULL, &memory, &look) == RC_OK);
    l->snap = look.snapshot != NULL ? look.snapshot : without_list(l->kind, &look);
    if (l->addresses && look.snapshot != NULL) {
        struct snapshot *more =
            look_addresses(setup->spawner, &setup->where, l->snap, NULL, &memory);

        if (more != NULL) {
            snapshot_free(l->snap);
            l->snap = more;
        }
    }
    look_memory_release(&memory);
    return NULL;
}

void cli_view_take(const struct cli *c, bool addresses, struct cli_view *out)
{
    struct looker lookers[ENGINE_COUNT];

    *out = (struct cli_view){{NULL}};
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        struct looker *l = &lookers[kind];

        *l = (struct looker){.cli = c, .kind = (enum engine_kind)kind, .addresses = addresses};
        if (c->has_engine && c->engine != l->kind)
            continue;
        l->started = pthread_create(&l->thread, NULL, take, l) == 0;
        if (!l->started)
            take(l); /* slower, but as right */
    }
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        if (lookers[kind].started)
            MUST(pthread_join(lookers[kind].thread, NULL) == 0);
        out->snaps[kind] = lookers[kind].snap;
    }
}

void cli_view_release(struct cli_view *v)
{
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        snapshot_free(v->snaps[kind]);
    *v = (struct cli_view){{NULL}};
}

/* The store's names as the menu takes them. Memory: the arena's. */
static const struct menu_name *names_of(struct arena *a, const struct store_names *names)
{
    struct menu_name *list = arena_new_array(a, names->count, sizeof *list);

    for (size_t i = 0; i < names->count; i++)
        list[i] = (struct menu_name){names->list[i].engine, names->list[i].name};
    return list;
}

void cli_view_menu(const struct cli *c, const struct cli_view *v, const struct cli_kept *kept,
                   struct menu *out)
{
    struct menu_input in = {.now_s = clock_wall_s(), .mac = c->setup->where.mac, .flat = true};
    struct arena a = {0};

    if (kept != NULL) {
        in.flat = kept->settings.number[SETTING_GROUP] == 0;
        in.helpers = kept->settings.number[SETTING_SHOW_HELPERS] != 0;
        in.pins = names_of(&a, &kept->pins);
        in.pin_count = kept->pins.count;
        in.hidden = names_of(&a, &kept->hidden);
        in.hidden_count = kept->hidden.count;
        in.muted = names_of(&a, &kept->muted);
        in.muted_count = kept->muted.count;
    }
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        in.snaps[kind] = v->snaps[kind];
    menu_build(out, &in);
    arena_release(&a);
}

static bool nothing_to_tell(enum engine_state state)
{
    return state == ENGINE_RUNNING || state == ENGINE_MISSING || state == ENGINE_STOPPED;
}

static enum cli_status tell_one(const struct snapshot *s)
{
    cli_say("%s: %s", engine_title(s->kind), s->why[0] ? s->why : engine_state_word(s->state));
    return cli_status_of_engine(s->state);
}

enum cli_status cli_view_tell(const struct cli *c, const struct cli_view *v)
{
    enum cli_status status = CLI_DONE;
    size_t running = 0, missing = 0;

    if (c->has_engine)
        return v->snaps[c->engine]->state == ENGINE_RUNNING ? CLI_DONE
                                                            : tell_one(v->snaps[c->engine]);
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        running += v->snaps[kind]->state == ENGINE_RUNNING;
        missing += v->snaps[kind]->state == ENGINE_MISSING;
    }
    if (missing == ENGINE_COUNT) {
        cli_say("no container engine was found; `container-kit doctor` tells where it was looked "
                "for");
        return CLI_UNAVAILABLE;
    }
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        enum engine_state state = v->snaps[kind]->state;

        if (!nothing_to_tell(state) || (running == 0 && state == ENGINE_STOPPED))
            status = cli_worse(status, tell_one(v->snaps[kind]));
    }
    return status;
}

/* How well a container fits a word. */
enum fit { FIT_NONE, FIT_START, FIT_NAME, FIT_ID };

static enum fit fit_of(const struct container *c, const char *word)
{
    if (strcmp(c->id, word) == 0)
        return FIT_ID;
    if (strcmp(c->name, word) == 0)
        return FIT_NAME;
    return FIT_START;
}

/* Does the word begin more than one id of *s? Then snapshot_find() gives none. */
static bool begins_many(const struct snapshot *s, const char *word)
{
    size_t n = 0;

    for (size_t i = 0; i < s->count; i++)
        n += strncmp(s->list[i].id, word, strlen(word)) == 0;
    return n > 1;
}

static enum cli_status tell_not_found(const struct cli_view *v, const char *word, bool exact)
{
    for (int kind = 0; kind < ENGINE_COUNT; kind++)
        if (!exact && v->snaps[kind] != NULL && begins_many(v->snaps[kind], word)) {
            cli_say("more than one container's id starts with \"%s\"", word);
            return CLI_USAGE;
        }
    cli_say("there is no container \"%s\"%s", word,
            exact ? "; this needs a whole id or a name" : "");
    return CLI_FAILED;
}

enum cli_status cli_find(const struct cli *c, const struct cli_view *v, const struct valid_id *id,
                         bool exact, struct cli_target *out)
{
    enum fit best = FIT_NONE;
    bool twice = false;

    *out = (struct cli_target){0};
    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        const struct snapshot *s = v->snaps[kind];
        const struct container *found = s == NULL ? NULL : snapshot_find(s, id->text);
        enum fit fit = found == NULL ? FIT_NONE : fit_of(found, id->text);

        if (fit == FIT_NONE || (exact && fit == FIT_START) || fit < best)
            continue;
        twice = fit == best;
        best = fit;
        *out = (struct cli_target){(enum engine_kind)kind, found, c->word->op};
    }
    if (best == FIT_NONE)
        return tell_not_found(v, id->text, exact);
    if (twice) {
        cli_say("more than one engine has a container \"%s\"; say which with --engine", id->text);
        return CLI_USAGE;
    }
    if (out->container->arg.text[0] == '\0') {
        cli_say("\"%s\" has an id that no command may be given", id->text);
        return CLI_FAILED;
    }
    return CLI_DONE;
}
