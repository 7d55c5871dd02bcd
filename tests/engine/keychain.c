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
#include "core/base/worker.h"
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* On a thread of its own, which ends with the process. */
static void wait_for_term(void *stop)
{
    sigset_t term;
    int sig = 0;

    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    if (sigwait(&term, &sig) == 0)
        cancel_trigger(stop);
}

static struct cancel *stop_on_term(void)
{
    static struct cancel *stop; /* as long as the thread, which is never joined */
    sigset_t term;

    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    stop = cancel_new();
    MUST(pthread_sigmask(SIG_BLOCK, &term, NULL) == 0);
    worker_leave("term", wait_for_term, stop);
    return stop;
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

static enum rc put(const struct keychain_account *a, const struct cancel *stop, struct fault *why)
{
    struct secret *secret = NULL;
    enum rc rc = read_secret(&secret, why);

    if (rc == RC_OK)
        rc = keychain_put(a, secret, stop, why);
    secret_free(secret);
    return rc;
}

static enum rc get(const struct keychain_account *a, const struct cancel *stop, struct fault *why)
{
    struct secret *secret = NULL;
    enum rc rc = keychain_get(a, stop, &secret, why);

    if (rc == RC_OK && write(STDOUT_FILENO, secret_bytes(secret), secret_len(secret)) < 0)
        rc = fault_set(why, RC_IO, "cannot write");
    secret_free(secret);
    return rc;
}

static enum rc status(const struct cancel *stop, struct fault *why)
{
    bool locked = false;
    enum rc rc = keychain_status(stop, &locked, why);

    if (rc == RC_OK)
        puts(locked ? "locked" : "open");
    return rc;
}

static enum rc run(int argc, char **argv, const struct cancel *stop, struct fault *why)
{
    struct keychain_account a;
    struct valid_user user;
    struct valid_host host;

    if (argc == 2 && strcmp(argv[1], "status") == 0)
        return status(stop, why);
    if (argc != 4)
        return fault_set(why, RC_USAGE, "words are get, put, delete with USER HOST, and status");
    if (valid_user(argv[2], strlen(argv[2]), &user, why) != RC_OK ||
        valid_host(argv[3], strlen(argv[3]), &host, why) != RC_OK)
        return why->rc;
    keychain_account_init(&a, &user, &host);
    if (strcmp(argv[1], "get") == 0)
        return get(&a, stop, why);
    if (strcmp(argv[1], "put") == 0)
        return put(&a, stop, why);
    if (strcmp(argv[1], "delete") == 0)
        return keychain_delete(&a, stop, why);
    return fault_set(why, RC_USAGE, "no such word");
}

int main(int argc, char **argv)
{
    struct fault why = {0};
    enum rc rc;

    rc = run(argc, argv, stop_on_term(), &why);
    if (rc != RC_OK)
        (void)fprintf(stderr, "%s: %s\n", rc_name(why.rc), why.text);
    return rc == RC_OK ? 0 : 1;
}
