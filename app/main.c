/* main.c - the three roles of one executable: the leash that ends our children, the command line,
 * the program in the menu bar. */
#include "app/cli/cli.h"
#include "app/cocoa/gui.h"
#include "app/cocoa/selfcheck.h"
#include "app/setup.h"
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
    setup.at_login = argc > 1 && strcmp(argv[1], AUTOSTART_WORD) == 0;
    status = cli_wants(argc, argv) ? cli_main(&setup, argc, argv) : show(&setup);
    setup_release(&setup);
    return status;
}
