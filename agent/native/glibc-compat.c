/*
 * glibc 2.38 gave fmod a second version, without the old error handling, and a linker on such a system binds to that one.
 * The executable then would not start on Debian 12 (glibc 2.36). With -Wl,--wrap=fmod all calls come here instead,
 * and go on to the first version, which every release has.
 */
#if defined(__x86_64__)
#define FIRST_VERSION "GLIBC_2.2.5"
#elif defined(__aarch64__)
#define FIRST_VERSION "GLIBC_2.17"
#else
#error "unknown architecture: look up the first version of fmod in its libm"
#endif

__asm__(".symver first_fmod, fmod@" FIRST_VERSION);
extern double first_fmod(double x, double y);

double __wrap_fmod(double x, double y) { return first_fmod(x, y); }
