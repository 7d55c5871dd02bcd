/* main.c - the four roles of one executable: the leash that ends our children, the watchdog of an
 * update, the command line, the program in the menu bar. */
#include "app/cli/cli.h"
#include "app/cocoa/gui.h"
#include "app/cocoa/selfcheck.h"
#include "app/setup.h"
#include "app/update_here.h"
#include "core/base/log.h"
#include "core/desktop/autostart.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int tell(const struct fault *why)
{
    char text[FAULT_TEXT_MAX];

    fprintf(stderr, "container-kit: %s\n", fault_text(why, text));
    return 1;
}

/* Without a display the main job still works: the menu, as text. */
static int show(struct setup *setup)
{
    struct fault why = {0};
    int status = gui_main(setup, &why);

    if (status == 0)
        return 0;
    tell(&why);
    return why.rc == RC_MISSING && cli_print_menu(setup) == 0 ? 0 : status;
}

/* The menu bar for a start by the desktop or by an update, else what the words say. */
static int run(struct setup *setup, int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "";

    if (strcmp(word, INSTALL_WATCHDOG_WORD) == 0)
        return update_here_watchdog(setup);
    if (strcmp(word, INSTALL_LAUNCH_WORD) == 0 && argc > 2)
        setup->update_token = argv[2];
    setup->at_login = strcmp(word, AUTOSTART_WORD) == 0 || strcmp(word, INSTALL_LAUNCH_WORD) == 0 ||
                      strcmp(word, INSTALL_FAILED_WORD) == 0;
    return cli_wants(argc, argv) ? cli_main(setup, argc, argv) : show(setup);
}

int main(int argc, char **argv)
{
    struct setup setup = {0};
    struct fault why = {0};
    int status;

    if (argc > 1 && strcmp(argv[1], "--leash") == 0)
        _exit(leash_main()); /* the libraries' own endings are no business of a leash */
    log_init();
    MUST(signal(SIGPIPE, SIG_IGN) != SIG_ERR); /* a closed pipe is an error of its write() */
    if (setup_init(&setup, &why) != RC_OK)
        return tell(&why);
    setup.selfcheck = selfcheck;
    sys_leave_link(setup.self, argv); /* nothing of ours runs yet */
    status = run(&setup, argc, argv);
    setup_release(&setup);
    return status;
}
