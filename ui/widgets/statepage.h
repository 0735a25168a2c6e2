// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace ui {

class IconView;
class ProgressLine;
class TextLabel;

//! What stands where content would be: empty, loading, offline or failed. One icon, one or two sentences, one button.
class StatePage final : public QWidget
{
    Q_OBJECT

public:
    explicit StatePage(QWidget *parent = nullptr);

    //! Nothing to show, and what to do about it. \a button may be empty.
    void showMessage(const QString &icon, const QString &title, const QString &text, const QString &button = {});
    //! As showMessage(), with a warning's icon and announced to screen readers.
    void showFailure(const QString &title, const QString &text, const QString &button = {});
    void showLoading(const QString &title);
    QString title() const;

Q_SIGNALS:
    void buttonClicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitLabels();
    void fill(const QString &title, const QString &text, const QString &button);

    IconView *m_icon;
    TextLabel *m_title;
    TextLabel *m_text;
    ProgressLine *m_progress;
    QPushButton *m_button;
};

} // namespace ui
