/* target.h - small Objective-C classes made at run time, through which AppKit calls our C.
 *
 * An object of such a class holds one borrowed C pointer, its owner. AppKit does not retain targets
 * and delegates: whoever made one keeps it, and disowns it before the owner goes, so that a message
 * that comes late finds NULL. Main thread. */
#ifndef APP_COCOA_TARGET_H
#define APP_COCOA_TARGET_H
#include "app/cocoa/objc.h"

struct target_method {
    int sel; /* SEL_... of cocoa.def */
    IMP imp;
    const char *types; /* encoding, as method_getTypeEncoding() gives it */
};

/* The class `name` below `super` with these methods, made the first time it is asked for. */
Class target_class(const char *name, Class super, const struct target_method *methods,
                   size_t count);
/* The method of `super`, to be cast: for one of ours that does a part and leaves the rest to it. */
IMP target_inherited(Class super, int sel);
/* +1. Only for classes below NSObject itself; others are allocated and then owned. */
id target_new(Class c, void *owner);
/* +1, not initialised. */
id target_alloc(Class c);
void target_own(id target, void *owner);
/* NULL once disowned. */
void *target_owner(id target);
/* Accepts nil: owner NULL, and one release. */
void target_drop(id target);

#endif
