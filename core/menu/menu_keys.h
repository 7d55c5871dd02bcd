/* menu_keys.h - finds an item by its key without looking at all of them.
 *
 * Threads: one at a time. Memory: owns its table; the items are borrowed and must stay where they
 * are until menu_keys_release(). */
#ifndef CORE_MENU_MENU_KEYS_H
#define CORE_MENU_MENU_KEYS_H
#include "core/menu/menu.h"

struct menu_slot;

struct menu_keys {
    struct menu_slot *slots;
    size_t size; /* a power of two; 0: empty */
};

/* 64-bit FNV-1a of the text. */
uint64_t menu_key_hash(const char *key);
/* Fills *k (zeroed) with the items of one level, or with all levels below too. Of equal keys the
 * first one counts. */
void menu_keys_init(struct menu_keys *k, const struct menu_item *items, size_t count, bool deep);
/* NULL if there is none. */
const struct menu_item *menu_keys_find(const struct menu_keys *k, const char *key);
/* Accepts a zeroed struct; afterwards zeroed. */
void menu_keys_release(struct menu_keys *k);

#endif
