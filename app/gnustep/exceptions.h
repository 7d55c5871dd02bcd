/* exceptions.h - an exception that nobody handles ends the program with one line.
 *
 * GNUstep's run loop swallows exceptions of actions and of posted messages, which leaves C state
 * half done. Main thread, at start. */
#ifndef APP_GNUSTEP_EXCEPTIONS_H
#define APP_GNUSTEP_EXCEPTIONS_H

/* From now on: "uncaught NAME: REASON" on standard error, then abort(). If what fails is the
 * connection to the display, "no display: REASON" and exit status 69, as app/cocoa/gui.h says. */
void exceptions_install(void);

#endif
