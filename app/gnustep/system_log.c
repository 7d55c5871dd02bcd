/* system_log.c - see app/service/system_log.h: nothing to do. A desktop keeps what its programs
 * write to standard error in the journal, and a second copy of each line would stand there. */
#include "app/service/system_log.h"

void system_log_start(void)
{
}
