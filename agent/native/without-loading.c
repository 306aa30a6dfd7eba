/*
 * What would load libraries at run time, which a static executable cannot rely on: only those that fit its own C library would do. With -Wl,--wrap all calls come here
 * instead, and the code behind them is not linked in.
 */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/random.h>

/*
 * The C library looks users up with shared libraries of its own. The .NET run-time has such calls, and those for libraries that a program names at run time, for features that no executable
 * here uses: running a process as another user, home directories. Nothing is ever found.
 */
int __wrap_getpwnam_r(const char *name, struct passwd *entry, char *buffer, size_t length, struct passwd **result)
{
    *result = NULL;
    return 0;
}

int __wrap_getpwuid_r(uid_t user, struct passwd *entry, char *buffer, size_t length, struct passwd **result)
{
    *result = NULL;
    return 0;
}

int __wrap_getgrouplist(const char *name, gid_t group, gid_t *groups, int *count)
{
    errno = ENOSYS;
    return -1;
}

int __wrap_initgroups(const char *name, gid_t group)
{
    errno = ENOSYS;
    return -1;
}

void *__wrap_dlopen(const char *file, int mode) { return NULL; }

void *__wrap_dlsym(void *library, const char *name) { return NULL; }

/*
 * .NET takes its cryptography from the machine's OpenSSL. Nothing of it is used here but random numbers, with which System.Text.Json seeds the hashes of names: those come from the kernel.
 * Results are those of .NET's own native library (System.Security.Cryptography.Native).
 */
int32_t __wrap_CryptoNative_EnsureOpenSslInitialized(void) { return 0; }

int32_t __wrap_CryptoNative_GetRandomBytes(uint8_t *buffer, int32_t length)
{
    while (length > 0) {
        ssize_t count = getrandom(buffer, (size_t)length, 0);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            return 0;
        }
        buffer += count;
        length -= (int32_t)count;
    }
    return 1;
}

int32_t __wrap_CryptoNative_GetMaxMdSize(void) { return 64; }

uint64_t __wrap_CryptoNative_ErrGetExceptionError(int32_t *is_allocation_failure)
{
    *is_allocation_failure = 0;
    return 0;
}

void __wrap_CryptoNative_ErrErrorStringN(uint64_t error, char *buffer, int32_t length)
{
    if (length > 0) {
        strncpy(buffer, "the kernel gives no random numbers", (size_t)length - 1);
        buffer[length - 1] = '\0';
    }
}
