/* menu_usage.c - see menu_usage.h. A figure that is not known is left out. */
#include "core/menu/menu_usage.h"
#include "core/menu/menu_words.h"
#include <math.h>
#include <string.h>

#define GAP_MS 5000 /* a figure stands for the time after it, but not for longer */

static const char *percent(struct arena *a, double n)
{
    return word_percent(a, n, 1);
}

static bool is_measured(const struct menu_container *r)
{
    return r->usage != NULL && r->c->state == STATE_RUNNING && menu_answers(r->snap);
}

/* NULL if there are no figures of now. */
static const struct usage *usage_of(const struct menu_container *r)
{
    const struct usage *u = NULL;

    if (is_measured(r))
        u = usage_find(r->usage, r->c->id);
    return u != NULL && usage_is_fresh(u, r->now_ms) ? u : NULL;
}

const char *menu_usage_short(const struct menu_container *r)
{
    const struct usage *u = r->cpu_in_row ? usage_of(r) : NULL;

    if (u == NULL || isnan(u->cpu) || r->pending != NULL || r->failure != NULL)
        return NULL; /* a row says one thing at a time */
    return word_percent(r->arena, u->cpu, 0);
}

/* One more part behind those in `text`, which may be "". */
static const char *joined(struct arena *a, const char *text, const char *part)
{
    return text[0] != '\0' ? word_say(a, WORD_USAGE_AND, text, part) : part;
}

static const char *memory_text(struct arena *a, const struct usage *u)
{
    const char *used = word_bytes(a, u->mem);

    if (u->mem_limit <= 0) /* ENGINE_NO_STAT too */
        return word_say(a, WORD_USAGE_MEMORY, used, NULL);
    return word_say(a, WORD_USAGE_MEMORY_OF, used, word_bytes(a, u->mem_limit));
}

static const char *figures(struct arena *a, const struct usage *u)
{
    const char *text = "";

    if (!isnan(u->cpu))
        text = joined(a, text, word_say(a, WORD_USAGE_CPU, percent(a, u->cpu), NULL));
    if (u->mem != ENGINE_NO_STAT)
        text = joined(a, text, memory_text(a, u));
    if (!isnan(u->rx_rate) && !isnan(u->tx_rate))
        text = joined(a, text,
                      word_say(a, WORD_USAGE_NETWORK, word_bytes(a, (int64_t)u->rx_rate),
                               word_bytes(a, (int64_t)u->tx_rate)));
    return text;
}

/* How much the full height stands for: a few steps, so that the line does not shake. */
static double full_height(double most)
{
    static const double steps[] = {10, 25, 50, 100};
    double full = 200;

    for (size_t i = 0; i < countof(steps); i++)
        if (most <= steps[i])
            return steps[i];
    while (full < most)
        full *= 2;
    return full;
}

static double most_of(const struct usage *u)
{
    double most = 0;

    for (size_t i = 0; i < u->count; i++)
        if (u->at_ms - usage_point(u, i)->at_ms <= USAGE_WINDOW_MS)
            most = fmax(most, usage_point(u, i)->cpu);
    return most;
}

/* Each second shows the newest figure that there was by then. */
static void heights(const struct usage *u, double most, unsigned char out[MENU_GRAPH_POINTS])
{
    double full = full_height(most);
    size_t next = 0;

    for (size_t i = 0; i < MENU_GRAPH_POINTS; i++) {
        int64_t at = u->at_ms - (int64_t)(MENU_GRAPH_POINTS - 1 - i) * 1000;
        const struct usage_point *p = NULL;

        while (next < u->count && usage_point(u, next)->at_ms <= at)
            next++;
        p = next > 0 ? usage_point(u, next - 1) : NULL;
        out[i] = p == NULL || at - p->at_ms > GAP_MS
                     ? MENU_GRAPH_GAP
                     : (unsigned char)lround(fmin(p->cpu / full, 1) * MENU_GRAPH_FULL);
    }
}

static void graph_add(const struct menu_container *r, const struct usage *u, const char *key,
                      struct menu_list *into)
{
    struct arena *a = r->arena;
    struct menu_graph *g = arena_new(a, sizeof *g);
    bool known = u != NULL && u->count > 0;
    double most = known ? most_of(u) : 0;
    struct menu_item *it = menu_list_add(into, MENU_NOTE, arena_print(a, "%s/graph", key), "");

    memset(g->height, MENU_GRAPH_GAP, sizeof g->height);
    g->label = word(WORD_GRAPH_LABEL);
    g->value = word(WORD_USAGE_WAITING);
    it->title = g->label;
    it->graph = g;
    if (!known)
        return;
    heights(u, most, g->height);
    it->title = word_say(a, WORD_GRAPH, percent(a, most), NULL);
    if (!isnan(u->cpu))
        g->value = word_say(a, WORD_GRAPH_VALUE, percent(a, u->cpu), percent(a, most));
}

void menu_usage_add(const struct menu_container *r, const char *key, struct menu_list *into)
{
    struct arena *a = r->arena;
    const struct usage *u = usage_of(r);
    const char *text = u != NULL ? figures(a, u) : "";

    if (!is_measured(r))
        return;
    if (r->usage->failed && u == NULL)
        text = word_say(a, WORD_USAGE_UNKNOWN, engine_title(r->snap->kind), NULL);
    else if (text[0] == '\0')
        text = word(WORD_USAGE_WAITING);
    menu_list_add(into, MENU_NOTE, arena_print(a, "%s/usage", key), text);
    graph_add(r, u, key, into);
}
