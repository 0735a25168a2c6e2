// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/files/binaryview.h"

#include "app/base/displayname.h"
#include "ui/files/hexview.h"
#include "ui/files/pagecache.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/describe.h"
#include "ui/widgets/elidedlabel.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/statepage.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QStringDecoder>
#include <QVBoxLayout>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

// Characters that would turn the page around or hide in it are shown as the replacement character.
QString readable(const QByteArray &bytes)
{
    QString text = QStringDecoder(QStringDecoder::Utf8)(bytes);
    for (QChar &c : text) {
        const bool isLineEnd = c == u'\n' || c == u'\r' || c == u'\t';
        if (!isLineEnd && (c.category() == QChar::Other_Control || c.category() == QChar::Other_Format))
            c = QChar::ReplacementCharacter;
    }
    return text;
}

} // namespace

BinaryView::BinaryView(client::Workspace &workspace, const QByteArray &path, protocol::ContentKind kind, QWidget *parent)
    : QWidget(parent), m_name(base::displayName(path.mid(path.lastIndexOf('/') + 1))), m_pages(new PageCache(workspace, path, this)),
      m_hex(new HexView(*m_pages, this)), m_text(new QPlainTextEdit(this)), m_state(new StatePage(this)), m_stack(new QStackedWidget(this))
{
    setObjectName(u"binaryView"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHead(kind);
    m_text->setObjectName(u"pageText"_s);
    m_text->setAccessibleName(tr("Text of the page"));
    m_text->setReadOnly(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->document()->setDocumentMargin(12);
    m_text->setLineWrapMode(QPlainTextEdit::WidgetWidth);
    m_stack->addWidget(m_hex);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_state);
    column->addWidget(m_stack, 1);
    setFocusProxy(m_stack);
    connect(m_state, &StatePage::buttonClicked, this, [this] {
        m_pages->clear();
        m_stack->setCurrentWidget(m_hex);
        showForm(m_form->value());
        showPage(m_page);
    });
    connect(m_pages, &PageCache::pageArrived, this, [this](qint64 number) {
        refresh();
        if (number == m_page)
            showPage(number);
    });
    connect(m_pages, &PageCache::failed, this, &BinaryView::showFailure);
    showForm(m_form->value());
    showPage(0);
    refresh();
}

BinaryView::~BinaryView() = default;

void BinaryView::buildHead(protocol::ContentKind kind)
{
    m_why = kind == protocol::ContentKind::Large ? tr("Too large to edit, read-only") : tr("Not a text, read-only");
    auto *head = new QWidget(this);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(12, 4, 8, 4);
    row->setSpacing(8);
    m_title = new ElidedLabel(m_why, head);
    m_title->setObjectName(u"binaryTitle"_s);
    m_title->setRole(Role::SecondaryText);
    m_back = makeIconButton(u"arrow-left"_s, tr("Page before"), head);
    m_back->setObjectName(u"pageBack"_s);
    m_forward = makeIconButton(u"arrow-right"_s, tr("Next page"), head);
    m_forward->setObjectName(u"pageForward"_s);
    m_form = new SegmentedControl(head);
    m_form->setObjectName(u"binaryForm"_s);
    m_form->addSegment(Bytes, tr("Bytes"));
    m_form->addSegment(Text, tr("Text"));
    m_form->setValue(kind == protocol::ContentKind::Large ? Text : Bytes);
    row->addWidget(m_title, 1);
    row->addWidget(m_back);
    row->addWidget(m_forward);
    row->addWidget(m_form);
    layout()->addWidget(head);
    connect(m_form, &SegmentedControl::valueChosen, this, &BinaryView::showForm);
    connect(m_back, &QToolButton::clicked, this, [this] { showPage(m_page - 1); });
    connect(m_forward, &QToolButton::clicked, this, [this] { showPage(m_page + 1); });
}

void BinaryView::showForm(int form)
{
    const bool isText = form == Text;
    m_back->setVisible(isText);
    m_forward->setVisible(isText);
    m_stack->setCurrentWidget(isText ? static_cast<QWidget *>(m_text) : m_hex);
    m_stack->setFocusProxy(m_stack->currentWidget());
    refresh();
}

void BinaryView::showPage(qint64 number)
{
    const qint64 last = qMax<qint64>(0, (qMax<qint64>(1, m_pages->fileSize()) - 1) / PageCache::kPageBytes);
    m_page = m_pages->fileSize() < 0 ? number : qBound<qint64>(0, number, last);
    m_text->setPlainText(readable(m_pages->page(m_page)));
    refresh();
}

void BinaryView::refresh()
{
    const qint64 size = m_pages->fileSize();
    if (size < 0) {
        m_title->setText(m_why);
        return;
    }
    const QString bytes = QLocale().formattedDataSize(size);
    const qint64 pages = qMax<qint64>(1, (size + PageCache::kPageBytes - 1) / PageCache::kPageBytes);
    //: %1 says why the file is shown this way, %2 is its size
    QString title = tr("%1 · %2").arg(m_why, bytes);
    if (m_form->value() == Text)
        //: %1 says why and how large, %2 and %3 are numbers
        title = tr("%1 · page %2 of %3").arg(title, QLocale().toString(m_page + 1), QLocale().toString(pages));
    m_title->setText(title);
    m_back->setEnabled(m_page > 0);
    m_forward->setEnabled(m_page + 1 < pages);
}

void BinaryView::showFailure(const base::Error &error)
{
    m_state->showFailure(tr("“%1” cannot be read").arg(m_name), describe(error), tr("Try again"));
    m_stack->setCurrentWidget(m_state);
}

} // namespace ui
