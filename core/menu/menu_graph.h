/* menu_graph.h - the graph in a row of the menu as a picture.
 *
 * Pure; drawn here, in the one way on every system, so that a test can look at each pixel. */
#ifndef CORE_MENU_MENU_GRAPH_H
#define CORE_MENU_MENU_GRAPH_H
#include "core/menu/menu.h"

#define MENU_GRAPH_WIDE 120 /* points */
#define MENU_GRAPH_HIGH 16

/* The picture as TIFF, `scale` pixels to a point, 1 or 2. Memory: `out` is filled, and ended by the
 * caller. */
void menu_graph_tiff(const struct menu_graph *g, unsigned scale, struct buf *out);

#endif
