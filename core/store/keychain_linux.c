/* keychain_linux.c - keychain_sys.h over the Secret Service, through libsecret.
 *
 * Each question opens the service, asks, and lets go of it: nothing is remembered that a restart
 * of the service or of the session bus could make wrong. Items are searched for and unlocked step
 * by step, never by libsecret's one-call forms: those answer a dialog that was cancelled with
 * nothing and no error, the same as for an item that is not there.
 *
 * Nothing is ever cancelled: libsecret would dismiss the dialog, and at that GNOME Keyring 42
 * aborts, and with it goes every open keyring of the user. */
#include "core/store/keychain_sys.h"
#include <libsecret/secret.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SERVICE "com.ethercorps.container-kit" /* keyrings ask no signature: one for all builds */

/* One question's connection. Zeroed is closed. */
struct session {
    GDBusConnection *bus;
    SecretService *service;
    GHashTable *attributes;
    const struct keychain_account *account; /* NULL until it is open, and for a status */
};

/* Its name is not searched for: GNOME Keyring loses it when another program changes an item. */
static const SecretSchema schema = {
    .name = SERVICE,
    .flags = SECRET_SCHEMA_DONT_MATCH_NAME,
    .attributes = {{"service", SECRET_SCHEMA_ATTRIBUTE_STRING},
                   {"account", SECRET_SCHEMA_ATTRIBUTE_STRING}},
};

/* --- sentences -------------------------------------------------------------------------------- */

static enum rc no_service(struct fault *why)
{
    return fault_set(why, RC_DOWN,
                     "There is no keyring: no service for passwords is running here.");
}

static enum rc not_there(const struct keychain_account *a, struct fault *why)
{
    return fault_set(why, RC_MISSING, "The keyring has no password for %s.", a->text);
}

static enum rc stayed_locked(struct fault *why)
{
    return fault_set(why, RC_DENIED, "The keyring stayed locked: its dialog was cancelled.");
}

static bool is_any(const GError *e, GQuark domain, const int *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (g_error_matches(e, domain, codes[i]))
            return true;
    }
    return false;
}

/* Takes the error. */
static enum rc explain(const struct session *s, GError *e, struct fault *why)
{
    static const int gone[] = {G_DBUS_ERROR_SERVICE_UNKNOWN,   G_DBUS_ERROR_NAME_HAS_NO_OWNER,
                               G_DBUS_ERROR_SPAWN_EXEC_FAILED, G_DBUS_ERROR_SPAWN_CHILD_EXITED,
                               G_DBUS_ERROR_SPAWN_FAILED,      G_DBUS_ERROR_DISCONNECTED};
    static const int cut[] = {G_IO_ERROR_CLOSED, G_IO_ERROR_CONNECTION_REFUSED,
                              G_IO_ERROR_NOT_FOUND, G_IO_ERROR_BROKEN_PIPE};
    static const int late[] = {G_DBUS_ERROR_NO_REPLY, G_DBUS_ERROR_TIMEOUT, G_DBUS_ERROR_TIMED_OUT};
    static const int missing[] = {G_DBUS_ERROR_UNKNOWN_OBJECT, G_DBUS_ERROR_UNKNOWN_METHOD};
    enum rc rc;

