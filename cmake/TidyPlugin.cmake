# The plugin takes LLVM, Clang and clang-tidy from the clang-tidy that loads it, so there is a module of the checks for
# each version: connsan/libconnsan_tidy-VERSION.so. libconnsan_tidy.so, beside that directory, loads the right one.
set(known 19 22)
set(CONNSAN_TIDY_VERSIONS "" CACHE STRING
  "Versions of clang-tidy that the plugin is built for, of ${known}; empty: those that are installed")

# connsan_tidy_module(VERSION LIBRARY): the module of an object library of the checks.
function(connsan_tidy_module version checks)
  set(module connsan_tidy_${version})
  add_library(${module} MODULE)
  connsan_target(${module})
  target_link_libraries(${module} PRIVATE ${checks})
  target_link_options(${module} PRIVATE -Wl,--exclude-libs,ALL)
  set_target_properties(${module} PROPERTIES
    OUTPUT_NAME connsan_tidy-${version}
    LIBRARY_OUTPUT_DIRECTORY ${CMAKE_LIBRARY_OUTPUT_DIRECTORY}/connsan)
  install(TARGETS ${module} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/connsan COMPONENT checker)
endfunction()

set(wanted ${CONNSAN_TIDY_VERSIONS})
if(NOT wanted)
  set(wanted ${known})
endif()
set(built "")
foreach(version IN LISTS wanted)
  if(NOT version IN_LIST known)
    message(FATAL_ERROR "CONNSAN_TIDY_VERSIONS: '${version}' is none of ${known}.")
  endif()
  if(version EQUAL LLVM_VERSION_MAJOR)
    connsan_tidy_module(${version} connsan_checks)
    list(APPEND built ${version})
    continue()
  endif()
  find_path(CONNSAN_LLVM_${version}_INCLUDE_DIR clang-tidy/ClangTidyCheck.h
    PATHS /usr/lib/llvm-${version}/include NO_DEFAULT_PATH)
  set(packages "Debian packages llvm-${version}-dev and libclang-${version}-dev")
  if(CONNSAN_LLVM_${version}_INCLUDE_DIR)
    connsan_checks_library(connsan_checks_${version} ${CONNSAN_LLVM_${version}_INCLUDE_DIR})
    # Quicker to build; what is debugged is the version that the rest of connsan is built with.
    target_compile_options(connsan_checks_${version} PRIVATE -g0)
    # One command for each source is enough for clang-tidy.
    set_target_properties(connsan_checks_${version} PROPERTIES EXPORT_COMPILE_COMMANDS OFF)
    connsan_tidy_module(${version} connsan_checks_${version})
    list(APPEND built ${version})
  elseif(CONNSAN_TIDY_VERSIONS)
    message(FATAL_ERROR "The plugin for clang-tidy ${version} needs the ${packages}.")
  else()
    message(STATUS "No plugin for clang-tidy ${version}: it needs the ${packages}")
  endif()
endforeach()

add_library(connsan_tidy MODULE plugin/ModuleLoader.cpp)
connsan_target(connsan_tidy)
set_target_properties(connsan_tidy PROPERTIES CONNSAN_VERSIONS "${built}")
list(JOIN built " and " versions)
target_compile_definitions(connsan_tidy PRIVATE "CONNSAN_TIDY_VERSIONS=\"${versions}\"")
foreach(version IN LISTS built)
  add_dependencies(connsan_tidy connsan_tidy_${version})
endforeach()
install(TARGETS connsan_tidy LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT checker)
