// SPDX-License-Identifier: GPL-3.0-or-later
// Preloaded into a host under test: fdatasync and fsync wait for as long as the test holds the lock of the file that
// ALONGSIDE_TEST_DISK_LOCK names, and are the real ones then. A slow disk, exactly as slow as a test wants it.
#include <cerrno>
#include <cstdlib>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace {

using Sync = int (*)(int);

void waitForTheDisk()
{
    const char *path = std::getenv("ALONGSIDE_TEST_DISK_LOCK");
    const int lock = path ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (lock < 0)
        return;
    while (::flock(lock, LOCK_SH) != 0 && errno == EINTR)
        continue;
    ::close(lock);
}

} // namespace

extern "C" int fdatasync(int descriptor)
{
    waitForTheDisk();
    static const auto real = reinterpret_cast<Sync>(::dlsym(RTLD_NEXT, "fdatasync"));
    return real(descriptor);
}

extern "C" int fsync(int descriptor)
{
    waitForTheDisk();
    static const auto real = reinterpret_cast<Sync>(::dlsym(RTLD_NEXT, "fsync"));
    return real(descriptor);
}
