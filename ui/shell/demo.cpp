// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/demo.h"

#include "app/base/deliver.h"
#include "ui/shell/documentarea.h"
#include "ui/shell/documentview.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/program.h"
#include "ui/shell/workspaceview.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QLoggingCategory>
#include <QScreen>

#include <cmath>

namespace ui {

namespace {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(demoLog, "ui.shell.demo", QtInfoMsg)

constexpr auto kNames = {"Nadia Haddad", "Ravi Menon", "Ana Lima", "Jan van Dijk", "Mia Berg", "Olu Ade"};

QString personName(int number)
{
    return QString::fromLatin1(*(kNames.begin() + number));
}

struct DemoFile
{
    const char *path;
    const char *content;
};

constexpr DemoFile kProject[] = {
    {"README.md", "# Weather station\n\nReads sensors, keeps an hour of values and prints a line per minute.\n\n"
                  "- `src/station.cpp` the loop\n- `src/series.h` the values of one sensor\n- `tests/` what must stay true\n"},
    {"src/series.h", "#pragma once\n\n#include <cstddef>\n#include <deque>\n#include <numeric>\n\n"
                     "//! The newest values of one sensor, oldest first.\nclass Series\n{\npublic:\n"
                     "    explicit Series(std::size_t limit) : m_limit(limit) {}\n\n    void add(double value)\n    {\n"
                     "        m_values.push_back(value);\n        if (m_values.size() > m_limit)\n            m_values.pop_front();\n"
                     "    }\n\n    double mean() const\n    {\n        if (m_values.empty())\n            return 0;\n"
                     "        return std::accumulate(m_values.begin(), m_values.end(), 0.0) / double(m_values.size());\n    }\n\n"
                     "private:\n    std::size_t m_limit;\n    std::deque<double> m_values;\n};\n"},
    {"src/station.cpp", "#include \"series.h\"\n\n#include <chrono>\n#include <iostream>\n#include <thread>\n\n"
                        "using namespace std::chrono_literals;\n\n// Sixty values a minute are an hour's worth of means.\n"
                        "constexpr std::size_t kKept = 3600;\n\ndouble readSensor();\n\nint main()\n{\n    Series temperature(kKept);\n"
                        "    for (int second = 1;; ++second) {\n        temperature.add(readSensor());\n"
                        "        if (second % 60 == 0)\n            std::cout << \"mean \" << temperature.mean() << \" °C\\n\";\n"
                        "        std::this_thread::sleep_for(1s);\n    }\n}\n"},
    {"tests/series_test.cpp", "#include \"../src/series.h\"\n\n#include <cassert>\n\nint main()\n{\n    Series series(2);\n"
                              "    series.add(1);\n    series.add(3);\n    assert(series.mean() == 2);\n    series.add(5);\n"
                              "    assert(series.mean() == 4);\n}\n"},
};

void show(MainWindow &window, const QByteArray &path, qint64 line)
{
    DocumentView *view = window.workspaceView()->documents().open(path, true);
    view->goToLine(line);
    view->setFocus();
}

} // namespace

Demo::Demo(Program &program, int people, QObject *parent) : QObject(parent), m_program(program), m_people(people) {}

bool Demo::start()
{
    if (!m_folder.isValid() || !writeProject())
        return false;
    m_owner = m_program.newWindow();
    m_owner->setOwnerName(personName(0));
    m_owner->forgetFolders();
    m_windows += m_owner;
    connect(m_owner, &MainWindow::workspaceOpened, this, &Demo::share);
    m_owner->show();
    tile();
    m_owner->openFolder(m_folder.filePath(u"weather-station"_s));
    return true;
}

bool Demo::writeProject() const
{
    const QDir root(m_folder.filePath(u"weather-station"_s));
    for (const DemoFile &entry : kProject) {
        const QString path = root.filePath(QString::fromLatin1(entry.path));
        QFile file(path);
        if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly) || file.write(entry.content) < 0)
            return false;
    }
    return true;
}

void Demo::share()
{
    m_present = 1;
    show(*m_owner, "src/station.cpp", 14);
    client::Sharing &sharing = m_owner->workspaceView()->workspace().sharing();
    const protocol::CreateShare request{.access = protocol::Access::Edit, .policy = protocol::JoinPolicy::Anyone};
    base::deliver(sharing.create(request), this, [this, &sharing](const base::Result<protocol::ShareCreated> &created) {
        const auto endpoint = sharing.preferredEndpoint();
        if (!created || !endpoint) {
            qCWarning(demoLog) << "the demonstration could not be shared:"
                               << (created ? "no address" : base::name(created.error().code));
            return;
        }
        for (int number = 1; number < m_people; ++number)
            addGuest(sharing.url(*endpoint), number);
        tile();
    });
}

void Demo::addGuest(const QString &link, int number)
{
    static constexpr const char *kPlaces[] = {"src/station.cpp", "src/station.cpp", "src/series.h", "tests/series_test.cpp"};
    MainWindow *window = m_program.newWindow();
    m_windows += window;
    connect(window, &MainWindow::workspaceOpened, this, [this, window, number] {
        show(*window, kPlaces[number % 4], 8 + 3 * number);
        if (++m_present == m_people)
            Q_EMIT complete();
    });
    window->show();
    window->joinLinkAs(link, personName(number));
}

// Side by side as far as each stays usable, then in rows.
void Demo::tile()
{
    const QRect area = QGuiApplication::primaryScreen()->availableGeometry();
    const int columns = m_people <= 3 && area.width() / m_people >= 560 ? m_people : static_cast<int>(std::ceil(std::sqrt(m_people)));
    const int rows = (m_people + columns - 1) / columns;
    const QSize cell(area.width() / columns, area.height() / rows);
    for (int i = 0; i < m_windows.size(); ++i) {
        const QPoint corner(area.left() + i % columns * cell.width(), area.top() + i / columns * cell.height());
        m_windows.at(i)->setMinimumSize(320, 240);
        m_windows.at(i)->setGeometry(QRect(corner, cell).adjusted(4, 28, -4, -4));
    }
}

} // namespace ui
