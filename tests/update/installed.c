/* installed.c - a program that updates itself: for tests of the install side, which put it into an
 * app of their own and start it there. Who it is, it reads from that app.
 *
 *     installed                        plays the program in the menu bar until TERM
 *     installed open | waiting | hand-over | quit | hold
 *     installed stage ARCHIVE VERSION  signs ARCHIVE itself, then installs as the updater does
 *     installed stage-late ARCHIVE VERSION MARK   the same, but between check and use it makes the
 *                                      file MARK, and waits until that is gone again
 *     installed --update-...           as the program (install.h)
 *
 * As the program it does what Resources/behaviour says: good, exit, hang (it never proves anything,
 * and ignores TERM), crash, deaf (its home thread does not answer). Each start adds a line to
 * <data>/starts. Status 0: done; 1: refused, with a line "CLASS: sentence"; 3: it runs already. */
#include "core/base/cancel.h"
#include "core/base/clock.h"
#include "core/base/log.h"
#include "core/desktop/place.h"
#include "core/update/bundle.h"
#include "core/update/prove.h"
#include "core/update/watchdog.h"
#include "tests/unit/proof_rig.h"
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>

#define APP_ID "org.example.kit"
#define TARGET "linux-x86_64"
#define STATUS_RUNS_ALREADY 3

extern char **environ;

struct self {
    struct install_config config;
    struct semver current;
    char app[SYS_PATH_MAX], data[FILE_PATH_MAX], program[SYS_PATH_MAX];
    struct env *env;
    struct spawner *spawner;
};

static void self_init(struct self *s)
{
    MUST(sys_self_path(s->program, NULL) == RC_OK);
    place_bundle(s->program, s->app);
    MUST(file_data_folder(s->data, NULL) == RC_OK);
    MUST(file_make_folder(s->data, NULL) == RC_OK);
    s->env = env_new((const char *const *)environ);
    s->spawner = spawner_new(NULL, s->env);
    s->config = (struct install_config){.app = s->app,
                                        .why_not = "",
                                        .data = s->data,
                                        .app_id = APP_ID,
                                        .target = TARGET,
                                        .team = "",
                                        .current = &s->current};
    (void)!bundle_version(s->app, APP_ID, &s->current);
}

static void self_release(struct self *s)
{
    spawner_free(s->spawner);
    env_free(s->env);
}

static int verdict(enum rc rc, const struct refusal *why)
{
    char text[FAULT_TEXT_MAX];

    if (rc == RC_OK)
        return 0;
    printf("%s: %s\n", refusal_word(why->class), fault_text(&why->fault, text));
    return 1;
}

/* --- the updater ------------------------------------------------------------------------------ */

