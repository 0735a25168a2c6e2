// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/avatarpainter.h"

#include <QAbstractButton>

namespace ui {

//! One person in the strip: a round button, 32 × 32 to hit, 28 to see.
class AvatarButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit AvatarButton(QWidget *parent);

    void setAvatar(const Avatar &avatar);
    //! Stands for \a count people instead of one.
    void setMore(int count);
    QSize sizeHint() const override;

protected:
    bool hitButton(const QPoint &position) const override;
    void paintEvent(QPaintEvent *event) override;

private:
    Avatar m_avatar;
    int m_more = 0;
};

} // namespace ui
