/* log.c - a line is built on the stack and leaves in one write().
 *
 * The level is the one piece of state: written by log_init() before any thread, then read only.
 * Control characters become spaces, so that text from outside cannot forge a line. */
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

static const char *const level_names[] = {"debug", "info", "warn", "off"};
static enum log_level level_now = LOG_WARN;

void log_init(void)
{
    const char *wanted = getenv("LOG");

    level_now = LOG_WARN;
    for (size_t i = 0; wanted != NULL && i < countof(level_names); i++)
        if (strcmp(wanted, level_names[i]) == 0)
            level_now = (enum log_level)i;
}

bool log_wants(enum log_level level)
{
    return level >= level_now && level < LOG_OFF;
}

/* "HH:MM:SS.mmm level [thread] "; returns its length. */
static size_t head(char *line, size_t size, enum log_level level)
{
    char thread[SYS_THREAD_NAME_MAX];
    struct timespec now = {0};
    struct tm tm = {0};
    int len = 0;

    clock_gettime(CLOCK_REALTIME, &now);
    localtime_r(&now.tv_sec, &tm);
    sys_thread_name_get(thread);
    len = snprintf(line, size, "%02d:%02d:%02d.%03d %s [%s] ", tm.tm_hour, tm.tm_min, tm.tm_sec,
                   (int)(now.tv_nsec / 1000000), level_names[level], thread);
    MUST(len > 0 && (size_t)len < size);
    return (size_t)len;
}

void log_write(enum log_level level, const char *fmt, ...)
{
    int sys = errno; /* logging never changes what a caller is about to report */
    char line[LINE_MAX_BYTES];
    size_t len = 0;
    ssize_t told = 0;
    va_list ap;

    if (!log_wants(level))
        return;
    len = head(line, sizeof line, level);
    va_start(ap, fmt);
    vsnprintf(line + len, sizeof line - len, fmt, ap);
    va_end(ap);
    for (; line[len] != '\0'; len++)
        if ((unsigned char)line[len] < ' ' || line[len] == 0x7f)
            line[len] = ' ';
    line[len++] = '\n';
    told = write(STDERR_FILENO, line, len);
    (void)told; /* a log that cannot be written is not worth a failure */
    errno = sys;
}