/* The test changes the world while the file is there. */
static void let_the_test_work(const char *mark)
{
    struct stat st;
    int fd = open(mark, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

    MUST(fd >= 0);
    close(fd);
    while (stat(mark, &st) == 0)
        (void)cancel_wait_ms(NULL, 10);
}

static int stage(const struct self *s, const char *archive, const char *version, const char *mark)
{
    struct offer offer = {.kind = OFFER_UPDATE};
    struct signed_file *proof = NULL;
    struct install *install = NULL;
    struct refusal why = {0};
    int fd = open(archive, O_RDONLY | O_CLOEXEC), status = 0;
    enum rc rc = semver_read(version, strlen(version), &offer.version, &why);

    MUST(fd >= 0);
    if (rc == RC_OK)
        rc = install_open(&s->config, &install, &why);
    if (rc == RC_OK) {
        proof = proof_of(fd, &why);
        MUST(proof != NULL);
        if (mark != NULL)
            let_the_test_work(mark);
        rc = install_stage(install, proof, &offer, NULL, &why);
    } else {
        close(fd);
    }
    status = verdict(rc, &why);
    signed_file_free(proof);
    install_close(install);
    return status;
}

static int open_it(const struct self *s, bool hold)
{
    struct install *install = NULL;
    struct refusal why = {0};
    int status = verdict(install_open(&s->config, &install, &why), &why);

    if (status == 0)
        puts("opened");
    (void)fflush(stdout);
    if (status == 0 && hold)
        (void)getchar();
    install_close(install);
    return status;
}

static int waiting(const struct self *s)
{
    struct semver version;

    puts(install_waiting(s->data, &version) ? version.text : "nothing");
    return 0;
}

static int run_word(const struct self *s, int argc, char **argv)
{
    const char *word = argv[1];
    struct refusal why = {0};

    if (strcmp(word, "open") == 0 || strcmp(word, "hold") == 0)
        return open_it(s, word[0] == 'h');
    if (strcmp(word, "waiting") == 0)
        return waiting(s);
    if (strcmp(word, "hand-over") == 0)
        return verdict(install_hand_over(&s->config, s->spawner, &why), &why);
    if (strcmp(word, "quit") == 0)
        return verdict(install_at_quit(&s->config, &why), &why);
    MUST(strncmp(word, "stage", 5) == 0 && argc >= 4);
    return stage(s, argv[2], argv[3], argc > 4 ? argv[4] : NULL);
}

/* --- the program ------------------------------------------------------------------------------ */

static void note_start(const struct self *s, const char *what)
{
    char path[FILE_PATH_MAX + 8], line[256];
    int fd = -1;

    snprintf(path, sizeof path, "%s/starts", s->data);
    fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    MUST(fd >= 0);
    snprintf(line, sizeof line, "%s %s\n", s->current.text, what);
    MUST(file_write_all(fd, line, strlen(line)) == 0);
    close(fd);
}

static void read_behaviour(const struct self *s, char out[16])
{
    char path[FILE_PATH_MAX + 32];
    struct buf text;

    snprintf(path, sizeof path, "%s/Contents/Resources/behaviour", s->app);
    buf_init(&text, 15);
    snprintf(out, 16, "%s", file_read(path, &text, NULL) == RC_OK ? buf_text(&text) : "good");
    buf_release(&text);
}

/* The home thread of this program does nothing else, so any other may play it. One that is deaf
 * makes the call when nobody waits for it any more. */
struct home {
    bool deaf;
    void (*call)(void *arg);
    void *arg;
};

static void post(void *ctx, void (*call)(void *arg), void *arg)
{
    struct home *home = ctx;

    if (home->deaf)
        *home = (struct home){true, call, arg};
    else
        call(arg);
}

static void live(const struct self *s, const struct install_found *found, const char *token,
                 const char *behaviour)
{
    struct home home = {.deaf = strcmp(behaviour, "deaf") == 0};
    bool hangs = strcmp(behaviour, "hang") == 0;
    struct prove *prove = NULL;
    sigset_t set;
    int sig = 0;

    if (found->news == INSTALL_NEW && !hangs)
        prove = prove_new(&s->config, token, post, &home);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    do
        (void)sigwait(&set, &sig);
    while (hangs);
    prove_free(prove);
    if (home.call != NULL)
        home.call(home.arg);
}

static int play_program(const struct self *s, const char *token)
{
    struct install_found found;
    char behaviour[16], lock_path[FILE_PATH_MAX + 16];
    struct refusal why = {0};
    int lock = -1;

    snprintf(lock_path, sizeof lock_path, "%s/" INSTALL_APP_LOCK, s->data);
    if (file_lock(lock_path, &lock, NULL) != RC_OK)
        return STATUS_RUNS_ALREADY;
    read_behaviour(s, behaviour);
    if (strcmp(behaviour, "exit") == 0) {
        note_start(s, "exits");
        return 1;
    }
    install_recover(&s->config, token, &found);
    note_start(s, install_news_word(found.news));
    if (found.news == INSTALL_GIVE_WAY) {
        close(lock);
        install_give_way(&s->config, s->spawner, &found);
        return 0;
    }
    if (strcmp(behaviour, "crash") == 0)
        (void)raise(SIGKILL);
    live(s, &found, token, behaviour);
    if (getenv("CK_TEST_AT_QUIT") != NULL)
        return verdict(install_at_quit(&s->config, &why), &why);
    return 0;
}

static int play_watchdog(const struct self *s)
{
    const struct watchdog_config config = {s->data, APP_ID, s->spawner, false};

    watchdog_wait();
    return watchdog_run(&config);
}

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : "";
    struct self self = {0};
    sigset_t set;
    int status = 0;

    log_init();
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    self_init(&self);
    if (strcmp(word, INSTALL_WATCHDOG_WORD) == 0) {
        status = play_watchdog(&self);
    } else if (word[0] == '\0' || strncmp(word, "--", 2) == 0) {
        MUST(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
        status =
            play_program(&self, strcmp(word, INSTALL_LAUNCH_WORD) == 0 && argc > 2 ? argv[2] : "");
    } else {
        status = run_word(&self, argc, argv);
    }
    self_release(&self);
    return status;
}
