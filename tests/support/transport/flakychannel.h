// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/random.h"
#include "app/transport/channel.h"

#include <QList>

#include <memory>

namespace transporttest {

//! A channel in bad weather: wraps another one and holds, repeats or loses what passes, or breaks the line.
class FlakyChannel final : public transport::Channel
{
    Q_OBJECT

public:
    struct Weather
    {
        int repeatPerMille = 0; //!< of frames, either way, that arrive twice
        int losePerMille = 0;   //!< of frames, either way, that vanish, as at the end of a broken connection
        bool isShuffled = false; //!< held frames are released in random order
    };

    //! \a random must outlive the channel.
    FlakyChannel(std::unique_ptr<transport::Channel> inner, base::RandomSource &random, QObject *parent = nullptr);
    ~FlakyChannel() override;

    void setWeather(const Weather &weather) { m_weather = weather; }
    //! While held nothing passes, either way. Releasing lets everything pass, in order unless shuffled.
    void setHeld(bool held);
    //! Both ends lose the connection and everything on its way.
    void breakLine();

    qint64 queuedBytes() const override;
    transport::PeerInfo peer() const override { return m_inner->peer(); }

protected:
    void write(const QByteArray &frame) override;
    void startClosing(const transport::CloseReason &reason) override;
    void cut() override;
    void applyMaxFrameSize(qint64 bytes) override;

private:
    bool chance(int perMille);
    void passOut(const QByteArray &frame);
    void passIn(const QByteArray &frame);
    void shuffle(QList<QByteArray> *frames);

    std::unique_ptr<transport::Channel> m_inner;
    base::RandomSource &m_random;
    Weather m_weather;
    bool m_isHeld = false;
    QList<QByteArray> m_heldOut;
    QList<QByteArray> m_heldIn;
};

} // namespace transporttest
