/* cmd_table.c - every command this program can run (engines.md 2.1, 3 and 4).
 *
 * Seconds, flags, words. Time limits are those of engines.md 1.1; where it names none (kill,
 * logs, pause) an answer is a matter of moments and 30 s is generous. What is not here cannot be
 * run: the rest of the program has no other way to start a child. */
#include "core/exec/cmd_table.h"
#include <string.h>

enum cmd_hole cmd_hole(const char *word)
{
    static const char *const names[] = {
        [HOLE_ID] = "<id>",           [HOLE_IDS] = "<ids>",       [HOLE_IDS_OR_NONE] = "<ids?>",
        [HOLE_SECONDS] = "<seconds>", [HOLE_LINES] = "<lines>",   [HOLE_HOST] = "<host>",
        [HOLE_USER] = "<user>",       [HOLE_DOMAIN] = "<domain>", [HOLE_SHELL] = "<shell>",
        [HOLE_STAMPS] = "<stamps?>",  [HOLE_FROM] = "<from>",
    };

    if (word[0] != '<')
        return HOLE_NONE;
    for (size_t i = HOLE_ID; i < countof(names); i++) {
        if (strcmp(word, names[i]) == 0)
            return (enum cmd_hole)i;
    }
    MUST(false);
}

/* Apple's service start may have to fetch a kernel and an image first, which takes minutes on a
 * slow line; the flag is there because it would otherwise ask on stdin (engines.md 2.1, 2.5).
 *
 * `rm -f -t 0`: podman would wait 10 s. Docker's `ps` takes the word json from 23.0 on; before
 * that only the template, which also makes the daemon add up sizes: hence two rows. `events` and
 * `version` take the template with every release.
 *
 * What looks for a shell is one fixed text for the container's own sh: the only text of these
 * tables that a shell reads, and nothing from outside is put into it. */
/* clang-format off */
#define FIND_SHELL "command -v bash || command -v ash || command -v sh"

