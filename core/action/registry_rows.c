/* registry_rows.c - see registry_rows.h. */
#include "core/action/registry_rows.h"
#include "core/action/login.h"
#include "core/base/mem.h"
#include "core/words/words.h"
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    enum word text;
} states[REGISTRY_STATE_COUNT] = {
    [REGISTRY_UNKNOWN] = {"unknown", WORD_REGISTRY_UNKNOWN},
    [REGISTRY_OUT] = {"logged-out", WORD_REGISTRY_OUT},
    [REGISTRY_IN] = {"logged-in", WORD_REGISTRY_IN},
    [REGISTRY_HELPER] = {"helper", WORD_REGISTRY_HELPER},
};

const char *registry_state_word(enum registry_state state)
{
    MUST((unsigned)state < REGISTRY_STATE_COUNT);
    return states[state].name;
}

const char *registry_state_text(enum registry_state state)
{
    MUST((unsigned)state < REGISTRY_STATE_COUNT);
    return word(states[state].text);
}

void registry_rows_release(struct registry_rows *rows)
{
    mem_free(rows->list);
    *rows = (struct registry_rows){0};
}

static struct registry_row *find(const struct registry_rows *rows, enum engine_kind engine,
                                 const struct valid_host *host)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->list[i].at.engine == engine &&
            strcmp(rows->list[i].at.host.text, host->text) == 0)
            return &rows->list[i];
    return NULL;
}

const struct registry_row *registry_row_find(const struct registry_rows *rows,
                                             enum engine_kind engine, const struct valid_host *host)
{
    return find(rows, engine, host);
}

static int by_host(const void *a, const void *b)
{
    const struct registry_row *one = a, *two = b;
    int order = strcmp(one->at.host.text, two->at.host.text);

    return order != 0 ? order : (int)one->at.engine - (int)two->at.engine;
}

static void add_login(struct registry_rows *out, enum engine_kind engine,
                      const struct registry_login *login)
{
    struct registry_row *row = find(out, engine, &login->host);

    if (row == NULL) {
        row = &out->list[out->count++];
        row->at = (struct store_registry){.engine = engine, .host = login->host};
    }
    row->state = login->helper ? REGISTRY_HELPER : REGISTRY_IN;
    if (login->user.text[0] != '\0')
        row->at.user = login->user;
}

void registry_rows_merge(const struct registry_facts *facts, struct registry_rows *out)
{
    size_t most = facts->kept.count;

    MUST(out->list == NULL);
    for (int k = 0; k < ENGINE_COUNT; k++)
        most += facts->logins[k].count;
    out->list = mem_new_array(most + 1, sizeof *out->list);
    for (size_t i = 0; i < facts->kept.count; i++) {
        const struct store_registry *at = &facts->kept.list[i];

        out->list[out->count++] =
            (struct registry_row){*at, facts->told[at->engine] ? REGISTRY_OUT : REGISTRY_UNKNOWN};
    }
    for (int k = 0; k < ENGINE_COUNT; k++)
        for (size_t i = 0; i < facts->logins[k].count; i++)
            add_login(out, (enum engine_kind)k, &facts->logins[k].list[i]);
    qsort(out->list, out->count, sizeof *out->list, by_host);
}

/* The first problem is the one that is told. */
static void note(struct registry_rows *out, const struct fault *why)
{
    if (out->problem.text[0] == '\0')
        out->problem = *why;
}

static void ask_engine(struct spawner *s, const struct locate_where *where, enum engine_kind kind,
                       const struct cancel *stop, struct registry_facts *facts,
                       struct registry_rows *out)
{
    struct fault why = {0};
    enum rc rc = login_list(s, where, kind, stop, &facts->logins[kind], &why);

    facts->told[kind] = rc == RC_OK;
    out->here[kind] = rc != RC_MISSING && rc != RC_DENIED;
    if (rc != RC_OK && rc != RC_MISSING)
        note(out, &why);
}

/* Of one engine alone. */
static void keep_only(struct store_registries *kept, enum engine_kind only)
{
    size_t n = 0;

    for (size_t i = 0; i < kept->count; i++)
        if (kept->list[i].engine == only)
            kept->list[n++] = kept->list[i];
    kept->count = n;
}

void registry_rows_take(struct spawner *s, const struct locate_where *where, struct store *store,
                        const enum engine_kind *only, const struct cancel *stop,
                        struct registry_rows *out)
{
    struct registry_facts facts = {0};
    struct arena arena = {0};
    struct fault why = {0};

    if (store != NULL && store_registries(store, &arena, &facts.kept, &why) != RC_OK)
        note(out, &why);
    if (only != NULL)
        keep_only(&facts.kept, *only);
    for (int k = 0; k < ENGINE_COUNT; k++)
        if (only == NULL || *only == (enum engine_kind)k)
            ask_engine(s, where, (enum engine_kind)k, stop, &facts, out);
    registry_rows_merge(&facts, out);
    for (int k = 0; k < ENGINE_COUNT; k++)
        registry_logins_release(&facts.logins[k]);
    arena_release(&arena);
}
