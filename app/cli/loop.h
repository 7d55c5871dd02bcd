/* loop.h - the home thread of a kit where there is no AppKit: calls from other threads, run in
 * order on this one, until a signal, loop_quit(), or nobody reads our standard output any more.
 *
 * SIGINT, SIGTERM and SIGHUP become an end in order: they are blocked from loop_new() on, here and
 * in every thread made later, and a thread of the loop's own waits for them. They stay blocked
 * after loop_free(), so that a second ^C does not cut the shutdown short.
 * Threads: loop_post() from any; the rest is the owner's. */
#ifndef APP_CLI_LOOP_H
#define APP_CLI_LOOP_H
#include "core/base/fault.h"

struct loop;

/* Before any other thread is made. RC_IO when the system has no pipe or thread for us. */
NODISCARD enum rc loop_new(struct loop **out, struct fault *why);
/* Calls call(arg) once, soon, on the owner's thread; fits kit_config.post. */
void loop_post(void *loop, void (*call)(void *arg), void *arg);
/* Runs what is posted until the end; calls that are left wait for loop_free(). */
void loop_run(struct loop *l);
/* From a posted call, or before loop_run(). */
void loop_quit(struct loop *l);
/* Runs what is left, so that nothing it carries is lost. Nobody posts any more. Accepts NULL. */
void loop_free(struct loop *l);

#endif
