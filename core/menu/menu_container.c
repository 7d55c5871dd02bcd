/* menu_container.c - a container's row: mark, name, image; below it actions, facts, what can be
 * copied.
 *
 * The children are always the same ones in the same order, greyed where they do not fit, so that a
 * click learned once hits the same thing again. While an action is under way, or after one has
 * failed, the row says so in the place of the image. */
#include "core/menu/menu_container.h"
#include "core/base/text.h"
#include "core/engine/state.h"
#include "core/menu/menu_keys.h"
#include "core/menu/menu_shown.h"
#include "core/menu/menu_usage.h"
#include "core/menu/menu_words.h"
#include <inttypes.h>
#include <string.h>

/* "podman/ID". An id that is none of our valid ones may be of any length and hold anything, slashes
 * too: its digest stands for it, behind a character that no valid id has. */
static const char *row_key(struct arena *a, enum engine_kind kind, const struct container *c)
{
    if (c->arg.text[0] != '\0')
        return arena_print(a, "%s/%s", engine_word(kind), c->arg.text);
    return arena_print(a, "%s/!%016" PRIx64, engine_word(kind), menu_key_hash(c->id));
}

/* A stop that was asked for ends most programs by a signal: not a failure. */
static bool exit_was_bad(const struct container *c)
{
    enum { BY_INT = 128 + 2, BY_KILL = 128 + 9, BY_TERM = 128 + 15 };

    return c->has_exit_code && c->exit_code != 0 && c->exit_code != BY_INT &&
           c->exit_code != BY_KILL && c->exit_code != BY_TERM;
}

enum menu_mark menu_container_mark(const struct menu_container *r)
{
    const struct container *c = r->c;

    if (r->pending != NULL)
        return MENU_MARK_BUSY;
    if (menu_is_past(r->snap, c->state))
        return MENU_MARK_UNKNOWN;
    switch (c->state) {
    case STATE_RUNNING:
        return c->health == HEALTH_UNHEALTHY ? MENU_MARK_UNHEALTHY : MENU_MARK_RUNNING;
    case STATE_RESTARTING:
    case STATE_STOPPING:
    case STATE_REMOVING:
        return MENU_MARK_BUSY;
    case STATE_PAUSED:
        return MENU_MARK_PAUSED;
    case STATE_CREATED:
        return MENU_MARK_CREATED;
    case STATE_STOPPED:
        return exit_was_bad(c) ? MENU_MARK_FAILED : MENU_MARK_STOPPED;
    case STATE_DEAD:
        return MENU_MARK_FAILED;
    case STATE_UNKNOWN:
    case STATE_COUNT:
        break;
    }
    return MENU_MARK_UNKNOWN;
}

/* What the engine itself is doing to it, or NULL. */
static const char *engine_doing(const struct menu_container *r)
{
    if (menu_is_past(r->snap, r->c->state))
        return NULL;
    switch (r->c->state) {
    case STATE_RESTARTING:
        return menu_op_doing(OP_RESTART);
    case STATE_STOPPING:
        return menu_op_doing(OP_STOP);
    case STATE_REMOVING:
        return menu_op_doing(OP_REMOVE);
    default:
        return NULL;
    }
}

/* What stands behind the name. */
static struct menu_shown row_what(const struct menu_container *r)
{
    const char *doing = r->pending != NULL ? menu_op_doing(r->pending->op) : engine_doing(r);
    const char *verb = r->failure != NULL ? menu_op_verb(r->failure->op) : NULL;
    const char *failed = NULL;

    if (doing != NULL)
        return (struct menu_shown){doing, NULL};
    if (verb == NULL)
        return menu_show_image(r->arena, r->c->image, MENU_IMAGE_MAX);
    failed = word_say(r->arena, WORD_COULD_NOT, verb, NULL);
    return (struct menu_shown){word_say(r->arena, WORD_WARNING, failed, NULL), NULL};
}

static void row_title(const struct menu_container *r, struct menu_item *it)
{
    struct arena *a = r->arena;
    struct menu_shown name = menu_show_name(a, r->c, MENU_TITLE_MAX);
    struct menu_shown what = row_what(r);
    const char *title = name.text, *cpu = menu_usage_short(r);

    if (what.text[0] != '\0')
        title = word_say(a, WORD_ROW, title, what.text);
    if (cpu != NULL)
        title = word_say(a, WORD_USAGE_AND, title, cpu);
    it->title = arena_print(a, "%s %s", menu_mark_text(it->mark), title);
    if (name.full == NULL && what.full == NULL)
        return;
    it->tip = name.full != NULL ? name.full : name.text;
    if (r->c->image[0] != '\0')
        it->tip = word_say(a, WORD_ROW, it->tip, text_short(a, r->c->image, MENU_TIP_MAX));
}

bool menu_engine_acts(enum engine_state state)
{
    return state != ENGINE_STOPPED && state != ENGINE_MISSING && state != ENGINE_NOT_TRUSTED &&
           state != ENGINE_PERMISSION;
}

static bool fits(const struct menu_container *r, enum op op)
{
    return r->pending == NULL && menu_engine_acts(r->snap->state) &&
           state_allows(r->snap->kind, op, r->c);
}

static struct menu_item *action_add(const struct menu_container *r, const struct valid_id *id,
                                    const char *key, enum op op, enum word title,
                                    struct menu_list *into)
{
    struct menu_item *it = menu_list_add(into, MENU_ROW, key, word(title));

    it->command = MENU_ACTION;
    it->op = op;
    it->engine = r->snap->kind;
    it->id = id;
    it->enabled = fits(r, op);
    return it;
}

