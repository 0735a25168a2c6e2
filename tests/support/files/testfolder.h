// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/clock.h"
#include "app/base/random.h"
#include "app/files/root.h"

#include <QByteArray>
#include <QTemporaryDir>

#include <memory>
#include <random>

namespace support {

//! A temporary folder, looked at past the file layer. Paths are relative to it; failures end the test.
class TestFolder
{
public:
    enum class On {
        Disk,
        Memory,     //!< for tests of thousands of syncs; the disk where the system has no memory file system
    };
    explicit TestFolder(On on = On::Disk);
    ~TestFolder();
    TestFolder(const TestFolder &) = delete;
    TestFolder &operator=(const TestFolder &) = delete;

    QByteArray path(const QByteArray &relative = {}) const;
    std::shared_ptr<const files::Root> root(files::FileOps &ops) const;

    void makeFolder(const QByteArray &relative) const;
    void write(const QByteArray &relative, const QByteArray &content) const;
    QByteArray read(const QByteArray &relative) const;
    bool has(const QByteArray &relative) const;
    void link(const QByteArray &relative, const QByteArray &target) const;
    struct stat status(const QByteArray &relative) const;
    //! Sorted names, hidden ones included.
    QList<QByteArray> names(const QByteArray &relative = {}) const;

private:
    QTemporaryDir m_folder;
};

files::RelativePath path(const QByteArray &relative);

//! Without root's privileges as long as it lives, where the test has them.
class OrdinaryUser
{
public:
    OrdinaryUser();
    ~OrdinaryUser();

private:
    bool m_wasRoot;
};

class MovableClock final : public base::Clock
{
public:
    base::Instant now() const override { return base::Instant(m_time); }
    base::WallTime wallTime() const override { return base::WallTime(m_time); }
    void advance(std::chrono::milliseconds by) { m_time += by; }

private:
    std::chrono::milliseconds m_time{1'800'000'000'000};
};

class ReplayedRandom final : public base::RandomSource
{
public:
    explicit ReplayedRandom(quint64 seed) : m_engine(seed) {}
    void fill(std::span<std::uint8_t> out) override
    {
        for (std::uint8_t &byte : out)
            byte = static_cast<std::uint8_t>(m_engine());
    }

private:
    std::mt19937_64 m_engine;
};

} // namespace support
