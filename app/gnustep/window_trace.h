/* window_trace.h - the same log as trace.h for windows with a title: where their controls are.
 *
 *   control  window  title  x  y  enabled  each button and text of a window that was drawn
 *   gone     window                        after the window left the screen
 *
 * Main thread only. */
#ifndef APP_GNUSTEP_WINDOW_TRACE_H
#define APP_GNUSTEP_WINDOW_TRACE_H

/* At start, after trace_open(); does nothing if there is no log. */
void window_trace_install(void);

#endif
