/* unit.c - main() of the unit tests: runs the suites of the generated table, all or those named.
 *
 *     unit             every suite
 *     unit buf json    these two
 *     unit --leash     plays the leash process for tests of the spawner */
#include "core/exec/spawner.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>

/* Weak, so that a build of core/base alone links: nothing there asks for a leash. With the suites
 * of core/exec the spawner is linked and brings the real one. */
int leash_main(void) __attribute__((weak));

struct suite {
    const char *name;
    int (*run)(void);
};
extern const struct suite suites[]; /* generated from the files' names; ends with a NULL */

static bool is_named(const char *name, int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], name) == 0)
            return true;
    return argc == 1;
}

static int run(int argc, char **argv)
{
    int ran = 0, failed = 0;

    for (const struct suite *s = suites; s->name != NULL; s++) {
        if (!is_named(s->name, argc, argv))
            continue;
        ran++;
        if (s->run() != 0)
            failed++;
    }
    if (ran == 0 || (argc > 1 && ran != argc - 1)) {
        fprintf(stderr, "unit: no suite of such a name\n");
        return 2;
    }
    fprintf(stderr, "unit: %d suites, %d failed\n", ran, failed);
    return failed > 0;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--leash") == 0)
        return leash_main != NULL ? leash_main() : 2;
    if (signal(SIGPIPE, SIG_IGN) == SIG_ERR)
        return 2;
    return run(argc, argv);
}
