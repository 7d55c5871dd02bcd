/* log_save.h - writes what was shown of a log into a file, on a thread of its own: a disk may be
 * slow, and thirty megabytes take their time anyway.
 *
 * One file at a time. An existing file of that name is replaced; the new one is the user's alone.
 * Home thread. */
#ifndef CORE_LOGS_LOG_SAVE_H
#define CORE_LOGS_LOG_SAVE_H
#include "core/base/buf.h"
#include "core/base/fault.h"

struct log_save;

struct log_save_config {
    /* Calls call(arg) once on the home thread, soon, in order; from any thread. */
    void (*post)(void *post_ctx, void (*call)(void *arg), void *arg);
    void *post_ctx;
    /* It is written, or is not, and *why says why. Home thread. */
    void (*done)(void *ctx, enum rc rc, const char *path, const struct fault *why);
    void *ctx;
};

/* What the file is called at first: the container's name as far as a file can have it, ".log". */
#define LOG_SAVE_NAME_MAX 208
void log_save_name(const char *container, char out[LOG_SAVE_NAME_MAX]);

/* Nothing is written yet. */
struct log_save *log_save_new(const struct log_save_config *config);
/* Takes the bytes of *text. False if one is being written: nothing is taken then. */
NODISCARD bool log_save_begin(struct log_save *s, const char *path, struct buf *text);
/* Until done() is called: log_save_free() might wait. */
bool log_save_is_busy(const struct log_save *s);
/* Waits for the end of a write. Accepts NULL; done() may call it. */
void log_save_free(struct log_save *s);

#endif
