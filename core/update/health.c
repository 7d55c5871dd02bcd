/* health.c - see health.h. */
#include "core/update/health.h"
#include "core/update/journal.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEALTH_FILE "health"
#define LINE_MAX_BYTES 128

static const char *const words[] = {[HEALTH_STARTED] = "started", [HEALTH_GOOD] = "healthy"};

/* "<token> <pid> <word>\n". */
static void read_line(char *line, const char *token, struct health *out)
{
    char *end = NULL;
    long pid = 0;

    if (strncmp(line, token, LAUNCH_TOKEN) != 0 || line[LAUNCH_TOKEN] != ' ')
        return;
    pid = strtol(line + LAUNCH_TOKEN + 1, &end, 10);
    if (pid <= 1 || pid > INT32_MAX || *end != ' ')
        return;
    for (int i = HEALTH_STARTED; i <= HEALTH_GOOD; i++) {
        size_t len = strlen(words[i]);

        if (strncmp(end + 1, words[i], len) == 0 && strcmp(end + 1 + len, "\n") == 0)
            *out = (struct health){(enum health_state)i, (pid_t)pid};
    }
}

void health_read(const char *data, const char *token, struct health *out)
{
    char path[FILE_PATH_MAX];
    struct buf line;

    *out = (struct health){HEALTH_UNKNOWN, 0};
    if (!launch_is_token(token) || journal_path(data, HEALTH_FILE, path, NULL) != RC_OK)
        return;
    buf_init(&line, LINE_MAX_BYTES);
    if (file_read(path, &line, NULL) == RC_OK && line.len > LAUNCH_TOKEN)
        read_line(line.data, token, out);
    buf_release(&line);
}

enum rc health_write(const char *data, const char *token, enum health_state state,
                     struct fault *why)
{
    char path[FILE_PATH_MAX], line[LINE_MAX_BYTES];
    enum rc rc = journal_path(data, HEALTH_FILE, path, why);

    MUST(launch_is_token(token) && state != HEALTH_UNKNOWN);
    snprintf(line, sizeof line, "%s %ld %s\n", token, (long)getpid(), words[state]);
    return rc == RC_OK ? file_replace(path, line, strlen(line), why) : rc;
}

void health_remove(const char *data)
{
    char path[FILE_PATH_MAX];

    if (journal_path(data, HEALTH_FILE, path, NULL) == RC_OK)
        (void)unlink(path);
}
