/* icons.h - the pictures of the program: drawn in assets/, carried as PNG bytes in 1x and 2x, made
 * into images with both sizes, so that each screen gets the sharp one. Main thread. */
#ifndef APP_COCOA_ICONS_H
#define APP_COCOA_ICONS_H
#include "app/cocoa/objc.h"
#include "core/menu/menu.h"

struct icons {
    id status[MENU_ICON_COUNT]; /* template images, 18 pt, one canvas */
    id mark[MENU_MARK_COUNT];   /* in colour, 16 pt; nil for MENU_MARK_NONE */
};

/* Fills *icons; they are the owner's until icons_release(). */
void icons_init(struct icons *icons);
/* Accepts a zeroed struct. */
void icons_release(struct icons *icons);
/* The graph as a template image in both sizes, +1. */
id icons_graph(const struct menu_graph *g);
/* The application's own picture, 64 pt, +1. */
id icons_app(void);

#endif
