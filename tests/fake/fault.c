/* fault.c - a command that misbehaves in one exact way, for tests of the spawner.
 *
 * A child gets its words from the command table and an environment made from nothing, so neither
 * can tell it what to do: its own file name does. Tests link `fault-hang`, `fault-exit-7`,
 * `fault-flood-1000000` and so on to this program; without a number it is 0. What could live on
 * after a broken test ends itself after a minute. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <unistd.h>

#define LIFE_S 60
#define FD_MAX 1024

extern char **environ;

static void say(const char *text)
{
    if (write(STDOUT_FILENO, text, strlen(text)) < 0)
        _exit(3);
}

static void hang(void)
{
    alarm(LIFE_S); /* a forked one does not inherit it */
    for (;;)
        pause();
}

static void put_out(int fd, char what, size_t count)
{
    char bytes[4096];

    memset(bytes, what, sizeof bytes);
    while (count > 0) {
        size_t want = count < sizeof bytes ? count : sizeof bytes;
        ssize_t n = write(fd, bytes, want);

        if (n <= 0)
            _exit(3);
        count -= (size_t)n;
    }
}

/* Writes for ever. */
static int flood(long unused, char **argv)
{
    (void)unused;
    (void)argv;
    for (;;)
        put_out(STDOUT_FILENO, 'f', 4096);
    return 0;
}

/* The same on stderr, not ending on TERM. */
static int flood_err(long unused, char **argv)
{
    (void)unused;
    (void)argv;
    signal(SIGTERM, SIG_IGN);
    for (;;)
        put_out(STDERR_FILENO, 'f', 4096);
    return 0;
}

/* So many bytes on both, in turns: who drains only one of them waits for ever. */
static int both(long count, char **argv)
{
    (void)argv;
    for (; count > 0; count -= 4096) {
        put_out(STDOUT_FILENO, 'o', count < 4096 ? (size_t)count : 4096);
        put_out(STDERR_FILENO, 'e', count < 4096 ? (size_t)count : 4096);
    }
    return 0;
}

/* So many bytes and no newline. */
static int bytes(long count, char **argv)
{
    (void)argv;
    put_out(STDOUT_FILENO, 'b', (size_t)count);
    return 0;
}

/* One line of so many bytes, then "end". */
static int long_line(long count, char **argv)
{
    (void)argv;
    put_out(STDOUT_FILENO, 'l', (size_t)count);
    say("\nend\n");
    return 0;
}

static int lines(long count, char **argv)
{
    (void)argv;
    for (long i = 0; i < count; i++)
        printf("line %ld\n", i);
    return 0;
}

static int hang_mode(long unused, char **argv)
{
    (void)unused;
    (void)argv;
    say("ready\n");
    hang();
    return 0;
}

static int ignore_term(long unused, char **argv)
{
    signal(SIGTERM, SIG_IGN);
    return hang_mode(unused, argv);
}

/* Stops itself, as if it had asked a terminal for something. */
static int stopped(long unused, char **argv)
{
    (void)unused;
    (void)argv;
    say("ready\n");
    raise(SIGSTOP);
    hang();
    return 0;
}

static int close_and_live(long seconds, char **argv)
{
    (void)argv;
    say("last words\n");
    close(STDOUT_FILENO);
    close(STDERR_FILENO);
    if (seconds == 0)
        hang();
    sleep((unsigned)seconds);
    return 4;
}

static int half_line(long unused, char **argv)
{
    (void)unused;
    (void)argv;
    say("one\nhalf");
    return 0;
}

static int exit_mode(long code, char **argv)
{
    (void)argv;
    return (int)code;
}

static int die(long sig, char **argv)
{
    (void)argv;
    raise((int)sig);
    return 0;
}

/* Says the pid of a grandchild that inherits the pipes, and ends. A meek one heeds TERM. */
static int grandchild(long meek, char **argv)
{
    pid_t pid = fork();
    char text[32];

    (void)argv;
    if (pid == 0) {
        if (!meek)
            signal(SIGTERM, SIG_IGN);
        hang();
    }
    snprintf(text, sizeof text, "%ld\n", (long)pid);
    say(text);
    return 0;
}

/* The same, and lives on with it. */
static int family(long number, char **argv)
{
    (void)grandchild(number, argv);
    hang();
    return 0;
}

/* What a command that detaches does: a daemon stays in the group, writing to what it inherited,
 * and the command ends once the daemon has said its pid. */
static int daemon_in_group(long code, char **argv)
{
    char text[32] = "";
    int ends[2];

    (void)argv;
    if (pipe(ends) < 0)
        return 3;
    if (fork() == 0) {
        alarm(LIFE_S);
        snprintf(text, sizeof text, "%ld\n", (long)getpid());
        say(text);
        if (write(ends[1], "r", 1) != 1)
            return 3;
        for (;;) {
            say("daemon\n");
            usleep(10000);
        }
    }
    return read(ends[0], text, 1) == 1 ? (int)code : 3;
}

