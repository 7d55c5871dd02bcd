/* spoken.h - what a screen reader is told, which GNUstep has no place for: each label and value
 * goes into the trace (trace.h), where a test reads it. Main thread. */
#ifndef APP_GNUSTEP_SPOKEN_H
#define APP_GNUSTEP_SPOKEN_H

/* At start. */
void spoken_install(void);

#endif
