# SPDX-License-Identifier: GPL-3.0-or-later
# What every folder's CMakeLists.txt is written with. Folder a/b becomes the static library a_b with the alias a::b.

add_library(alongside_options INTERFACE)
target_compile_features(alongside_options INTERFACE cxx_std_20)
target_include_directories(alongside_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_options(alongside_options INTERFACE -Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual
    -Wimplicit-fallthrough -Wno-missing-field-initializers -Wno-subobject-linkage)
if(ALONGSIDE_WERROR)
    target_compile_options(alongside_options INTERFACE -Werror)
endif()
target_compile_definitions(alongside_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_KEYWORDS QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)
# An index outside its vector stops the program instead of reading what happens to be there. Not in all tests: without
# optimisation those of the engine would take twice as long.
if(ALONGSIDE_FUZZ OR ALONGSIDE_SANITIZE)
    target_compile_definitions(alongside_options INTERFACE _GLIBCXX_ASSERTIONS)
endif()
if(ALONGSIDE_FUZZ)
    # Everything that is fuzzed counts its branches: a fuzzer that sees only its harness guesses blindly.
    target_compile_options(alongside_options INTERFACE -fsanitize=fuzzer-no-link)
    target_link_options(alongside_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(ALONGSIDE_SANITIZE)
    target_compile_options(alongside_options INTERFACE "-fsanitize=${ALONGSIDE_SANITIZE}" -fno-omit-frame-pointer)
    target_link_options(alongside_options INTERFACE "-fsanitize=${ALONGSIDE_SANITIZE}")
    if(ALONGSIDE_SANITIZE MATCHES "undefined")
        target_compile_options(alongside_options INTERFACE -fno-sanitize-recover=undefined)
    endif()
endif()

# Headers that take longer to read than the file which includes them are compiled once per layer. Flags must agree with those of
# the target that owns them; further definitions do no harm.
function(alongside_precompiled target uses)
    if(uses MATCHES "ui::(shell|editor|presence|share|signin|files)|ui::.*app::client|app::client.*ui::" AND TARGET ui_presence)
        target_precompile_headers(${target} REUSE_FROM ui_presence)
    elseif(uses MATCHES "ui::" AND TARGET ui_widgets)
        target_precompile_headers(${target} REUSE_FROM ui_widgets)
    elseif(uses MATCHES "app::(protocol|client|host)|support::host" AND TARGET app_protocol)
        target_precompile_headers(${target} REUSE_FROM app_protocol)
    endif()
endfunction()

# add_capability(crdt SOURCES a.h a.cpp USES app::base Qt6::Core [PRECOMPILE a.h])
function(add_capability name)
    cmake_parse_arguments(arg "" "PRECOMPILE" "SOURCES;USES" ${ARGN})
    cmake_path(GET CMAKE_CURRENT_SOURCE_DIR PARENT_PATH parent)
    cmake_path(GET parent FILENAME layer)
    add_library(${layer}_${name} STATIC ${arg_SOURCES})
    add_library(${layer}::${name} ALIAS ${layer}_${name})
    target_link_libraries(${layer}_${name} PUBLIC alongside_options ${arg_USES})
    set_property(GLOBAL APPEND PROPERTY ALONGSIDE_CAPABILITIES ${layer}_${name})
    if(arg_PRECOMPILE)
        target_precompile_headers(${layer}_${name} PRIVATE ${arg_PRECOMPILE})
    else()
        alongside_precompiled(${layer}_${name} "${arg_USES}")
    endif()
endfunction()

# add_program(alongside-cli SOURCES main.cpp USES app::client): lands in build/<preset>/bin and is installed.
function(add_program name)
    cmake_parse_arguments(arg "" "" "SOURCES;USES" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE alongside_options ${arg_USES})
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
    alongside_precompiled(${name} "${arg_USES}")
    install(TARGETS ${name})
endfunction()

# alongside_test(unit crdt document SOURCES tst_document.cpp USES app::crdt [NEEDS alongside-host] [TIMEOUT s] [NODISPLAY])
# makes the program tst_unit_crdt_document and the ctest entry unit.crdt.document with the label unit. AS_ROOT: only root can run it;
# there is no entry for anybody else, and configuring says so.
function(alongside_test label area name)
    cmake_parse_arguments(arg "AS_ROOT" "TIMEOUT" "SOURCES;USES;NEEDS;ARGS;ENV;WRAPPER" ${ARGN})
    set(target tst_${label}_${area}_${name})
    add_executable(${target} ${arg_SOURCES})
    target_link_libraries(${target} PRIVATE alongside_options Qt6::Test ${arg_USES})
    target_compile_definitions(${target} PRIVATE
        ALONGSIDE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" ALONGSIDE_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
    set_target_properties(${target} PROPERTIES UNITY_BUILD OFF)
    alongside_precompiled(${target} "${arg_USES}")
    if(arg_NEEDS)
        add_dependencies(${target} ${arg_NEEDS})
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    if(arg_AS_ROOT)
        execute_process(COMMAND id -u OUTPUT_VARIABLE user OUTPUT_STRIP_TRAILING_WHITESPACE)
        if(NOT user STREQUAL "0")
            message(STATUS "Test left out, as only root can run it: ${label}.${area}.${name}")
            return()
        endif()
    endif()
    add_test(NAME ${label}.${area}.${name} COMMAND ${arg_WRAPPER} $<TARGET_FILE:${target}> ${arg_ARGS})
    set_tests_properties(${label}.${area}.${name} PROPERTIES LABELS ${label} TIMEOUT ${arg_TIMEOUT}
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;${arg_ENV}")
endfunction()

# Adds a folder; with ALONGSIDE_ONLY (a list of folders) set, only those, for work on one capability.
function(alongside_folder path)
    if((NOT ALONGSIDE_ONLY OR path IN_LIST ALONGSIDE_ONLY) AND EXISTS "${PROJECT_SOURCE_DIR}/${path}/CMakeLists.txt")
        add_subdirectory("${PROJECT_SOURCE_DIR}/${path}" "${PROJECT_BINARY_DIR}/${path}")
    endif()
endfunction()