/* Works, saying so, until there is a file PROGRAM.go; a little more, and leaves PROGRAM.done. */
static int work(long unused, char **argv)
{
    char go[1024], done[1024];
    int fd;

    (void)unused;
    if (snprintf(go, sizeof go, "%s.go", argv[0]) >= (int)sizeof go ||
        snprintf(done, sizeof done, "%s.done", argv[0]) >= (int)sizeof done)
        return 3;
    while (access(go, F_OK) != 0) {
        say("working\n");
        usleep(10000);
    }
    for (int i = 0; i < 5; i++)
        say("still working\n");
    fd = open(done, O_WRONLY | O_CREAT | O_EXCL, 0600);
    return fd < 0 ? 3 : 0;
}

static int echo_stdin(long unused, char **argv)
{
    char got[4096];
    ssize_t n;

    (void)unused;
    (void)argv;
    while ((n = read(STDIN_FILENO, got, sizeof got)) > 0) {
        if (write(STDOUT_FILENO, got, (size_t)n) != n)
            return 3;
    }
    return n < 0 ? 3 : 0;
}

static int env(long unused, char **argv)
{
    (void)unused;
    (void)argv;
    for (char **e = environ; *e != NULL; e++)
        printf("%s\n", *e);
    return 0;
}

static int words(long unused, char **argv)
{
    (void)unused;
    for (; *argv != NULL; argv++)
        printf("%s\n", *argv);
    return 0;
}

/* Its open descriptors, its folder, whether it leads a group, and its signals. */
static int state(long unused, char **argv)
{
    char folder[1024];
    sigset_t mask;

    (void)unused;
    (void)argv;
    printf("fds");
    for (int fd = 0; fd < FD_MAX; fd++) {
        if (fcntl(fd, F_GETFD) >= 0)
            printf(" %d", fd);
    }
    printf("\nfolder %s\n", getcwd(folder, sizeof folder) != NULL ? folder : "?");
    printf("leader %s\n", getpgrp() == getpid() ? "yes" : "no");
    printf("signals");
    if (sigprocmask(SIG_BLOCK, NULL, &mask) < 0)
        return 3;
    for (int sig = 1; sig < 32; sig++) {
        struct sigaction sa;

        if (sigismember(&mask, sig) == 1)
            printf(" blocked:%d", sig);
        if (sigaction(sig, NULL, &sa) == 0 && sa.sa_handler == SIG_IGN)
            printf(" ignored:%d", sig);
    }
    printf("\n");
    return 0;
}

/* Its soft and hard limit for core files. */
static int cores(long unused, char **argv)
{
    struct rlimit limit;

    (void)unused;
    (void)argv;
    if (getrlimit(RLIMIT_CORE, &limit) < 0)
        return 3;
    printf("%llu %llu\n", (unsigned long long)limit.rlim_cur, (unsigned long long)limit.rlim_max);
    return 0;
}

static const struct mode {
    const char *name;
    int (*run)(long number, char **argv);
} modes[] = {
    {"hang", hang_mode},
    {"flood", flood},
    {"flood-err", flood_err},
    {"both", both},
    {"bytes", bytes},
    {"long-line", long_line},
    {"lines", lines},
    {"ignore-term", ignore_term},
    {"stopped", stopped},
    {"close-and-live", close_and_live},
    {"half-line", half_line},
    {"exit", exit_mode},
    {"die", die},
    {"grandchild-holds-pipe", grandchild},
    {"family", family},
    {"daemon-in-group", daemon_in_group},
    {"work", work},
    {"echo-stdin", echo_stdin},
    {"env", env},
    {"argv", words},
    {"state", state},
    {"cores", cores},
};

int main(int argc, char **argv)
{
    const char *base = argc > 0 ? strrchr(argv[0], '/') : NULL;
    const char *name = base != NULL ? base + 1 : "";
    const char *digits = name + strlen(name);
    size_t len;

    alarm(LIFE_S);
    if (strncmp(name, "fault-", 6) == 0)
        name += 6;
    while (digits > name && digits[-1] >= '0' && digits[-1] <= '9')
        digits--;
    len = (size_t)(digits - name);
    if (*digits != '\0' && len > 0)
        len--; /* the dash */
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        if (strlen(modes[i].name) == len && strncmp(name, modes[i].name, len) == 0)
            return modes[i].run(strtol(digits, NULL, 10), argv);
    }
    fprintf(stderr, "fault: no such fault: %s\n", name);
    return 2;
}