const struct cmd_row cmd_table[ENGINE_COUNT][OP_COUNT] = {
[ENGINE_APPLE] = {
    [OP_LIST]          = { 15, 0,            {"list", "--all", "--format", "json"}},
    [OP_INSPECT]       = { 15, 0,            {"inspect", "<ids>"}},
    [OP_START]         = { 60, 0,            {"start", "<id>"}},
    [OP_STOP]          = {  0, 0,            {"stop", "--time", "<seconds>", "<id>"}},
    [OP_KILL]          = { 30, 0,            {"kill", "--signal", "KILL", "<id>"}},
    [OP_REMOVE]        = { 30, 0,            {"delete", "<id>"}},
    [OP_REMOVE_FORCE]  = { 30, 0,            {"delete", "--force", "<id>"}},
    [OP_LOGS]          = { 30, 0,            {"logs", "-n", "<lines>", "<id>"}},
    [OP_LOGS_FOLLOW]   = {  0, CMD_STREAM,   {"logs", "--follow", "-n", "<lines>", "<id>"}},
    [OP_STATS]         = { 20, 0,
                         {"stats", "--no-stream", "--format", "json", "<ids?>"}},
    [OP_STATUS]        = { 15, 0,            {"system", "status", "--format", "json"}},
    [OP_VERSION]       = { 15, 0,            {"system", "version", "--format", "json"}},
    [OP_VERSION_FLAG]  = { 15, 0,            {"--version"}},
    [OP_SERVICE_START] = {900, CMD_DETACHES, {"system", "start", "--enable-kernel-install"}},
    [OP_SERVICE_STOP]  = { 60, 0,            {"system", "stop"}},
    [OP_IMAGES]        = { 15, 0,            {"image", "list", "--format", "json"}},
    [OP_PRUNE]         = {120, 0,            {"prune"}},
    [OP_LOGIN]         = { 60, CMD_SECRET,
                         {"registry", "login", "<user>", "--password-stdin", "<host>"}},
    [OP_LOGOUT]        = { 15, 0,            {"registry", "logout", "<host>"}},
    [OP_LOGINS]        = { 15, 0,            {"registry", "list", "--format", "json"}},
    [OP_DNS_LIST]      = { 15, 0,            {"system", "dns", "list", "--format", "json"}},
    [OP_DNS_CREATE]    = { 30, CMD_ELEVATED, {"system", "dns", "create", "<domain>"}},
    [OP_DNS_DELETE]    = { 30, CMD_ELEVATED, {"system", "dns", "delete", "<domain>"}},
    [OP_SHELL_FIND]    = { 15, 0,            {"exec", "<id>", "sh", "-c", FIND_SHELL}},
    [OP_SHELL]         = {  0, CMD_TERMINAL,
                         {"exec", "--interactive", "--tty", "<id>", "<shell>"}},
},
[ENGINE_DOCKER] = {
    [OP_LIST]          = { 15, 0,            {"ps", "--all", "--no-trunc", "--format", "json"}},
    [OP_LIST_OLD]      = { 15, 0,
                         {"ps", "--all", "--no-trunc", "--format", "{{json .}}"}},
    [OP_INSPECT]       = { 15, 0,            {"inspect", "--type", "container", "<ids>"}},
    [OP_START]         = { 60, 0,            {"start", "<id>"}},
    [OP_STOP]          = {  0, 0,            {"stop", "-t", "<seconds>", "<id>"}},
    [OP_RESTART]       = {  0, 0,            {"restart", "-t", "<seconds>", "<id>"}},
    [OP_KILL]          = { 30, 0,            {"kill", "-s", "KILL", "<id>"}},
    [OP_PAUSE]         = { 30, 0,            {"pause", "<id>"}},
    [OP_UNPAUSE]       = { 30, 0,            {"unpause", "<id>"}},
    [OP_REMOVE]        = { 30, 0,            {"rm", "<id>"}},
    [OP_REMOVE_FORCE]  = { 30, 0,            {"rm", "-f", "<id>"}},
    [OP_LOGS]          = { 30, 0,            {"logs", "--tail", "<lines>", "<id>"}},
    [OP_LOGS_FOLLOW]   = {  0, CMD_STREAM,
                         {"logs", "<from>", "<stamps?>", "--follow", "<id>"}},
    [OP_STATS]         = { 20, 0,
                         {"stats", "--no-stream", "--no-trunc", "--format", "json", "<ids?>"}},
    [OP_EVENTS]        = {  0, CMD_STREAM,
                         {"events", "--filter", "type=container", "--format", "{{json .}}"}},
    [OP_STATUS]        = { 15, 0,            {"desktop", "status", "--format", "json"}},
    [OP_VERSION]       = { 15, 0,            {"version", "--format", "{{json .}}"}},
    [OP_VERSION_FLAG]  = { 15, 0,            {"--version"}},
    [OP_SERVICE_START] = { 90, CMD_DETACHES, {"desktop", "start"}},
    [OP_SERVICE_STOP]  = { 60, 0,            {"desktop", "stop"}},
    [OP_CONTEXTS]      = { 15, CMD_ANYWHERE, {"context", "ls", "--format", "json"}},
    [OP_IMAGES]        = { 15, 0,            {"images", "--no-trunc", "--format", "json"}},
    [OP_PRUNE]         = {120, 0,            {"container", "prune", "-f"}},
    [OP_LOGIN]         = { 60, CMD_SECRET,   {"login", "<user>", "--password-stdin", "<host>"}},
    [OP_LOGOUT]        = { 15, 0,            {"logout", "<host>"}},
    [OP_SHELL_FIND]    = { 15, 0,            {"exec", "<id>", "sh", "-c", FIND_SHELL}},
    [OP_SHELL]         = {  0, CMD_TERMINAL, {"exec", "-it", "<id>", "<shell>"}},
},
[ENGINE_PODMAN] = {
    [OP_LIST]          = { 15, 0,            {"ps", "--all", "--format", "json"}},
    [OP_INSPECT]       = { 15, 0,            {"inspect", "--type", "container", "<ids>"}},
    [OP_START]         = { 60, 0,            {"start", "<id>"}},
    [OP_STOP]          = {  0, 0,            {"stop", "-t", "<seconds>", "<id>"}},
    [OP_RESTART]       = {  0, 0,            {"restart", "-t", "<seconds>", "<id>"}},
    [OP_KILL]          = { 30, 0,            {"kill", "-s", "KILL", "<id>"}},
    [OP_PAUSE]         = { 30, 0,            {"pause", "<id>"}},
    [OP_UNPAUSE]       = { 30, 0,            {"unpause", "<id>"}},
    [OP_REMOVE]        = { 30, 0,            {"rm", "<id>"}},
    [OP_REMOVE_FORCE]  = { 30, 0,            {"rm", "-f", "-t", "0", "<id>"}},
    [OP_LOGS]          = { 30, 0,            {"logs", "--tail", "<lines>", "<id>"}},
    [OP_LOGS_FOLLOW]   = {  0, CMD_STREAM,
                         {"logs", "<from>", "<stamps?>", "--follow", "<id>"}},
    [OP_STATS]         = { 20, 0,
                         {"stats", "--no-stream", "--format", "json", "<ids?>"}},
    [OP_EVENTS]        = {  0, CMD_STREAM,   {"events", "--format", "json"}},
    [OP_STATUS]        = { 15, 0,            {"machine", "list", "--format", "json"}},
    [OP_VERSION]       = { 15, 0,            {"version", "--format", "json"}},
    [OP_VERSION_FLAG]  = { 15, 0,            {"--version"}},
    [OP_SERVICE_START] = { 90, CMD_DETACHES, {"machine", "start"}},
    [OP_SERVICE_STOP]  = { 60, 0,            {"machine", "stop"}},
    [OP_CONTEXTS]      = { 15, CMD_ANYWHERE,
                         {"system", "connection", "list", "--format", "json"}},
    [OP_IMAGES]        = { 15, 0,            {"images", "--format", "json"}},
    [OP_PRUNE]         = {120, 0,            {"container", "prune", "-f"}},
    [OP_LOGIN]         = { 60, CMD_SECRET,   {"login", "<user>", "--password-stdin", "<host>"}},
    [OP_LOGOUT]        = { 15, 0,            {"logout", "<host>"}},
    [OP_SHELL_FIND]    = { 15, 0,            {"exec", "<id>", "sh", "-c", FIND_SHELL}},
    [OP_SHELL]         = {  0, CMD_TERMINAL, {"exec", "-it", "<id>", "<shell>"}},
},
};
/* clang-format on */

const char *const cmd_context_option[ENGINE_COUNT] = {
    [ENGINE_DOCKER] = "--context", [ENGINE_PODMAN] = "--connection"};
