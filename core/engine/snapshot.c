/* snapshot.c - building, sorting, finding and copying a snapshot.
 *
 * While it is built the list is a growing array; sealing sorts an array of pointers, because a
 * container is large, and writes the list once in its final order. */
#include "core/engine/snapshot.h"
#include <stdlib.h>
#include <string.h>

#define SIZE_FIRST 16

const char *state_word(enum container_state state)
{
    static const char *const words[STATE_COUNT] = {
        [STATE_RUNNING] = "running",   [STATE_RESTARTING] = "restarting",
        [STATE_PAUSED] = "paused",     [STATE_STOPPING] = "stopping",
        [STATE_CREATED] = "created",   [STATE_STOPPED] = "stopped",
        [STATE_REMOVING] = "removing", [STATE_DEAD] = "dead",
        [STATE_UNKNOWN] = "unknown",
    };

    MUST((unsigned)state < STATE_COUNT);
    return words[state];
}

enum container_state state_from_word(const char *word)
{
    for (int s = 0; s < STATE_COUNT; s++) {
        if (word != NULL && strcmp(word, state_word((enum container_state)s)) == 0)
            return (enum container_state)s;
    }
    return STATE_UNKNOWN;
}

const char *health_word(enum health health)
{
    static const char *const words[] = {
        [HEALTH_NONE] = NULL,
        [HEALTH_STARTING] = "starting",
        [HEALTH_HEALTHY] = "healthy",
        [HEALTH_UNHEALTHY] = "unhealthy",
    };

    MUST((unsigned)health < countof(words));
    return words[health];
}

const char *engine_state_word(enum engine_state state)
{
    static const char *const words[ENGINE_STATE_COUNT] = {
        [ENGINE_UNSEEN] = "unseen",
        [ENGINE_RUNNING] = "running",
        [ENGINE_STOPPED] = "stopped",
        [ENGINE_MISSING] = "missing",
        [ENGINE_NOT_TRUSTED] = "not trusted",
        [ENGINE_NOT_RESPONDING] = "not responding",
        [ENGINE_PERMISSION] = "permission denied",
        [ENGINE_MISMATCH] = "version mismatch",
        [ENGINE_FAILED] = "failed",
    };

    MUST((unsigned)state < ENGINE_STATE_COUNT);
    return words[state];
}

struct snapshot *snapshot_new(enum engine_kind kind)
{
    struct snapshot *s = mem_new(sizeof *s);

    s->kind = kind;
    s->why = "";
    s->version = "";
    s->client = "";
    s->context = "";
    s->root = "";
    return s;
}

void snapshot_free(struct snapshot *s)
{
    if (s == NULL)
        return;
    mem_free(s->list);
    arena_release(&s->arena);
    mem_free(s);
}

struct container *snapshot_add(struct snapshot *s)
{
    struct container *c = NULL;

