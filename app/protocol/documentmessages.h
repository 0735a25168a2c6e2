// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/base/error.h"
#include "app/protocol/values.h"

// A document is an open text file: a Yjs-compatible document with one root text named kTextRoot. To this folder its
// updates and state vectors are opaque bytes.
namespace protocol {

inline constexpr char kTextRoot[] = "content";

enum class ContentKind : quint8 {
    Text = 0,
    Binary = 1,              //!< not text: read it with ReadPage
    Large = 2,               //!< text or not, above kMaxTextFileBytes: read it with ReadPage
};
constexpr ContentKind lastValue(ContentKind) { return ContentKind::Large; }

enum class SaveState : quint8 { Saved = 0, Unsaved = 1, Failed = 2 };
constexpr SaveState lastValue(SaveState) { return SaveState::Failed; }

enum class FileState : quint8 { Present = 0, Deleted = 1 };
constexpr FileState lastValue(FileState) { return FileState::Deleted; }

enum class LineEnding : quint8 { Lf = 0, CrLf = 1, Cr = 2, Mixed = 3 };
constexpr LineEnding lastValue(LineEnding) { return LineEnding::Mixed; }

//! How the document stands to its file.
struct DocumentInfo
{
    QByteArray path;                     //!< where it is now; follows renames
    SaveState save = SaveState::Saved;
    base::ErrorCode saveError = base::ErrorCode::Internal;   //!< meaningful when save is Failed
    QString saveDetail;
    base::WallTime savedAt{};
    FileState file = FileState::Present;
    QString encoding;                    //!< as people call it: UTF-8, UTF-16 LE, …
    LineEnding lineEnding = LineEnding::Lf;
    bool isReadOnly = false;             //!< the file cannot be written by the host's user
    qint64 size = 0;                     //!< bytes on disk
    static constexpr auto fields()
    {
        return std::tuple(atMost(&DocumentInfo::path, kMaxPathBytes), field(&DocumentInfo::save), field(&DocumentInfo::saveError),
                          atMost(&DocumentInfo::saveDetail, kMaxTextUnits), field(&DocumentInfo::savedAt),
                          field(&DocumentInfo::file), atMost(&DocumentInfo::encoding, kMaxNameUnits),
                          field(&DocumentInfo::lineEnding), field(&DocumentInfo::isReadOnly), field(&DocumentInfo::size));
    }
    friend bool operator==(const DocumentInfo &, const DocumentInfo &) = default;
};

struct DocumentOpened
{
    static constexpr Tag tag = Tag::DocumentOpened;
    base::DocumentId document;           //!< null unless kind is Text
    ContentKind kind = ContentKind::Text;
    QByteArray epoch;                    //!< names this life of the document; a state of another epoch must not be merged
    QByteArray update;                   //!< what the caller lacks, Yjs update format v1
    DocumentInfo info;
    static constexpr auto fields()
    {
        return std::tuple(field(&DocumentOpened::document), field(&DocumentOpened::kind),
                          atMost(&DocumentOpened::epoch, kTokenBytes), atMost(&DocumentOpened::update, kMaxDocumentBytes),
                          field(&DocumentOpened::info));
    }
    friend bool operator==(const DocumentOpened &, const DocumentOpened &) = default;
};

//! Open a document and bring it up to date; from now on its edits are announced to the caller. Fails with NotFound,
//! NotAFile, TooMany (documents open at once).
struct OpenDocument
{
    static constexpr Tag tag = Tag::OpenDocument;
    static constexpr Access needs = Access::View;
    using Reply = DocumentOpened;
    QByteArray path;
    QByteArray knownState;               //!< Yjs state vector; empty: send everything
    QByteArray knownEpoch;               //!< of knownState; another epoch than the host's makes it send everything
    static constexpr auto fields()
    {
        return std::tuple(atMost(&OpenDocument::path, kMaxPathBytes), atMost(&OpenDocument::knownState, kMaxStateVectorBytes),
                          atMost(&OpenDocument::knownEpoch, kTokenBytes));
    }
    friend bool operator==(const OpenDocument &, const OpenDocument &) = default;
};

struct DocumentUpdated
{
    static constexpr Tag tag = Tag::DocumentUpdated;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const DocumentUpdated &, const DocumentUpdated &) = default;
};

//! Edits. The answer comes when they are on the host's disk; until then keep them for a reconnect. Sending the same
//! update twice does no harm. New content must carry the caller's own client id. Fails with Malformed, Forbidden,
//! TooLarge, DiskFull, InputOutput.
struct UpdateDocument
{
    static constexpr Tag tag = Tag::UpdateDocument;
    static constexpr Access needs = Access::Edit;
    using Reply = DocumentUpdated;
    base::DocumentId document;
    QByteArray update;
    static constexpr auto fields()
    {
        return std::tuple(field(&UpdateDocument::document), atMost(&UpdateDocument::update, kMaxUpdateBytes));
    }
    friend bool operator==(const UpdateDocument &, const UpdateDocument &) = default;
};

//! Somebody else's edits, or another program's change of the file (then \a by is null).
struct DocumentEdited
{
    static constexpr Tag tag = Tag::DocumentEdited;
    base::DocumentId document;
    QByteArray update;
    base::ParticipantId by;
    static constexpr auto fields()
    {
        return std::tuple(field(&DocumentEdited::document), atMost(&DocumentEdited::update, kMaxDocumentBytes),
                          field(&DocumentEdited::by));
    }
    friend bool operator==(const DocumentEdited &, const DocumentEdited &) = default;
};

struct DocumentSaved
{
    static constexpr Tag tag = Tag::DocumentSaved;
    base::WallTime savedAt{};
    static constexpr auto fields() { return std::tuple(field(&DocumentSaved::savedAt)); }
    friend bool operator==(const DocumentSaved &, const DocumentSaved &) = default;
};

//! Write the file now instead of with the next autosave; makes a deleted file anew. Fails with what the disk says.
struct SaveDocument
{
    static constexpr Tag tag = Tag::SaveDocument;
    static constexpr Access needs = Access::Edit;
    using Reply = DocumentSaved;
    base::DocumentId document;
    static constexpr auto fields() { return std::tuple(field(&SaveDocument::document)); }
    friend bool operator==(const SaveDocument &, const SaveDocument &) = default;
};

struct DocumentClosed
{
    static constexpr Tag tag = Tag::DocumentClosed;
    static constexpr auto fields() { return std::tuple(); }
    friend bool operator==(const DocumentClosed &, const DocumentClosed &) = default;
};

//! Stop being told of its edits. Nothing is lost: the host keeps and saves the text.
struct CloseDocument
{
    static constexpr Tag tag = Tag::CloseDocument;
    static constexpr Access needs = Access::View;
    using Reply = DocumentClosed;
    base::DocumentId document;
    static constexpr auto fields() { return std::tuple(field(&CloseDocument::document)); }
    friend bool operator==(const CloseDocument &, const CloseDocument &) = default;
};

struct DocumentInfoChanged
{
    static constexpr Tag tag = Tag::DocumentInfoChanged;
    base::DocumentId document;
    DocumentInfo info;
    static constexpr auto fields() { return std::tuple(field(&DocumentInfoChanged::document), field(&DocumentInfoChanged::info)); }
    friend bool operator==(const DocumentInfoChanged &, const DocumentInfoChanged &) = default;
};

} // namespace protocol
