// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QString>
#include <QWidget>

class QPainter;

namespace ui {

//! How one person is shown. A value without domain types, so that every screen draws people the same way.
struct Avatar
{
    enum class State { Active, Idle, Disconnected };

    QString name;
    quint32 color = 0;          //!< index into the participant colours; 8 and up get a second ring
    State state = State::Active;
    bool isOwner = false;
    bool canOnlyView = false;
    bool isTyping = false;
    friend bool operator==(const Avatar &, const Avatar &) = default;
};

inline constexpr int kAvatarInBar = 28;
inline constexpr int kAvatarInLists = 20;
inline constexpr int kAvatarInTabs = 16;
inline constexpr int kAvatarOnCards = 64;

class AvatarPainter
{
public:
    //! Paints into the square \a rect. \a surface is the colour behind it; marks get a gap ring in it. Below 24 px only
    //! circle and initials are drawn: marks would be specks.
    static void paint(QPainter &painter, const QRectF &rect, const Avatar &avatar, const QColor &surface);
    //! The round chip that stands for \a count people who do not fit.
    static void paintMore(QPainter &painter, const QRectF &rect, int count, const QColor &surface, bool isHovered);
    //! Avatars of \a people side by side with an overlap, right edge at \a right; at most three, then a chip.
    //! \returns the width used
    static int paintRow(QPainter &painter, int right, int centerY, const QList<Avatar> &people, int size, const QColor &surface);
};

//! One avatar as a widget, for cards and menus. Decorative: the name stands beside it, so it takes no focus.
class AvatarView final : public QWidget
{
    Q_OBJECT

public:
    explicit AvatarView(int size, QWidget *parent = nullptr);

    void setAvatar(const Avatar &avatar);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Avatar m_avatar;
    int m_size;
};

} // namespace ui
