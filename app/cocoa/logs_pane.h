/* logs_pane.h - the lines of a ring in a text view: as many as it can bear, around what is seen.
 *
 * Which lines these are, page.h decides; here they become text with colours. The text view comes
 * and goes with the window, the page stays. Main thread. */
#ifndef APP_COCOA_LOGS_PANE_H
#define APP_COCOA_LOGS_PANE_H
#include "app/cocoa/text_view.h"
#include "core/logs/page.h"
#include "core/logs/ring.h"

struct logs_pane;

/* `ring` is borrowed; it may be changed as long as the pane is told (logs_pane_grow()). */
struct logs_pane *logs_pane_new(struct ring *ring);
/* Accepts NULL. */
void logs_pane_free(struct logs_pane *p);
/* Makes the text view, in the place of one that is there, and fills it. */
void logs_pane_open(struct logs_pane *p, const struct text_view_config *config);
/* It has new lines, or none any more. */
void logs_pane_grow(struct logs_pane *p);
/* To the newest line, and from now on with it. */
void logs_pane_to_end(struct logs_pane *p);
/* The user has scrolled it: follows at the end, does not elsewhere, and at an end of the text gets
 * more of it. Not from inside text_view_config.moved(). */
void logs_pane_scrolled(struct logs_pane *p);
/* Selects `len` bytes there, and follows no more. */
void logs_pane_select(struct logs_pane *p, const struct ring_place *at, size_t len);
const struct page *logs_pane_page(const struct logs_pane *p);
struct text_view *logs_pane_text(const struct logs_pane *p);

#endif
