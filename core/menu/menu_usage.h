/* menu_usage.h - what a container uses, as texts and as a graph.
 *
 * Pure. Memory: everything made is the arena's; nothing borrows from the input. */
#ifndef CORE_MENU_MENU_USAGE_H
#define CORE_MENU_MENU_USAGE_H
#include "core/menu/menu_container.h"
#include "core/menu/menu_list.h"

/* Adds a note with the figures and one with the graph of a container that runs, each with a key
 * under `key`; they are there before the first figure is, so that an open menu does not grow. */
void menu_usage_add(const struct menu_container *r, const char *key, struct menu_list *into);
/* "12%" for the row itself, NULL if it is not known or not wanted there. */
const char *menu_usage_short(const struct menu_container *r);

#endif
