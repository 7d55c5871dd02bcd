/* applog.h - where the log of the program in the menu bar lies, beside standard error.
 *
 * `container-kit.log` in the data folder keeps the last lines from `info` on
 * (core/base/log_file.h); so does the system's log, where there is one that shows no names
 * (app/service/system_log.h). `doctor --log` prints the file. Main thread. */
#ifndef APP_APPLOG_H
#define APP_APPLOG_H
#include "core/base/file.h"

/* Path of the file, which need not be there. */
NODISCARD enum rc applog_path(char out[FILE_PATH_MAX], struct fault *why);
/* Lines go there from now on, until the process ends. Before any thread; the data folder is there,
 * and no other instance writes it. One that cannot be opened keeps nobody from anything. */
void applog_start(void);

#endif
