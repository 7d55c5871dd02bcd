/* log.c - a line is built on the stack and leaves in one write().
 *
 * Where lines go is the one piece of state: written by log_init() and log_to() before any thread,
 * then read only. Control characters become spaces, so that text from outside cannot forge a line;
 * the first mark of a line ends its public part, so a mark from outside cannot make more of it
 * public. */
#include "core/base/log.h"
#include "core/base/sys.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES 1024
#define DATE_LEN 11 /* "YYYY-MM-DD ": not on standard error */

struct sink {
    enum log_level least;
    log_sink_fn *call;
    void *ctx;
};

static const char *const level_names[] = {"debug", "info", "warn", "off"};
static struct {
    enum log_level err;   /* of standard error */
    enum log_level least; /* of any */
    struct sink sinks[LOG_SINKS_MAX];
    size_t count;
} the_log = {.err = LOG_WARN, .least = LOG_WARN};

void log_init(void)
{
    const char *wanted = getenv("LOG");

    the_log.err = LOG_WARN;
    for (size_t i = 0; wanted != NULL && i < countof(level_names); i++)
        if (strcmp(wanted, level_names[i]) == 0)
            the_log.err = (enum log_level)i;
    the_log.least = the_log.err;
    the_log.count = 0;
}

void log_to(enum log_level least, log_sink_fn *sink, void *ctx)
{
    MUST(the_log.count < LOG_SINKS_MAX);
    the_log.sinks[the_log.count++] = (struct sink){least, sink, ctx};
    if (least < the_log.least)
        the_log.least = least;
}

bool log_wants(enum log_level level)
{
    return level >= the_log.least && level < LOG_OFF;
}

/* "YYYY-MM-DD HH:MM:SS.mmm level [thread] "; returns its length. */
static size_t head(char *line, size_t size, enum log_level level, const char *thread)
{
    struct timespec now = {0};
    struct tm tm = {0};
    int len = 0;

    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &tm);
    len = snprintf(line, size, "%04d-%02d-%02d %02d:%02d:%02d.%03d %s [%s] ",
                   (tm.tm_year + 1900) % 10000, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
                   tm.tm_sec, (int)(now.tv_nsec / 1000000), level_names[level], thread);
    MUST(len > DATE_LEN && (size_t)len < size);
    return (size_t)len;
}

/* Takes the mark out; the length of what stands in front of it. */
static size_t cut_mark(char *text)
{
    char *mark = strchr(text, LOG_PRIVATE[0]);

    if (mark == NULL)
        return strlen(text);
    memmove(mark, mark + 1, strlen(mark + 1) + 1);
    return (size_t)(mark - text);
}

static void hand_out(const struct log_line *line)
{
    ssize_t told = 0;

    if (line->level >= the_log.err)
        told = write(STDERR_FILENO, line->whole + DATE_LEN, line->len - DATE_LEN);
    (void)told; /* a log that cannot be written is not worth a failure */
    for (size_t i = 0; i < the_log.count; i++) {
        const struct sink *s = &the_log.sinks[i];

        if (line->level >= s->least)
            s->call(s->ctx, line);
    }
}

void log_write(enum log_level level, const char *fmt, ...)
{
    int sys = errno; /* logging never changes what a caller is about to report */
    char bytes[LINE_MAX_BYTES], thread[SYS_THREAD_NAME_MAX];
    struct log_line line = {.level = level, .thread = thread, .whole = bytes};
    va_list ap;

    if (!log_wants(level))
        return;
    sys_thread_name_get(thread);
    line.len = head(bytes, sizeof bytes, level, thread);
    line.text = bytes + line.len;
    va_start(ap, fmt);
    vsnprintf(bytes + line.len, sizeof bytes - line.len, fmt, ap);
    va_end(ap);
    line.public_len = cut_mark(bytes + line.len);
    for (; bytes[line.len] != '\0'; line.len++)
        if ((unsigned char)bytes[line.len] < ' ' || bytes[line.len] == 0x7f)
            bytes[line.len] = ' ';
    bytes[line.len++] = '\n';
    hand_out(&line);
    errno = sys;
}
