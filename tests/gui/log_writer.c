/* log_writer.c - writes log lines at a steady rate, which no shell can: RATE lines a second for
 * SECONDS, every tenth of them coloured, then "the last line". Lives until TERM, and says "bye". */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define STEPS 100 /* a second */

static void leave(int signal)
{
    (void)signal;
    (void)!write(1, "bye\n", 4);
    _exit(0);
}

static void wait_until(struct timespec *at, long ns)
{
    at->tv_nsec += ns;
    if (at->tv_nsec >= 1000000000) {
        at->tv_nsec -= 1000000000;
        at->tv_sec++;
    }
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, at, NULL) != 0)
        continue;
}

int main(int argc, char **argv)
{
    long rate = argc == 3 ? strtol(argv[1], NULL, 10) : 0,
         steps = argc == 3 ? strtol(argv[2], NULL, 10) * STEPS : 0;
    struct timespec at;
    long line = 0;

    signal(SIGTERM, leave);
    clock_gettime(CLOCK_MONOTONIC, &at);
    for (long step = 0; step < steps; step++) {
        for (long i = 0; i < rate / STEPS; i++, line++)
            printf(line % 10 == 0 ? "line %06ld \033[32mok\033[0m and some more words\n"
                                  : "line %06ld and some more words, as logs have them\n",
                   line);
        fflush(stdout);
        wait_until(&at, 1000000000 / STEPS);
    }
    printf("\033[1;31mthe last line\033[0m\n");
    fflush(stdout);
    for (;;)
        pause();
}
