/* login_item.c - see app/service/login_item.h: the app itself as a login item of ServiceManagement.
 *
 * "Not found" is also what it says before the first time, so it counts as off; registering tells
 * whether it is worse. */
#include "app/service/login_item.h"
#include "app/cocoa/cocoa.h"

#define STATUS_ENABLED 1L  /* SMAppServiceStatusEnabled */
#define STATUS_APPROVAL 2L /* SMAppServiceStatusRequiresApproval */

/* The app's own service, or nil with the reason. */
static id find_service(const struct place *place, struct fault *why)
{
    id service = nil;

    if (!place->login_item) {
        fault_set(why, RC_DENIED, "%s", place->why);
        return nil;
    }
    if (can_sm_service_main())
        service = sm_service_main();
    if (service == nil)
        fault_set(why, RC_DENIED, "this macOS opens no app at login");
    return service;
}

enum login_item_state login_item_read(const struct place *place, const char *self,
                                      struct fault *why)
{
    id pool = cocoa_enter(), service = nil;
    enum login_item_state state = LOGIN_ITEM_OFF;
    long status = 0;

    (void)self; /* the system knows the app by its bundle */
    why->text[0] = '\0';
    service = find_service(place, why);
    status = service == nil ? 0 : sm_service_status(service);
    if (service == nil) {
        state = LOGIN_ITEM_UNAVAILABLE;
    } else if (status == STATUS_ENABLED) {
        state = LOGIN_ITEM_ON;
    } else if (status == STATUS_APPROVAL) {
        state = LOGIN_ITEM_NEEDS_APPROVAL;
        fault_set(why, RC_DENIED,
                  "allow Container Kit in System Settings, General, Login Items & Extensions");
    }
    cocoa_pool_pop(pool);
    return state;
}

/* Is the service as wanted already? Registering what is registered would fail. One that waits for
 * its approval is registered. */
static bool is_set(id service, bool on)
{
    long status = sm_service_status(service);

    return (status == STATUS_ENABLED || status == STATUS_APPROVAL) == on;
}

enum rc login_item_set(const struct place *place, const char *self, bool on, struct fault *why)
{
    id pool = cocoa_enter(), service = find_service(place, why), error = nil;
    enum rc rc = service == nil ? RC_DENIED : RC_OK;

    (void)self;
    if (rc == RC_OK && !is_set(service, on)) {
        if (on)
            sm_service_register(service, &error);
        else
            sm_service_unregister(service, &error);
        if (!is_set(service, on)) /* the user's approval may be missing all the same */
            rc = fault_set(why, RC_FAILED, "macOS refused: %s",
                           error == nil ? "it tells no reason" : cocoa_utf8(ns_error_text(error)));
    }
    cocoa_pool_pop(pool);
    return rc;
}

enum rc login_item_open_settings(struct fault *why)
{
    id pool = cocoa_enter();
    enum rc rc = RC_OK;

    if (can_sm_service_open_settings())
        sm_service_open_settings();
    else
        rc = fault_set(why, RC_MISSING, "this macOS has no list of login items to show");
    cocoa_pool_pop(pool);
    return rc;
}
