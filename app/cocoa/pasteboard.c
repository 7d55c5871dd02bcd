/* pasteboard.c - see pasteboard.h. declareTypes:owner: also clears what was there; it is what both
 * systems have. */
#include "app/cocoa/pasteboard.h"
#include "app/cocoa/cocoa.h"

bool pasteboard_copy(const char *utf8)
{
    id board = ns_pasteboard_general();
    id types = ns_array_from((id[]){NSPasteboardTypeString}, 1);

    ns_pasteboard_declare(board, types, nil);
    return ns_pasteboard_set(board, cocoa_string(utf8), NSPasteboardTypeString);
}
