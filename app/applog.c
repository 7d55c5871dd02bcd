/* applog.c - see applog.h. */
#include "app/applog.h"
#include "app/service/system_log.h"
#include "core/base/log_file.h"
#include <stdio.h>

enum rc applog_path(char out[FILE_PATH_MAX], struct fault *why)
{
    char folder[FILE_PATH_MAX];
    enum rc rc = file_data_folder(folder, why);

    if (rc == RC_OK &&
        snprintf(out, FILE_PATH_MAX, "%s/container-kit.log", folder) >= FILE_PATH_MAX)
        rc = fault_set(why, RC_TOO_BIG, "the path of the log is too long");
    return rc;
}

void applog_start(void)
{
    char path[FILE_PATH_MAX], text[FAULT_TEXT_MAX];
    struct log_file *file = NULL;
    struct fault why = {0};
    enum rc rc = applog_path(path, &why);

    if (rc == RC_OK)
        rc = log_file_open(path, LOG_FILE_MAX, &file, &why);
    system_log_start();
    if (rc == RC_OK)
        log_to(LOG_INFO, log_file_write, file);
    else
        log_warn("no log file" LOG_PRIVATE ": %s", fault_text(&why, text));
}
