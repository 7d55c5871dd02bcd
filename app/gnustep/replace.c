/* replace.c - see replace.h. */
#include "app/gnustep/replace.h"

static IMP put(Class c, const char *sel, IMP fn, const char *types)
{
    SEL s = sel_registerName(sel);
    Method m = class_getInstanceMethod(c, s);
    IMP old = m == NULL ? NULL : method_getImplementation(m);

    if (m != NULL)
        types = method_getTypeEncoding(m);
    if (!class_addMethod(c, s, fn, types))
        class_replaceMethod(c, s, fn, types);
    return old;
}

IMP replace_method(const char *cls, const char *sel, IMP fn, const char *types)
{
    Class c = objc_getClass(cls);

    MUST(c != NULL);
    return put(c, sel, fn, types);
}

IMP replace_class_method(const char *cls, const char *sel, IMP fn, const char *types)
{
    Class c = objc_getMetaClass(cls);

    MUST(c != NULL);
    return put(c, sel, fn, types);
}

void replace_missing(const char *cls, const char *sel, IMP fn, const char *types)
{
    Class c = objc_getClass(cls);
    SEL s = sel_registerName(sel);

    MUST(c != NULL);
    if (!class_respondsToSelector(c, s))
        MUST(class_addMethod(c, s, fn, types));
}

void replace_add(Class c, const char *sel, IMP fn, const char *types)
{
    MUST(class_addMethod(c, sel_registerName(sel), fn, types));
}
