/* saver.h - where a file of text is to be saved: macOS asks, with its own panel, which keeps nobody
 * from doing something else meanwhile; on Linux it is the folder for downloads, or the home folder,
 * under a name that is free. Main thread. */
#ifndef APP_SERVICE_SAVER_H
#define APP_SERVICE_SAVER_H

/* `path` is absolute and valid during the call. */
typedef void saver_answer_fn(void *ctx, long number, const char *path);

/* Calls answer() once with `number`, at once or when the user has decided; not at all if he decides
 * against it. `name` is offered ("web.log"), `home` the user's folder; `ctx` must live until the
 * program ends. */
void saver_ask(const char *name, const char *home, saver_answer_fn *answer, void *ctx, long number);

#endif
