// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/transport/flakychannel.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace transporttest {

FlakyChannel::FlakyChannel(std::unique_ptr<transport::Channel> inner, base::RandomSource &random, QObject *parent)
    : Channel(parent), m_inner(std::move(inner)), m_random(random)
{
    connect(m_inner.get(), &Channel::received, this, [this](const QByteArray &frame) {
        if (m_isHeld)
            m_heldIn.append(frame);
        else
            passIn(frame);
    });
    connect(m_inner.get(), &Channel::drained, this, &FlakyChannel::queueShrank);
    connect(m_inner.get(), &Channel::closed, this, [this](const transport::CloseReason &reason) { finish(reason); });
}

FlakyChannel::~FlakyChannel() = default;

void FlakyChannel::setHeld(bool held)
{
    m_isHeld = held;
    if (held)
        return;
    QList<QByteArray> out = std::exchange(m_heldOut, {});
    QList<QByteArray> in = std::exchange(m_heldIn, {});
    if (m_weather.isShuffled) {
        shuffle(&out);
        shuffle(&in);
    }
    for (const QByteArray &frame : std::as_const(out))
        passOut(frame);
    const QPointer<FlakyChannel> self(this);
    for (const QByteArray &frame : std::as_const(in)) {
        if (self)
            passIn(frame);
    }
    if (self)
        queueShrank();
}

void FlakyChannel::breakLine()
{
    fail({transport::CloseCode::Lost, QStringLiteral("the line was broken by the test"), false});
}

qint64 FlakyChannel::queuedBytes() const
{
    return std::accumulate(m_heldOut.begin(), m_heldOut.end(), m_inner->queuedBytes(),
                           [](qint64 sum, const QByteArray &frame) { return sum + frame.size(); });
}

void FlakyChannel::write(const QByteArray &frame)
{
    if (m_isHeld)
        m_heldOut.append(frame);
    else
        passOut(frame);
}

void FlakyChannel::startClosing(const transport::CloseReason &reason)
{
    // On a held line not even the closing arrives; the base class gives up after its time.
    if (!m_isHeld)
        m_inner->close(reason.code, reason.text);
}

void FlakyChannel::cut()
{
    m_heldOut.clear();
    m_heldIn.clear();
    m_inner->disconnect(this);
    m_inner->abort();
}

void FlakyChannel::applyMaxFrameSize(qint64 bytes)
{
    m_inner->setMaxFrameSize(bytes);
}

bool FlakyChannel::chance(int perMille)
{
    return perMille > 0 && int(m_random.next32() % 1000) < perMille;
}

void FlakyChannel::passOut(const QByteArray &frame)
{
    if (chance(m_weather.losePerMille))
        return;
    const bool isRepeated = chance(m_weather.repeatPerMille);
    m_inner->send(frame);
    if (isRepeated)
        m_inner->send(frame);
}

void FlakyChannel::passIn(const QByteArray &frame)
{
    if (chance(m_weather.losePerMille))
        return;
    const bool isRepeated = chance(m_weather.repeatPerMille);
    const QPointer<FlakyChannel> self(this);
    frameArrived(frame);
    if (isRepeated && self)
        frameArrived(frame);
}

void FlakyChannel::shuffle(QList<QByteArray> *frames)
{
    for (qsizetype i = frames->size() - 1; i > 0; --i)
        frames->swapItemsAt(i, qsizetype(m_random.next32() % quint32(i + 1)));
}

} // namespace transporttest