    if (g_error_matches(e, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
        rc = stayed_locked(why);
    else if (g_error_matches(e, SECRET_ERROR, SECRET_ERROR_NO_SUCH_OBJECT) ||
             is_any(e, G_DBUS_ERROR, missing, countof(missing)))
        rc = s->account != NULL ? not_there(s->account, why) : no_service(why);
    else if (is_any(e, G_DBUS_ERROR, gone, countof(gone)) ||
             is_any(e, G_IO_ERROR, cut, countof(cut)))
        rc = no_service(why);
    else if (is_any(e, G_DBUS_ERROR, late, countof(late)) ||
             g_error_matches(e, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
        rc = fault_set(why, RC_TIMEOUT, "The keyring does not answer.");
    else {
        g_dbus_error_strip_remote_error(e);
        rc = fault_set(why, RC_FAILED, "The keyring says: %s", e->message);
    }
    g_error_free(e);
    return rc;
}

/* --- a session -------------------------------------------------------------------------------- */

/* Where GLib looks for the session bus. Without one it would start a bus by running a program,
 * which is the spawner's right alone, and nobody would be at that bus. */
static bool has_bus(void)
{
    const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");
    const char *folder = getenv("XDG_RUNTIME_DIR");
    char path[512];
    struct stat st;

    if (address != NULL && address[0] != '\0')
        return strncmp(address, "autolaunch:", strlen("autolaunch:")) != 0;
    return folder != NULL && snprintf(path, sizeof path, "%s/bus", folder) < (int)sizeof path &&
           stat(path, &st) == 0 && S_ISSOCK(st.st_mode) && st.st_uid == geteuid();
}

static void session_close(struct session *s)
{
    if (s->attributes != NULL)
        g_hash_table_unref(s->attributes);
    g_clear_object(&s->service);
    g_clear_object(&s->bus);
}

/* `account` is NULL where only the service itself is asked about. */
static enum rc session_open(struct session *s, const struct keychain_account *account,
                            struct fault *why)
{
    GError *e = NULL;

    *s = (struct session){.account = NULL};
    if (!has_bus())
        return no_service(why);
    s->bus = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, &e);
    if (s->bus == NULL)
        return explain(s, e, why);
    /* else GLib may end the program when the bus goes away */
    g_dbus_connection_set_exit_on_close(s->bus, FALSE);
    s->service = secret_service_open_sync(
        SECRET_TYPE_SERVICE, NULL,
        account != NULL ? SECRET_SERVICE_OPEN_SESSION : SECRET_SERVICE_NONE, NULL, &e);
    if (s->service == NULL)
        return explain(s, e, why);
    s->account = account;
    if (account != NULL)
        s->attributes =
            secret_attributes_build(&schema, "service", SERVICE, "account", account->text, NULL);
    return RC_OK;
}

static void items_free(GList *items)
{
    g_list_free_full(items, g_object_unref);
}

/* RC_OK and every item of the account, at least one; items_free(). */
static enum rc find(struct session *s, GList **out, struct fault *why)
{
    GError *e = NULL;

    *out =
        secret_service_search_sync(s->service, &schema, s->attributes, SECRET_SEARCH_ALL, NULL, &e);
    if (e != NULL)
        return explain(s, e, why);
    return *out != NULL ? RC_OK : not_there(s->account, why);
}

/* An item or a collection; may show the service's dialog. */
static enum rc unlock(struct session *s, gpointer object, struct fault *why)
{
    GList one = {.data = object};
    GError *e = NULL;
    int count = secret_service_unlock_sync(s->service, &one, NULL, NULL, &e);

    if (e != NULL)
        return explain(s, e, why);
    return count > 0 ? RC_OK : stayed_locked(why);
}

static enum rc unlock_item(struct session *s, SecretItem *item, struct fault *why)
{
    return secret_item_get_locked(item) ? unlock(s, item, why) : RC_OK;
}

/* --- the four questions ----------------------------------------------------------------------- */

static enum rc load(struct session *s, SecretItem *item, struct secret **out, struct fault *why)
{
    SecretValue *value = NULL; /* libsecret wipes its own copy */
    GError *e = NULL;
    const char *bytes;
    gsize len = 0;
    enum rc rc;

    rc = unlock_item(s, item, why);
    if (rc != RC_OK)
        return rc;
    if (!secret_item_load_secret_sync(item, NULL, &e))
        return explain(s, e, why);
    value = secret_item_get_secret(item);
    if (value == NULL)
        return not_there(s->account, why);
    bytes = secret_value_get(value, &len);
    rc = secret_new(bytes, len, out, why);
    secret_value_unref(value);
    return rc;
}

enum rc keychain_sys_get(const struct keychain_account *a, struct secret **out, struct fault *why)
{
    struct session s;
    GList *items = NULL;
    enum rc rc;

    *out = NULL;
    rc = session_open(&s, a, why);
    if (rc == RC_OK)
        rc = find(&s, &items, why);
    if (rc == RC_OK)
        rc = load(&s, items->data, out, why); /* those that are not locked stand first */
    items_free(items);
    session_close(&s);
    return rc;
}

/* RC_OK and the place for new items; *out is NULL if there is none yet. */
static enum rc default_place(struct session *s, SecretCollection **out, struct fault *why)
{
    GError *e = NULL;

    *out = secret_collection_for_alias_sync(s->service, SECRET_COLLECTION_DEFAULT,
                                            SECRET_COLLECTION_NONE, NULL, &e);
    return e != NULL ? explain(s, e, why) : RC_OK;
}

static enum rc make_item(struct session *s, SecretValue *value, struct fault *why)
{
    SecretCollection *place = NULL;
    char label[KEYCHAIN_ACCOUNT_MAX + 32];
    GError *e = NULL;
    bool made = false;
    enum rc rc = default_place(s, &place, why);

    if (rc == RC_OK && place != NULL && secret_collection_get_locked(place))
        rc = unlock(s, place, why);
    g_clear_object(&place);
    if (rc != RC_OK)
        return rc;
    snprintf(label, sizeof label, "Container Kit: %s", s->account->text);
    made = secret_service_store_sync(s->service, &schema, s->attributes, SECRET_COLLECTION_DEFAULT,
                                     label, value, NULL, &e);
    rc = e != NULL ? explain(s, e, why) : made ? RC_OK : RC_MISSING;
    if (rc == RC_MISSING) /* nowhere to put it: the dialog that makes a first keyring */
        return fault_set(why, RC_DENIED, "No keyring was made: its dialog was cancelled.");
    return rc;
}

static enum rc change_item(struct session *s, SecretItem *item, SecretValue *value,
                           struct fault *why)
{
    GError *e = NULL;
    enum rc rc = unlock_item(s, item, why);

    if (rc == RC_OK && !secret_item_set_secret_sync(item, value, NULL, &e))
        rc = explain(s, e, why);
    return rc;
}

enum rc keychain_sys_put(const struct keychain_account *a, const struct secret *secret,
                         struct fault *why)
{
    SecretValue *value = NULL; /* libsecret wipes its own copy */
    GList *items = NULL;
    struct session s;
    enum rc rc;

    rc = session_open(&s, a, why);
    if (rc != RC_OK)
        goto out;
    value = secret_value_new(secret_bytes(secret), (gssize)secret_len(secret), "text/plain");
    rc = find(&s, &items, why);
    if (rc == RC_OK)
        rc = change_item(&s, items->data, value, why);
    if (rc == RC_MISSING) /* there is none, or no more */
        rc = make_item(&s, value, why);
out:
    if (value != NULL)
        secret_value_unref(value);
    items_free(items);
    session_close(&s);
    return rc;
}

static enum rc remove_item(struct session *s, SecretItem *item, struct fault *why)
{
    GError *e = NULL;
    enum rc rc = unlock_item(s, item, why);

    if (rc == RC_OK && !secret_item_delete_sync(item, NULL, &e))
        return e != NULL ? explain(s, e, why) : stayed_locked(why);
    return rc;
}

enum rc keychain_sys_delete(const struct keychain_account *a, struct fault *why)
{
    struct session s;
    GList *items = NULL;
    enum rc rc;

    rc = session_open(&s, a, why);
    if (rc == RC_OK)
        rc = find(&s, &items, why);
    for (GList *i = items; i != NULL && rc == RC_OK; i = i->next)
        rc = remove_item(&s, i->data, why);
    items_free(items);
    session_close(&s);
    return rc;
}

enum rc keychain_sys_status(bool *locked, struct fault *why)
{
    SecretCollection *place = NULL;
    struct session s;
    enum rc rc;

    *locked = false;
    rc = session_open(&s, NULL, why);
    if (rc == RC_OK)
        rc = default_place(&s, &place, why);
    if (place != NULL)
        *locked = secret_collection_get_locked(place);
    g_clear_object(&place);
    session_close(&s);
    return rc;
}
