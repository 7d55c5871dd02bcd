/* cli.h - the command line: container-kit list, menu, start, ... (probe.md, "Program").
 *
 * Works with no display and loads nothing of AppKit. Exit status: 0 done; 1 the engine refused or
 * failed; 2 wrong usage; 3 engine not available; 4 timed out. Main thread. */
#ifndef APP_CLI_CLI_H
#define APP_CLI_CLI_H
#include "app/setup.h"

/* True if argv asks for the command line rather than the menu bar: there is a word, and it is none
 * of those that macOS passes to an app (-NS..., -Apple..., -psn..., mac-behaviour 29), nor that of
 * a start at login or by an update. */
bool cli_wants(int argc, char **argv);
/* Returns the exit status. Wrong words are told on standard error with the usage. */
int cli_main(struct setup *setup, int argc, char **argv);
/* Prints the menu as text, as `container-kit menu` does; for `run` without a display. */
int cli_print_menu(struct setup *setup);

#endif
