/* keychain.c - the keychain's calls as words of a program: for tests/engine/keyring.sh. Never
 * shipped: `get` prints a password.
 *
 *     keychain get USER HOST         its bytes on standard output
 *     keychain put USER HOST         from standard input
 *     keychain delete USER HOST
 *     keychain status                "open" or "locked"
 *
 * TERM triggers the stop sign of the call. A failure is "CODE: sentence" on standard error and
 * status 1. */
#include "core/store/keychain.h"
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct cancel *stop; /* for the signal's handler */

static void on_term(int sig)
{
    (void)sig;
    cancel_trigger(stop);
}

static enum rc read_secret(struct secret **out, struct fault *why)
{
    char bytes[SECRET_MAX + 1];
    size_t len = 0;
    ssize_t n;

    while (len < sizeof bytes && (n = read(STDIN_FILENO, bytes + len, sizeof bytes - len)) > 0)
        len += (size_t)n;
    return secret_take(bytes, len, out, why);
}

static enum rc put(const struct keychain_account *a, struct fault *why)
{
    struct secret *secret = NULL;
    enum rc rc = read_secret(&secret, why);

    if (rc == RC_OK)
        rc = keychain_put(a, secret, stop, why);
    secret_free(secret);
    return rc;
}

static enum rc get(const struct keychain_account *a, struct fault *why)
{
    struct secret *secret = NULL;
    enum rc rc = keychain_get(a, stop, &secret, why);

    if (rc == RC_OK && write(STDOUT_FILENO, secret_bytes(secret), secret_len(secret)) < 0)
        rc = fault_set(why, RC_IO, "cannot write");
    secret_free(secret);
    return rc;
}

static enum rc status(struct fault *why)
{
    bool locked = false;
    enum rc rc = keychain_status(stop, &locked, why);

    if (rc == RC_OK)
        puts(locked ? "locked" : "open");
    return rc;
}

static enum rc run(int argc, char **argv, struct fault *why)
{
    struct keychain_account a;
    struct valid_user user;
    struct valid_host host;

    if (argc == 2 && strcmp(argv[1], "status") == 0)
        return status(why);
    if (argc != 4)
        return fault_set(why, RC_USAGE, "words are get, put, delete with USER HOST, and status");
    if (valid_user(argv[2], strlen(argv[2]), &user, why) != RC_OK ||
        valid_host(argv[3], strlen(argv[3]), &host, why) != RC_OK)
        return why->rc;
    keychain_account_init(&a, &user, &host);
    if (strcmp(argv[1], "get") == 0)
        return get(&a, why);
    if (strcmp(argv[1], "put") == 0)
        return put(&a, why);
    if (strcmp(argv[1], "delete") == 0)
        return keychain_delete(&a, stop, why);
    return fault_set(why, RC_USAGE, "no such word");
}

int main(int argc, char **argv)
{
    struct fault why = {0};
    enum rc rc;

    stop = cancel_new();
    if (signal(SIGTERM, on_term) == SIG_ERR)
        return 2;
    rc = run(argc, argv, &why);
    if (rc != RC_OK)
        (void)fprintf(stderr, "%s: %s\n", rc_name(why.rc), why.text);
    return rc == RC_OK ? 0 : 1;
}
