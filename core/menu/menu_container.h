/* menu_container.h - one container as a row of the menu, with its actions and facts as children.
 *
 * Pure. Memory: everything in a row is in the arena; nothing borrows from the snapshot. */
#ifndef CORE_MENU_MENU_CONTAINER_H
#define CORE_MENU_MENU_CONTAINER_H
#include "core/menu/menu_build.h"
#include "core/menu/menu_list.h"

/* All borrowed during the call. */
struct menu_container {
    struct arena *arena;
    const struct snapshot *snap;
    const struct container *c;          /* of snap's list */
    const struct menu_pending *pending; /* of this container, NULL for none */
    const struct menu_failure *failure; /* of this container, NULL for none */
    bool pinned, hidden, muted;         /* by the user */
    const struct usage_book *usage;     /* of its engine, NULL for none */
    int64_t now_s, now_ms;
    bool cpu_in_row;
};

/* Adds the row to `into`. `scratch` is an empty list that is used for the children and left
 * empty. */
void menu_container_add(const struct menu_container *r, struct menu_list *into,
                        struct menu_list *scratch);

/* The mark that its row has. */
enum menu_mark menu_container_mark(const struct menu_container *r);

/* Adds the rows that pin, hide or mute the container, or take that back. */
void menu_keep_add(const struct menu_container *r, const struct valid_id *id, const char *key,
                   struct menu_list *into);

/* Adds what is known about the container as notes, each with a key under `key`. */
void menu_facts_add(const struct menu_container *r, const char *key, struct menu_list *into);

/* Adds the rows that open a shell and, in a sub-menu, published ports. The items share `id`, which
 * is in the arena. */
void menu_open_add(const struct menu_container *r, const struct valid_id *id, const char *key,
                   struct menu_list *into);

/* Adds the rows that tell more of it: Inspect, and Copy with its sub-menu. The items share `id`, as
 * above. */
void menu_copy_add(const struct menu_container *r, const struct valid_id *id, const char *key,
                   struct menu_list *into);

/* A published port as people read it (docs/decisions/016). Memory: the arena's. */
const char *menu_port_text(struct arena *a, const struct port *p);
/* One port that is open on every address, listed once for IPv4 and once for IPv6. */
bool menu_same_port(const struct port *a, const struct port *b);

/* Adds a sentence as notes of a line each, broken between words; at most MENU_NOTE_LINES, in which
 * a longer one is cut and the whole is their tip. Keys are key/0, key/1, ... */
void menu_sentence_add(struct arena *a, struct menu_list *into, const char *key, const char *text);

/* The list is of this look: the engine runs, or it does in another version than its client. */
bool menu_answers(const struct snapshot *snap);
/* False in the engine states in which a command is sure to be refused, or would not be run. */
bool menu_engine_acts(enum engine_state state);
/* The list is older than the engine's state, and this state may have passed since. */
bool menu_is_past(const struct snapshot *snap, enum container_state state);

#endif
