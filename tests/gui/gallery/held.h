// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/gui/support/stage.h"

#include <QTest>
#include <QVBoxLayout>
#include <QWidget>

//! A screen together with the stage it plays on, which goes last.
class Held final : public QWidget
{
public:
    explicit Held(std::unique_ptr<Stage> stage) : stage(std::move(stage))
    {
        auto *column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
    }
    ~Held() override { delete m_screen; }

    void show(QWidget *screen, Qt::Alignment alignment = {})
    {
        m_screen = screen;
        screen->setParent(this);
        layout()->addWidget(screen);
        layout()->setAlignment(screen, alignment);
        if (QWidget *focus = screen->focusWidget())
            focus->setFocus();
    }

    std::unique_ptr<Stage> stage;

private:
    QPointer<QWidget> m_screen;
};

//! Pictures without what they show would be worthless: a condition that does not come true ends the program.
template <typename Condition>
void await(Condition condition)
{
    if (!QTest::qWaitFor(condition))
        qFatal("what the picture shows did not come");
}
