/* menu_facts.c - what is known about a container, as sentences.
 *
 * Each fact has its own key, so that an open menu changes it where it stands. A fact that is not
 * known is left out. What is true only of a running container (ports, health, address) is not
 * shown of another: engines report published ports of stopped ones too. */
#include "core/base/text.h"
#include "core/menu/menu_container.h"
#include "core/menu/menu_shown.h"
#include "core/menu/menu_words.h"
#include <inttypes.h>
#include <string.h>

#define PORTS_SHOWN 8
#define ADDRESS_MAX 48

bool menu_answers(const struct snapshot *snap)
{
    return snap->state == ENGINE_RUNNING || (snap->state == ENGINE_MISMATCH && !snap->stale);
}

bool menu_is_past(const struct snapshot *snap, enum container_state state)
{
    return snap->stale && state != STATE_STOPPED && state != STATE_CREATED && state != STATE_DEAD;
}

static void fact_add(const struct menu_container *r, const char *key, const char *name,
                     struct menu_shown shown, enum word w, struct menu_list *into)
{
    struct arena *a = r->arena;
    struct menu_item *it = menu_list_add(into, MENU_NOTE, arena_print(a, "%s/%s", key, name),
                                         word_say(a, w, shown.text, NULL));

    it->tip = shown.full;
}

/* "… ago" or "for …" of a moment, or `plain` if the moment is not known. */
static const char *since(const struct menu_container *r, bool known, int64_t then_s, enum word w,
                         enum word plain)
{
    if (!known)
        return word(plain);
    return word_say(r->arena, w, menu_say_span(r->arena, r->now_s - then_s), NULL);
}

static const char *stopped_text(const struct menu_container *r)
{
    const struct container *c = r->c;
    const char *text = since(r, c->has_finished, c->finished_s, WORD_STOPPED_AGO, WORD_STOPPED);
    const char *meaning = menu_exit_meaning(c->exit_code);
    const char *code = NULL;

    if (!c->has_exit_code || c->exit_code == 0)
        return text;
    code = arena_print(r->arena, meaning != NULL ? "%" PRId64 " (%s)" : "%" PRId64 "%s",
                       c->exit_code, meaning != NULL ? meaning : "");
    return word_say(r->arena, WORD_EXIT_CODE, text, code);
}

static const char *state_text(const struct menu_container *r)
{
    const struct container *c = r->c;

    if (menu_is_past(r->snap, c->state))
        return word(c->state == STATE_RUNNING  ? WORD_WAS_RUNNING
                    : c->state == STATE_PAUSED ? WORD_WAS_PAUSED
                                               : WORD_STATE_UNKNOWN);
    switch (c->state) {
    case STATE_RUNNING:
        return since(r, c->has_started, c->started_s, WORD_RUNNING_FOR, WORD_RUNNING);
    case STATE_PAUSED:
        return since(r, c->has_started, c->started_s, WORD_PAUSED_STARTED, WORD_PAUSED);
    case STATE_STOPPED:
        return stopped_text(r);
    case STATE_RESTARTING:
        return word(WORD_RESTARTING);
    case STATE_STOPPING:
        return word(WORD_STOPPING);
    case STATE_CREATED:
        return word(WORD_CREATED);
    case STATE_REMOVING:
        return word(WORD_REMOVING);
    case STATE_DEAD:
        return word(WORD_DEAD);
    case STATE_UNKNOWN:
    case STATE_COUNT:
        break;
    }
    return word(WORD_STATE_UNKNOWN);
}

static bool is_every_address(const char *ip)
{
    return strcmp(ip, "0.0.0.0") == 0 || strcmp(ip, "::") == 0;
}

/* Engines list a port that is open on every address twice, IPv4 and IPv6, side by side. */
bool menu_same_port(const struct port *a, const struct port *b)
{
    return is_every_address(a->host_ip) && is_every_address(b->host_ip) &&
           a->host_port == b->host_port && a->container_port == b->container_port &&
           a->count == b->count && strcmp(a->proto, b->proto) == 0;
}

static const char *port_range(struct arena *a, unsigned first, unsigned count)
{
    return count > 1 ? arena_print(a, "%u-%u", first, first + count - 1)
                     : arena_print(a, "%u", first);
}

const char *menu_port_text(struct arena *a, const struct port *p)
{
    const char *host = port_range(a, p->host_port, p->count);
    const char *inner = port_range(a, p->container_port, p->count);
    const char *ip = text_short(a, p->host_ip, ADDRESS_MAX);

    if (!is_every_address(p->host_ip))
        host = arena_print(a, strchr(ip, ':') != NULL ? "[%s]:%s" : "%s:%s", ip, host);
    inner = arena_print(a, "%s/%s", inner, text_short(a, p->proto, 8));
    return word_say(a, WORD_PORT, host, inner);
}

static void ports_add(const struct menu_container *r, const char *key, struct menu_list *into)
{
    const struct container *c = r->c;
    struct arena *a = r->arena;
    size_t shown = 0, rest = 0;

    for (size_t i = 0; i < c->port_count; i++) {
        if (i > 0 && menu_same_port(&c->ports[i - 1], &c->ports[i]))
            continue;
        if (shown == PORTS_SHOWN) {
            rest++;
            continue;
        }
        menu_list_add(into, MENU_NOTE, arena_print(a, "%s/port/%zu", key, shown++),
                      menu_port_text(a, &c->ports[i]));
    }
    if (rest > 0)
        menu_list_add(into, MENU_NOTE, arena_print(a, "%s/ports", key),
                      word_count(a, WORD_MORE_PORTS_1, (int64_t)rest));
}

void menu_facts_add(const struct menu_container *r, const char *key, struct menu_list *into)
{
    const struct container *c = r->c;
    struct arena *a = r->arena;
    bool runs = c->state == STATE_RUNNING && !menu_is_past(r->snap, c->state);

    menu_list_add(into, MENU_NOTE, arena_print(a, "%s/since", key), state_text(r));
    if (runs && c->health != HEALTH_NONE)
        fact_add(r, key, "health", (struct menu_shown){menu_health(c->health), NULL}, WORD_HEALTH,
                 into);
    if (c->image[0] != '\0')
        fact_add(r, key, "image", menu_show(a, c->image, MENU_NOTE_MAX), WORD_IMAGE, into);
    if (runs)
        ports_add(r, key, into);
    if (runs && c->address != NULL)
        fact_add(r, key, "address", menu_show(a, c->address, ADDRESS_MAX), WORD_ADDRESS, into);
    if (c->project != NULL)
        fact_add(r, key, "project", menu_show(a, c->project, MENU_NOTE_MAX), WORD_PROJECT, into);
    if (strcmp(c->id, c->name) != 0)
        fact_add(r, key, "id", menu_show_id(a, c->id), WORD_ID, into);
}
