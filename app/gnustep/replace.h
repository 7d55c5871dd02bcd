/* replace.h - one way to put a C function in place of a method, or beside the others.
 *
 * Never class_replaceMethod() alone: GCC's libobjc looks for the method in the super classes too
 * and would replace the inherited one, for every class that has it. Main thread, at start. */
#ifndef APP_GNUSTEP_REPLACE_H
#define APP_GNUSTEP_REPLACE_H
#include "app/cocoa/objc.h"
#include "core/base/base.h"

/* The class has to be there: a missing one is a bug. The method's own types are used if it has
 * any, else `types`. Returns what answered before, inherited or not; NULL if nothing did. */
IMP replace_method(const char *cls, const char *sel, IMP fn, const char *types);
IMP replace_class_method(const char *cls, const char *sel, IMP fn, const char *types);
/* A method of a class that is being made: it cannot have one of that name yet. */
void replace_add(Class c, const char *sel, IMP fn, const char *types);
/* Only if the class does not answer yet: what a newer GNUstep brings itself is left alone. */
void replace_missing(const char *cls, const char *sel, IMP fn, const char *types);

#endif
