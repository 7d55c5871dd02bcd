/* mover.c - see app/service/mover.h.
 *
 * A downloaded app carries a mark, and macOS goes on running a marked app from a copy of its own
 * unless the Finder moved it. The user has opened this one and asked for the move, so the mark is
 * taken off what was moved; Gatekeeper has checked it by then. */
#include "app/service/mover.h"
#include "app/cocoa/cocoa.h"
#include "core/base/sys.h"
#include "core/desktop/move.h"
#include <stdio.h>
#include <sys/stat.h>

bool mover_offers(const struct place *place)
{
    struct move_plan plan;

    return move_plan(place, &plan, NULL) == RC_OK;
}

static enum rc do_move(const struct move_plan *plan, struct fault *why)
{
    id files = ns_files(), from = cocoa_string(plan->from), to = cocoa_string(plan->to);
    id error = nil;
    BOOL done = plan->copy ? ns_files_copy(files, from, to, &error)
                           : ns_files_move(files, from, to, &error);

    if (done != NO)
        return RC_OK;
    return fault_set(why, RC_FAILED, "%.400s",
                     error != nil ? cocoa_utf8(ns_error_text(error)) : "it cannot be moved");
}

enum rc mover_move(const struct place *place, struct fault *why)
{
    struct move_plan plan;
    struct stat st;
    enum rc rc = move_plan(place, &plan, why);

    if (rc != RC_OK)
        return rc;
    if (lstat(plan.to, &st) == 0)
        return fault_set(why, RC_DENIED, "%s is there already: open that one, or remove it first",
                         plan.to);
    rc = do_move(&plan, why);
    if (rc != RC_OK)
        return rc;
    sys_forget_download(plan.to);
    if (ns_workspace_open(ns_workspace_shared(), ns_url_from_path(cocoa_string(plan.to))) == NO)
        return fault_set(why, RC_FAILED, "it was moved to %s: open it there", plan.to);
    return RC_OK;
}
