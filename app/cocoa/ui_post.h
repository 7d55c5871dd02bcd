/* ui_post.h - the one way to the main thread: C calls, in order, also while a menu is open.
 *
 * Calls wait in a list; one performSelectorOnMainThread: in the default, tracking and modal modes
 * is under way while the list is not empty. The dispatch queue will not do: it starves while a menu
 * opened from one of its own functions is up (mac-behaviour 11). A posted call must not open a menu
 * or run a modal loop, for the ones behind it would wait. */
#ifndef APP_COCOA_UI_POST_H
#define APP_COCOA_UI_POST_H

struct ui_post;

/* Main thread, after cocoa_load(). */
struct ui_post *ui_post_new(void);
/* Calls call(arg) once on the main thread, inside a pool, soon, in the order of posting. Any
 * thread; never blocks. `post` is a struct ui_post: the signature is that of kit_config.post. */
void ui_post(void *post, void (*call)(void *arg), void *arg);
/* Main thread. Nobody posts any more: makes the calls that still wait, then ends. Accepts NULL. */
void ui_post_free(struct ui_post *post);

#endif
