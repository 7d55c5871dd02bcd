/* pasteboard.c - see pasteboard.h. declareTypes:owner: also clears what was there; it is what both
 * systems have. */
#include "app/cocoa/pasteboard.h"
#include "app/cocoa/cocoa.h"

/* Types beside the text mark it, and say nothing themselves. */
static bool put(const char *utf8, id types)
{
    id board = ns_pasteboard_general();

    ns_pasteboard_declare(board, types, nil);
    return ns_pasteboard_set(board, cocoa_string(utf8), NSPasteboardTypeString);
}

bool pasteboard_copy(const char *utf8)
{
    return put(utf8, ns_array_from((id[]){NSPasteboardTypeString}, 1));
}

bool pasteboard_conceal(const char *utf8)
{
    id mark = cocoa_string("org.nspasteboard.ConcealedType");

    return put(utf8, ns_array_from((id[]){NSPasteboardTypeString, mark}, 2)) &&
           ns_pasteboard_set(ns_pasteboard_general(), cocoa_string(""), mark);
}