static void actions_add(const struct menu_container *r, const struct valid_id *id, const char *key,
                        struct menu_list *into)
{
    struct arena *a = r->arena;
    bool paused = r->c->state == STATE_PAUSED;
    struct menu_item *it;

    /* podman can neither start, stop nor restart what is paused: the way out must be here */
    action_add(r, id, arena_print(a, "%s/start", key), paused ? OP_UNPAUSE : OP_START,
               paused ? WORD_RESUME : WORD_START, into);
    action_add(r, id, arena_print(a, "%s/stop", key), OP_STOP, WORD_STOP, into);
    action_add(r, id, arena_print(a, "%s/kill", key), OP_KILL, WORD_KILL, into)->alternate = true;
    it = action_add(r, id, arena_print(a, "%s/restart", key), OP_RESTART, WORD_RESTART, into);
    if (state_restart_loses(r->snap->kind, r->c))
        it->tip = word(WORD_RESTART_LOSES);
    if (state_engine_has(r->snap->kind, OP_PAUSE))
        action_add(r, id, arena_print(a, "%s/pause", key), OP_PAUSE, WORD_PAUSE, into);
}

/* The one that asks first, and with Option the one that does not. */
static void remove_add(const struct menu_container *r, const struct valid_id *id, const char *key,
                       struct menu_list *into)
{
    struct arena *a = r->arena;
    struct menu_item *it;

    menu_list_add(into, MENU_SEPARATOR, arena_print(a, "%s/sep-remove", key), "");
    it = action_add(r, id, arena_print(a, "%s/remove", key), OP_REMOVE, WORD_REMOVE_ASK, into);
    it->command = MENU_ASK_REMOVE;
    it->enabled = it->enabled || fits(r, OP_REMOVE_FORCE);
    action_add(r, id, arena_print(a, "%s/remove-now", key), OP_REMOVE_FORCE, WORD_REMOVE_NOW, into)
        ->alternate = true;
}

/* Bytes of the first line: up to the last space within MENU_NOTE_MAX characters, or all of them. */
static size_t line_length(const char *text)
{
    size_t chars = 0, space = 0, i = 0;

    for (; text[i] != '\0'; i++) {
        if ((text[i] & 0xc0) == 0x80)
            continue; /* inside a character */
        if (text[i] == ' ')
            space = i;
        if (chars++ == MENU_NOTE_MAX)
            return space > 0 ? space : i;
    }
    return i;
}

void menu_sentence_add(struct arena *a, struct menu_list *into, const char *key, const char *text)
{
    /* less than the lines hold, for words do not fill them; the last line takes what is left */
    struct menu_shown shown = menu_show(a, text, MENU_NOTE_MAX * MENU_NOTE_LINES * 5 / 6);
    const char *rest = shown.text;

    for (size_t line = 0; *rest != '\0' && line < MENU_NOTE_LINES; line++) {
        size_t len = line + 1 < MENU_NOTE_LINES ? line_length(rest) : strlen(rest);

        menu_list_add(into, MENU_NOTE, arena_print(a, "%s/%zu", key, line), arena_dup(a, rest, len))
            ->tip = shown.full;
        rest += len;
        rest += *rest == ' ';
    }
}

static void failure_add(const struct menu_container *r, const char *key, struct menu_list *into)
{
    struct arena *a = r->arena;
    const char *verb = menu_op_verb(r->failure->op);
    const char *text = r->failure->text;

    menu_list_add(into, MENU_SEPARATOR, arena_print(a, "%s/sep-failure", key), "");
    text = verb != NULL ? word_say(a, WORD_COULD_NOT_BECAUSE, verb, text)
                        : word_say(a, WORD_WARNING, text, NULL);
    menu_sentence_add(a, into, arena_print(a, "%s/failure", key), text);
}

/* What somebody may type who looks for it, a line each; nobody sees it. `state` is the sentence
 * about its state. */
static const char *found_by(const struct menu_container *r, const char *state)
{
    const struct container *c = r->c;

    return arena_print(r->arena, "%s\n%s\n%s\n%s\n%s\n%s\n%s", c->name, c->image,
                       c->project != NULL ? c->project : "", c->id, state_word(c->state), state,
                       engine_title(r->snap->kind));
}

void menu_container_add(const struct menu_container *r, struct menu_list *into,
                        struct menu_list *scratch)
{
    struct arena *a = r->arena;
    const char *key = row_key(a, r->snap->kind, r->c);
    struct menu_item *it = menu_list_add(into, MENU_ROW, key, "");
    struct valid_id *id = arena_new(a, sizeof *id); /* one for all of its rows: it is large */
    size_t facts;

    *id = r->c->arg;
    it->engine = r->snap->kind;
    it->id = id->text[0] != '\0' ? id : NULL;
    it->mark = menu_container_mark(r);
    row_title(r, it);
    actions_add(r, id, key, scratch);
    menu_list_add(scratch, MENU_SEPARATOR, arena_print(a, "%s/sep-open", key), "");
    menu_open_add(r, id, key, scratch);
    menu_list_add(scratch, MENU_SEPARATOR, arena_print(a, "%s/sep-facts", key), "");
    facts = scratch->count;
    menu_facts_add(r, key, scratch);
    it->found_by = found_by(r, scratch->items[facts].title); /* the first fact is the state */
    menu_usage_add(r, key, scratch);
    menu_list_add(scratch, MENU_SEPARATOR, arena_print(a, "%s/sep-copy", key), "");
    menu_copy_add(r, id, key, scratch);
    menu_keep_add(r, id, key, scratch);
    remove_add(r, id, key, scratch);
    if (r->failure != NULL)
        failure_add(r, key, scratch);
    it->children = menu_list_move(scratch, a, &it->child_count);
}
