/* menu_keys.c - a hash table of items, open addressing, at most half full.
 *
 * Hashes are kept, so that keys are compared only where all 64 bits agree: somebody who chooses the
 * names of containers can make a search slow, but not wrong, and their number is capped. */
#include "core/menu/menu_keys.h"
#include <string.h>

struct menu_slot {
    uint64_t hash;
    const struct menu_item *item; /* NULL: free */
};

uint64_t menu_key_hash(const char *key)
{
    uint64_t hash = 0xcbf29ce484222325u;

    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * 0x100000001b3u;
    return hash;
}

static size_t count_all(const struct menu_item *items, size_t count, bool deep)
{
    size_t n = count;

    for (size_t i = 0; deep && i < count; i++)
        n += count_all(items[i].children, items[i].child_count, deep);
    return n;
}

/* The slot that has the key, or the free one where it belongs. */
static struct menu_slot *slot_of(const struct menu_keys *k, uint64_t hash, const char *key)
{
    size_t at = (size_t)(hash ^ hash >> 32) & (k->size - 1);

    while (k->slots[at].item != NULL &&
           (k->slots[at].hash != hash || strcmp(k->slots[at].item->key, key) != 0))
        at = (at + 1) & (k->size - 1);
    return &k->slots[at];
}

static void add_all(struct menu_keys *k, const struct menu_item *items, size_t count, bool deep)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t hash = menu_key_hash(items[i].key);
        struct menu_slot *slot = slot_of(k, hash, items[i].key);

        if (slot->item == NULL)
            *slot = (struct menu_slot){hash, &items[i]};
        if (deep)
            add_all(k, items[i].children, items[i].child_count, deep);
    }
}

void menu_keys_init(struct menu_keys *k, const struct menu_item *items, size_t count, bool deep)
{
    size_t n = count_all(items, count, deep);

    for (k->size = 16; k->size < n * 2; k->size *= 2)
        ;
    k->slots = mem_new_array(k->size, sizeof *k->slots);
    add_all(k, items, count, deep);
}

const struct menu_item *menu_keys_find(const struct menu_keys *k, const char *key)
{
    return k->size > 0 ? slot_of(k, menu_key_hash(key), key)->item : NULL;
}

void menu_keys_release(struct menu_keys *k)
{
    mem_free(k->slots);
    *k = (struct menu_keys){NULL, 0};
}
