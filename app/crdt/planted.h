// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace crdt {

//! Rules that can be broken on purpose, to see that a test notices. Only in the library the tests of tests/unit/crdt/planted
//! are linked with; everywhere else isPlanted() is false at compile time. Internal to this folder.
enum class Defect {
    None,
    TieByArrival,         //!< concurrent insertions at one place go in the order in which their clients were first seen
    TieDescending,        //!< … by descending client id: converges, but not with Yjs
    LostWaiting,          //!< structs that waited for others are forgotten once one of them has come
    DeletesOneMore,       //!< a delete range takes the unit behind it along
    DiffForgetsDeletes,   //!< a replica that comes back is not told what was deleted
    DoubledOverlap,       //!< of a run that is known in part, the known part comes again
    UndoTakesForeign,     //!< undo takes back what others did as well
    RedoForgets,          //!< undo does not bring back what was removed
};

#ifdef ALONGSIDE_PLANTED_DEFECTS
inline Defect plantedDefect = Defect::None;
inline bool isPlanted(Defect defect) { return plantedDefect == defect; }
#else
constexpr bool isPlanted(Defect) { return false; }
#endif

} // namespace crdt
