// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QMap>
#include <QWidget>

#include <functional>

class QVariantAnimation;

namespace ui {

struct BannerButton
{
    QString id;      //!< object name, for tests
    QString text;
    std::function<void()> pressed;
};

struct Banner
{
    enum class Tone { Neutral, Warning, Danger };
    Tone tone = Tone::Neutral;
    QString icon;
    QString text;
    QList<BannerButton> buttons;   //!< at most two
};

//! The one line under the tabs that tells a state of the whole window. Holds what several parts want to say and shows
//! the most important one; opens and closes in 120 ms.
class BannerArea final : public QWidget
{
    Q_OBJECT

public:
    explicit BannerArea(QWidget *parent = nullptr);

    //! Lower \a priority numbers win. Announced to screen readers when its text is new and shown.
    void setBanner(int priority, const Banner &banner);
    void removeBanner(int priority);
    //! Text shown now; empty: none.
    QString text() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void placeLine();
    void build(const Banner &banner);
    void slideTo(int height);

    QMap<int, Banner> m_banners;
    QString m_shownText;
    Banner::Tone m_tone = Banner::Tone::Neutral;
    QWidget *m_line = nullptr;
    QVariantAnimation *m_slide;
    int m_height = 0;
};

} // namespace ui
