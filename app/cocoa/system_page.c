/* system_page.c - see system_page.h. */
#include "app/cocoa/system_page.h"
#include "app/cocoa/cocoa.h"
#include "core/base/log.h"

bool system_page_is_there(enum system_page page)
{
    return platform_page(page) != NULL;
}

void system_page_open(enum system_page page)
{
    const char *address = platform_page(page);
    id url = address != NULL ? ns_url_from(cocoa_string(address)) : nil;

    if (url == nil || ns_workspace_open(ns_workspace_shared(), url) == NO)
        log_warn("a page of the system's settings could not be opened: %s",
                 address != NULL ? address : "none");
}
