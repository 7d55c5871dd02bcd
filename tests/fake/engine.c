/* engine.c - a stand-in for an engine's command, told what to do by files beside it.
 *
 * Every call is a key: list, list-old, status, version, inspect, events, start, stop, ... For a key
 *     KEY.out, KEY.err   go to stdout and stderr
 *     KEY.exit           the exit code, 0 without it
 *     KEY.mode           hang: never answers; deaf: nor does it heed TERM; flood: prints without
 *                        end; hold: waits until KEY.go is there
 * `events` prints what is added to events.out after its start, and ends when events.exit is there.
 * `login` keeps what came on stdin in login.in.
 * `calls` gets a line "+ PID WORDS" when a call begins and "- PID WORDS" when it ends by itself,
 * "~" when it begins to wait, and "= PID" when a stream listens. */
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define STEP_NS 2000000

static void die(const char *what)
{
    perror(what);
    exit(99);
}

static void step(void)
{
    nanosleep(&(struct timespec){.tv_nsec = STEP_NS}, NULL);
}

/* A context in front of the words is noted with them, and is no part of the key. */
static const char *key_of(int argc, char **argv)
{
    if (argc > 3 && (strcmp(argv[1], "--context") == 0 || strcmp(argv[1], "--connection") == 0)) {
        argc -= 2;
        argv += 2;
    }
    if (argc < 2)
        die("no words");
    if (strcmp(argv[1], "ps") == 0)
        return strcmp(argv[argc - 1], "{{json .}}") == 0 ? "list-old" : "list";
    if (strcmp(argv[1], "system") == 0 && argc > 3 && strcmp(argv[2], "dns") == 0)
        return strcmp(argv[3], "list") == 0 ? "dns-list" : argv[3];
    if (strcmp(argv[1], "system") == 0 && argc > 2)
        return argv[2];
    if (strcmp(argv[1], "registry") == 0 && argc > 2)
        return strcmp(argv[2], "list") == 0 ? "logins" : argv[2];
    return argv[1];
}

static const char *file(const char *key, const char *kind)
{
    static char name[256];

    snprintf(name, sizeof name, "%s.%s", key, kind);
    return name;
}

static void note(char sign, int argc, char **argv)
{
    char line[4096];
    int n = snprintf(line, sizeof line, "%c %ld", sign, (long)getpid());
    int fd = open("calls", O_WRONLY | O_CREAT | O_APPEND, 0644);

    for (int i = 1; i < argc && n < (int)sizeof line - 300; i++)
        n += snprintf(line + n, sizeof line - (size_t)n, " %s", argv[i]);
    line[n++] = '\n';
    if (fd < 0 || write(fd, line, (size_t)n) != n)
        die("calls");
    close(fd);
}

/* From `at` on; returns where the next call goes on. A file that is not there is empty. */
static off_t print(const char *path, int to, off_t at)
{
    char bytes[65536];
    ssize_t n;
    int fd = open(path, O_RDONLY);

    if (fd < 0)
        return at;
    while ((n = pread(fd, bytes, sizeof bytes, at)) > 0) {
        if (write(to, bytes, (size_t)n) != n)
            exit(98);
        at += n;
    }
    close(fd);
    return at;
}

/* First word of a file, "" if it is not there. */
static const char *word_in(const char *path)
{
    static char word[32];
    FILE *f = fopen(path, "r");

    word[0] = '\0';
    if (f != NULL) {
        if (fscanf(f, "%31s", word) != 1)
            word[0] = '\0';
        fclose(f);
    }
    return word;
}

static void misbehave(const char *key, int argc, char **argv)
{
    const char *mode = word_in(file(key, "mode"));
    static char junk[65536];

    if (strcmp(mode, "deaf") == 0)
        signal(SIGTERM, SIG_IGN);
    while (strcmp(mode, "hang") == 0 || strcmp(mode, "deaf") == 0)
        pause();
    memset(junk, '[', sizeof junk);
    while (strcmp(mode, "flood") == 0) {
        if (write(1, junk, sizeof junk) < 0)
            exit(98);
    }
    if (strcmp(mode, "hold") == 0)
        note('~', argc, argv);
    while (strcmp(mode, "hold") == 0 && access(file(key, "go"), F_OK) != 0)
        step();
}

/* All of stdin, into a file. */
static void keep_input(const char *path)
{
    char bytes[65536];
    ssize_t n;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    while ((n = read(0, bytes, sizeof bytes)) > 0)
        if (write(fd, bytes, (size_t)n) != n)
            die(path);
    close(fd);
}

static void follow_events(void)
{
    off_t at = 0;
    int fd = open("events.out", O_RDONLY);

    if (fd >= 0) {
        at = lseek(fd, 0, SEEK_END);
        close(fd);
    }
    note('=', 1, NULL); /* it listens now */
    while (access("events.exit", F_OK) != 0) {
        at = print("events.out", 1, at);
        step();
    }
}

int main(int argc, char **argv)
{
    const char *key = key_of(argc, argv);
    char path[4096];

    snprintf(path, sizeof path, "%s", argv[0]);
    if (chdir(dirname(path)) != 0)
        die(path);
    note('+', argc, argv);
    if (strcmp(key, "login") == 0)
        keep_input("login.in");
    misbehave(key, argc, argv);
    if (strcmp(key, "events") == 0)
        follow_events();
    else
        print(file(key, "out"), 1, 0);
    print(file(key, "err"), 2, 0);
    note('-', argc, argv);
    return (int)strtol(word_in(file(key, "exit")), NULL, 10);
}
