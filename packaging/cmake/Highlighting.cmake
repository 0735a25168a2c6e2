# SPDX-License-Identifier: GPL-3.0-or-later
# KDE Syntax Highlighting for Qt 6 as the target alongside_highlighting: the packaged KF6 library where the distribution has
# one, else the static library that packaging/setup builds once into the cache below.
if(DEFINED ENV{XDG_CACHE_HOME})
    set(_alongside_cache "$ENV{XDG_CACHE_HOME}/alongside")
else()
    set(_alongside_cache "$ENV{HOME}/.cache/alongside")
endif()
set(ALONGSIDE_KSYNTAX_PREFIX "${_alongside_cache}/ksyntax-5.116.0-qt${Qt6_VERSION}" CACHE PATH
    "Where packaging/setup has put the library when the distribution has none")

find_package(KF6SyntaxHighlighting QUIET)
if(KF6SyntaxHighlighting_FOUND)
    set(_ksyntax KF6::SyntaxHighlighting)
else()
    # The second is what packaging/setup falls back to when the source of the first cannot be had.
    list(PREPEND CMAKE_PREFIX_PATH "${ALONGSIDE_KSYNTAX_PREFIX}" "${_alongside_cache}/ksyntax-5.103.0-qt${Qt6_VERSION}")
    find_package(KF5SyntaxHighlighting QUIET)
    if(NOT KF5SyntaxHighlighting_FOUND)
        message(FATAL_ERROR "KDE Syntax Highlighting for Qt 6 was not found. packaging/setup installs or builds it.")
    endif()
    # A machine may carry the Qt 5 package under the same name; linking both Qt versions ends in a crash at start.
    get_target_property(_ksyntax_links KF5::SyntaxHighlighting INTERFACE_LINK_LIBRARIES)
    if(NOT _ksyntax_links MATCHES "Qt6::")
        message(FATAL_ERROR "The KF5SyntaxHighlighting found is built for Qt 5. Run packaging/setup to build it for Qt 6.")
    endif()
    set(_ksyntax KF5::SyntaxHighlighting)
endif()
add_library(alongside_highlighting INTERFACE)
target_link_libraries(alongside_highlighting INTERFACE ${_ksyntax})