    if (s->count == SNAPSHOT_COUNT_MAX)
        return NULL;
    if (s->count == s->size) {
        s->size = s->size > 0 ? s->size * 2 : SIZE_FIRST;
        s->list = mem_grow(s->list, s->size, sizeof *s->list);
    }
    c = &s->list[s->count++];
    memset(c, 0, sizeof *c);
    c->id = c->name = c->image = "";
    c->state = STATE_UNKNOWN;
    return c;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int fold(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

/* Compares two runs of digits by value, of any length; moves both behind them. */
static int compare_numbers(const char **a, const char **b)
{
    size_t len_a = 0, len_b = 0;
    int order = 0;

    while (**a == '0')
        (*a)++;
    while (**b == '0')
        (*b)++;
    while (is_digit((*a)[len_a]))
        len_a++;
    while (is_digit((*b)[len_b]))
        len_b++;
    order = len_a == len_b ? memcmp(*a, *b, len_a) : len_a < len_b ? -1 : 1;
    *a += len_a;
    *b += len_b;
    return order;
}

/* Case alone does not part two names. */
int snapshot_compare_names(const char *a, const char *b)
{
    const char *all_a = a, *all_b = b;

    while (*a != '\0' && *b != '\0') {
        int order = 0;

        if (is_digit(*a) && is_digit(*b))
            order = compare_numbers(&a, &b);
        else
            order = fold(*a++) - fold(*b++);
        if (order != 0)
            return order;
    }
    if (*a != *b)
        return *a == '\0' ? -1 : 1;
    return strcmp(all_a, all_b);
}

static int group_of(enum container_state state)
{
    switch (state) {
    case STATE_RUNNING:
    case STATE_RESTARTING:
    case STATE_PAUSED:
    case STATE_STOPPING:
        return 0;
    case STATE_CREATED:
        return 1;
    case STATE_STOPPED:
        return 2;
    default:
        return 3;
    }
}

/* What is sorted in place of the containers. */
struct place {
    struct container *container;
};

static int compare_for_menu(const void *left, const void *right)
{
    const struct container *a = ((const struct place *)left)->container;
    const struct container *b = ((const struct place *)right)->container;
    int order = group_of(a->state) - group_of(b->state);

    if (order == 0)
        order = snapshot_compare_names(a->name, b->name);
    return order != 0 ? order : strcmp(a->id, b->id);
}

/* By id; of equal ids the one that came first is first. */
static int compare_ids(const void *left, const void *right)
{
    const struct container *a = ((const struct place *)left)->container;
    const struct container *b = ((const struct place *)right)->container;
    int order = strcmp(a->id, b->id);

    return order != 0 ? order : (a > b) - (a < b);
}

void snapshot_seal(struct snapshot *s)
{
    struct place *order = mem_new_array(s->count, sizeof *order);
    struct container *sorted = NULL;
    size_t kept = 0;

    for (size_t i = 0; i < s->count; i++) {
        struct container *c = &s->list[i];

        if (valid_id(c->id, strlen(c->id), &c->arg, NULL) != RC_OK)
            c->arg.text[0] = '\0';
        order[i].container = c;
    }
    qsort(order, s->count, sizeof *order, compare_ids);
    for (size_t i = 0; i < s->count; i++) {
        if (i == 0 || strcmp(order[i].container->id, order[kept - 1].container->id) != 0)
            order[kept++] = order[i];
    }
    qsort(order, kept, sizeof *order, compare_for_menu);
    sorted = mem_new_array(kept, sizeof *sorted);
    for (size_t i = 0; i < kept; i++)
        sorted[i] = *order[i].container;
    mem_free(order);
    mem_free(s->list);
    s->list = sorted;
    s->count = s->size = kept;
}

enum match { MATCH_ID, MATCH_NAME, MATCH_PREFIX, MATCH_COUNT };

static bool matches(const struct container *c, const char *word, enum match how)
{
    if (how == MATCH_ID)
        return strcmp(c->id, word) == 0;
    if (how == MATCH_NAME)
        return strcmp(c->name, word) == 0;
    return strlen(word) >= 2 && strncmp(c->id, word, strlen(word)) == 0;
}

const struct container *snapshot_find(const struct snapshot *s, const char *word)
{
    for (int how = MATCH_ID; how < MATCH_COUNT; how++) {
        const struct container *found = NULL;
        size_t count = 0;

        for (size_t i = 0; i < s->count && word[0] != '\0'; i++) {
            if (!matches(&s->list[i], word, (enum match)how))
                continue;
            found = &s->list[i];
            count++;
        }
        if (count > 0)
            return count == 1 ? found : NULL;
    }
    return NULL;
}

static const char *copy_text(struct arena *a, const char *text)
{
    return text != NULL ? arena_str(a, text) : NULL;
}

static void copy_container(struct arena *a, struct container *to, const struct container *from)
{
    struct port *ports = arena_new_array(a, from->port_count, sizeof *ports);
    struct label *labels = arena_new_array(a, from->label_count, sizeof *labels);

    *to = *from;
    to->id = arena_str(a, from->id);
    to->name = arena_str(a, from->name);
    to->image = arena_str(a, from->image);
    to->address = copy_text(a, from->address);
    to->project = copy_text(a, from->project);
    for (size_t i = 0; i < from->port_count; i++) {
        ports[i] = from->ports[i];
        ports[i].host_ip = arena_str(a, from->ports[i].host_ip);
        ports[i].proto = arena_str(a, from->ports[i].proto);
    }
    for (size_t i = 0; i < from->label_count; i++) {
        labels[i].key = arena_str(a, from->labels[i].key);
        labels[i].value = arena_str(a, from->labels[i].value);
    }
    to->ports = ports;
    to->labels = labels;
}

struct snapshot *snapshot_copy(const struct snapshot *s)
{
    struct snapshot *copy = snapshot_new(s->kind);

    copy->state = s->state;
    copy->why = arena_str(&copy->arena, s->why);
    copy->version = arena_str(&copy->arena, s->version);
    copy->client = arena_str(&copy->arena, s->client);
    copy->context = arena_str(&copy->arena, s->context);
    copy->service = s->service;
    copy->origin = s->origin;
    copy->root = arena_str(&copy->arena, s->root);
    copy->taken_s = s->taken_s;
    copy->stale = s->stale;
    copy->list = mem_new_array(s->count, sizeof *copy->list);
    copy->count = copy->size = s->count;
    for (size_t i = 0; i < s->count; i++)
        copy_container(&copy->arena, &copy->list[i], &s->list[i]);
    return copy;
}

size_t snapshot_running(const struct snapshot *s)
{
    size_t count = 0;

    for (size_t i = 0; i < s->count; i++)
        count += s->list[i].state == STATE_RUNNING && !s->list[i].infra;
    return count;
}
