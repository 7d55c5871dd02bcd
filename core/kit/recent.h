/* recent.h - the containers that the user did something with last. Private to core/kit.
 *
 * By name, for a new container of the same name is the same to the user. Pure data; one thread. */
#ifndef CORE_KIT_RECENT_H
#define CORE_KIT_RECENT_H
#include "core/menu/menu_build.h"

#define RECENT_TEXT_MAX 255 /* bytes of recent_text() */

/* Zeroed is empty. */
struct recent {
    struct menu_recent list[MENU_RECENT_MAX]; /* the last one first */
    size_t count;
};

/* It comes first now; over the limit the oldest goes. A name that is too long is not kept. */
void recent_use(struct recent *r, enum engine_kind engine, const char *name);
/* A line for each, "podman web": as many as fit. */
void recent_text(const struct recent *r, char out[RECENT_TEXT_MAX + 1]);
/* Replaces all by what recent_text() gave; lines that cannot be read are left out. */
void recent_read(struct recent *r, const char *text);

#endif
