// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/client/workspace.h"

#include <QWidget>

class QPlainTextEdit;
class QStackedWidget;
class QToolButton;

namespace ui {

class ElidedLabel;
class HexView;
class PageCache;
class SegmentedControl;
class StatePage;

//! A file that is not opened as a document, read-only and in pages: as bytes, or as text page by page.
class BinaryView final : public QWidget
{
    Q_OBJECT

public:
    //! \a kind says why it is not a document and what is shown first.
    BinaryView(client::Workspace &workspace, const QByteArray &path, protocol::ContentKind kind, QWidget *parent = nullptr);
    ~BinaryView() override;

private:
    enum Form { Bytes, Text };

    void buildHead(protocol::ContentKind kind);
    void showForm(int form);
    void showPage(qint64 number);
    void refresh();
    void showFailure(const base::Error &error);

    QString m_name;
    PageCache *m_pages;
    HexView *m_hex;
    QPlainTextEdit *m_text;
    StatePage *m_state;
    QStackedWidget *m_stack;
    ElidedLabel *m_title = nullptr;
    SegmentedControl *m_form = nullptr;
    QToolButton *m_back = nullptr;
    QToolButton *m_forward = nullptr;
    QString m_why;
    qint64 m_page = 0;
};

} // namespace ui
