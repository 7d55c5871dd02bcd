/* target.c - see target.h. The owner is an instance variable; its place is looked up in the class
 * each time, for a class may be laid out anew when its superclass grew. */
#include "app/cocoa/target.h"
#include "app/cocoa/cocoa.h"
#include <string.h>

#define OWNER "ckOwner"
#define POINTER_ALIGN 3 /* aligned to 1 << 3 */

Class target_class(const char *name, Class super, const struct target_method *methods, size_t count)
{
    Class c = objc_getClass(name);

    if (c != (Class)0)
        return c;
    c = objc_allocateClassPair(super, name, 0);
    MUST(c != (Class)0);
    MUST(class_addIvar(c, OWNER, sizeof(void *), POINTER_ALIGN, "^v"));
    for (size_t i = 0; i < count; i++)
        MUST(class_addMethod(c, cocoa_sel[methods[i].sel], methods[i].imp, methods[i].types));
    objc_registerClassPair(c);
    return c;
}

IMP target_inherited(Class super, int sel)
{
    Method m = class_getInstanceMethod(super, cocoa_sel[sel]);

    MUST(m != (Method)0);
    return method_getImplementation(m);
}

id target_alloc(Class c)
{
    return ns_perform((id)(void *)c, cocoa_sel[SEL_alloc]);
}

id target_new(Class c, void *owner)
{
    id o = ns_init(target_alloc(c));

    target_own(o, owner);
    return o;
}

static void *owner_place(id target)
{
    Ivar v = class_getInstanceVariable(object_getClass(target), OWNER);

    MUST(v != (Ivar)0);
    return (char *)(void *)target + ivar_getOffset(v);
}

void target_own(id target, void *owner)
{
    memcpy(owner_place(target), &owner, sizeof owner);
}

void *target_owner(id target)
{
    void *owner;

    memcpy(&owner, owner_place(target), sizeof owner);
    return owner;
}

void target_drop(id target)
{
    if (target == nil)
        return;
    target_own(target, NULL);
    ns_release(target);
}
