/* signals.h - SIGTERM, SIGINT and SIGHUP end the program as Quit does.
 *
 * A thread waits for them, so nothing runs inside a signal handler. The first one calls quit()
 * there; a second one of the user's ends the process at once, in case Quit hangs: the leash then
 * ends our children. A signal that was ignored when we started (nohup) stays ignored. */
#ifndef APP_COCOA_SIGNALS_H
#define APP_COCOA_SIGNALS_H

struct signals;

/* Main thread, before any other thread: blocks the signals, which new threads inherit. */
struct signals *signals_new(void);
/* Starts the thread; quit(ctx) is called on it, at most once. */
void signals_start(struct signals *s, void (*quit)(void *ctx), void *ctx);
/* Ends the thread and lets signals act as they did. Accepts NULL. */
void signals_free(struct signals *s);

#endif
