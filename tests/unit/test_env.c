/* test_env.c - what of our environment an engine gets to see, and what not. */
#include "core/exec/env.h"
#include "tests/unit/unit.h"
#include <string.h>

#define PATH_VALUE "/usr/local/bin:/opt/homebrew/bin:/usr/bin:/bin:/usr/sbin:/sbin"

static bool has_name(const char *const *words, const char *name)
{
    size_t len = strlen(name);

    for (; *words != NULL; words++) {
        if (strncmp(*words, name, len) == 0 && (*words)[len] == '=')
            return true;
    }
    return false;
}

static size_t count(const char *const *words)
{
    size_t n = 0;

    while (words[n] != NULL)
        n++;
    return n;
}

TEST(env_from_nothing_is_path_and_locale)
{
    static const char *const none[] = {NULL};
    struct env *e = env_new(none);

    for (int kind = 0; kind < ENGINE_COUNT; kind++) {
        assert_int_equal(count(env_for(e, (enum engine_kind)kind)), 2);
        assert_string_equal(env_get(e, (enum engine_kind)kind, "PATH"), PATH_VALUE);
        assert_non_null(strstr(env_get(e, (enum engine_kind)kind, "LC_ALL"), "UTF-8"));
        assert_null(env_get(e, (enum engine_kind)kind, "HOME"));
    }
    env_free(e);
}

TEST(env_lets_through_only_what_is_listed)
{
    static const char *const from[] = {"HOMEX=1",
                                       "HOM=1",
                                       "PATH=/evil",
                                       "LC_ALL=de_DE",
                                       "HOME=/home/u",
                                       "LANG=de",
                                       "https_proxy=http://p",
                                       "SSH_AUTH_SOCK=/s",
                                       "LD_PRELOAD=/evil.so",
                                       "DYLD_INSERT_LIBRARIES=/evil.dylib",
                                       "CONTAINER_DEBUG=1",
                                       "CONTAINER_REGISTRY_TOKEN=secret",
                                       "CONTAINER_INSTALL_ROOT=/evil",
                                       "LOG=debug",
                                       "novalue",
                                       NULL};
    struct env *e = env_new(from);

    for (int i = 0; i < ENGINE_COUNT; i++) {
        enum engine_kind kind = (enum engine_kind)i;

        assert_int_equal(count(env_for(e, kind)), 6);
        assert_string_equal(env_get(e, kind, "PATH"), PATH_VALUE);
        assert_string_not_equal(env_get(e, kind, "LC_ALL"), "de_DE");
        assert_string_equal(env_get(e, kind, "HOME"), "/home/u");
        assert_string_equal(env_get(e, kind, "LANG"), "de");
        assert_string_equal(env_get(e, kind, "https_proxy"), "http://p");
        assert_string_equal(env_get(e, kind, "SSH_AUTH_SOCK"), "/s");
    }
    env_free(e);
}

/* The word of an engine's own variable reaches that engine alone. */
TEST(env_gives_engine_variables_to_their_engine_alone)
{
    static const struct {
        enum engine_kind kind;
        const char *name, *word;
    } own[] = {
        {ENGINE_APPLE, "CONTAINER_DEFAULT_PLATFORM", "CONTAINER_DEFAULT_PLATFORM=x"},
        {ENGINE_DOCKER, "DOCKER_HOST", "DOCKER_HOST=x"},
        {ENGINE_DOCKER, "DOCKER_CONTEXT", "DOCKER_CONTEXT=x"},
        {ENGINE_DOCKER, "DOCKER_CONFIG", "DOCKER_CONFIG=x"},
        {ENGINE_DOCKER, "DOCKER_TLS_VERIFY", "DOCKER_TLS_VERIFY=x"},
        {ENGINE_DOCKER, "DOCKER_CERT_PATH", "DOCKER_CERT_PATH=x"},
        {ENGINE_DOCKER, "DOCKER_API_VERSION", "DOCKER_API_VERSION=x"},
        {ENGINE_PODMAN, "CONTAINER_HOST", "CONTAINER_HOST=x"},
        {ENGINE_PODMAN, "CONTAINER_CONNECTION", "CONTAINER_CONNECTION=x"},
        {ENGINE_PODMAN, "REGISTRY_AUTH_FILE", "REGISTRY_AUTH_FILE=x"},
        {ENGINE_PODMAN, "CONTAINERS_CONF", "CONTAINERS_CONF=x"},
        {ENGINE_PODMAN, "CONTAINERS_STORAGE_CONF", "CONTAINERS_STORAGE_CONF=x"},
    };
    const char *from[countof(own) + 1] = {NULL};
    struct env *e;

    for (size_t i = 0; i < countof(own); i++)
        from[i] = own[i].word;
    e = env_new(from);
    for (size_t i = 0; i < countof(own); i++) {
        for (int kind = 0; kind < ENGINE_COUNT; kind++)
            assert_int_equal(has_name(env_for(e, (enum engine_kind)kind), own[i].name),
                             kind == (int)own[i].kind);
    }
    env_free(e);
}

TEST(env_copies_and_takes_the_first_of_two)
{
    char home[] = "HOME=/one";
    const char *from[] = {home, "HOME=/two", "TMPDIR=", NULL};
    struct env *e = env_new(from);

    memset(home, 'x', sizeof home - 1);
    assert_string_equal(env_get(e, ENGINE_PODMAN, "HOME"), "/one");
    assert_string_equal(env_get(e, ENGINE_PODMAN, "TMPDIR"), "");
    assert_int_equal(count(env_for(e, ENGINE_PODMAN)), 4);
    env_free(e);
    env_free(NULL);
}

SUITE(env, T(env_from_nothing_is_path_and_locale), T(env_lets_through_only_what_is_listed),
      T(env_gives_engine_variables_to_their_engine_alone), T(env_copies_and_takes_the_first_of_two))
