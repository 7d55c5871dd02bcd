/* menu_open.c - the rows of a container that open something: a shell, its log, a published
 * port.
 *
 * They are there in every state, greyed where they do not fit, as the actions are. A port is named
 * in the browser's sub-menu as it is among the facts. */
#include "core/engine/state.h"
#include "core/menu/menu_container.h"
#include "core/menu/menu_words.h"
#include <string.h>

#define PORTS_MAX 12 /* a range of a thousand ports is no list of web pages */

static struct menu_item *row_add(const struct menu_container *r, const struct valid_id *id,
                                 const char *key, const char *title, struct menu_list *into)
{
    struct menu_item *it = menu_list_add(into, MENU_ROW, key, title);

    it->engine = r->snap->kind;
    it->id = id;
    return it;
}

static void port_add(const struct menu_container *r, const struct valid_id *id, const char *key,
                     const struct port *p, struct menu_list *into)
{
    struct arena *a = r->arena;
    const char *name = arena_print(a, "%s/open/%s/%u", key, p->host_ip, (unsigned)p->host_port);
    struct menu_port *port;
    struct menu_item *it;

    if (menu_find(into->items, into->count, name) != NULL)
        return; /* an engine's list may name it twice; a key is there once */
    port = arena_new(a, sizeof *port);
    *port = (struct menu_port){arena_str(a, p->host_ip), p->host_port};
    it = row_add(r, id, name, menu_port_text(a, p), into);
    it->command = MENU_OPEN_PORT;
    it->op = OP_OPEN;
    it->port = port;
}

/* Number i of a range. */
static struct port nth(const struct port *range, unsigned i)
{
    struct port one = *range;

    one.host_port = (uint16_t)(range->host_port + i);
    one.container_port = (uint16_t)(range->container_port + i);
    one.count = 1;
    return one;
}

static void ports_add(const struct menu_container *r, const struct valid_id *id, const char *key,
                      struct menu_list *into)
{
    const struct container *c = r->c;

    for (size_t i = 0; i < c->port_count; i++) {
        const struct port *p = &c->ports[i];

        if (strcmp(p->proto, "tcp") != 0 || p->host_port == 0 ||
            (i > 0 && menu_same_port(&c->ports[i - 1], p)))
            continue;
        for (unsigned k = 0; k < p->count && into->count < PORTS_MAX; k++) {
            struct port one = nth(p, k);

            port_add(r, id, key, &one, into);
        }
    }
}

void menu_open_add(const struct menu_container *r, const struct valid_id *id, const char *key,
                   struct menu_list *into)
{
    struct arena *a = r->arena;
    bool fits = menu_engine_acts(r->snap->state) && !menu_is_past(r->snap, r->c->state);
    bool browse = fits && state_allows(r->snap->kind, OP_OPEN, r->c);
    struct menu_list ports = {0};
    struct menu_item *it = row_add(r, id, arena_print(a, "%s/shell", key), word(WORD_SHELL), into);

    it->command = MENU_SHELL;
    it->op = OP_SHELL;
    it->enabled = fits && state_allows(r->snap->kind, OP_SHELL, r->c);
    it = row_add(r, id, arena_print(a, "%s/logs", key), word(WORD_SHOW_LOGS), into);
    it->command = MENU_LOGS;
    it->op = OP_LOGS;
    it->enabled = fits && id->text[0] != '\0';
    if (browse)
        ports_add(r, id, key, &ports);
    it = menu_list_add(into, MENU_ROW, arena_print(a, "%s/open", key), word(WORD_OPEN));
    it->enabled = ports.count > 0;
    it->children = menu_list_move(&ports, a, &it->child_count);
    menu_list_release(&ports);
}
