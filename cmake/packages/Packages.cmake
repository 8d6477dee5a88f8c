# Debian packages of the two components, by `cpack` in a build directory: docs/install.md. This comes after all `install`.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR connsan)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime)
if(CONNSAN_CHECKER)
  list(APPEND CPACK_COMPONENTS_ALL checker)
endif()

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "connsan developers <connsan@localhost>")
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME connsan-runtime)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SUGGESTS "llvm, connsan-checker")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_EXTRA ${CMAKE_CURRENT_LIST_DIR}/triggers)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "This package has the runtime and the program.
A library is preloaded into a program, and reports connections that are held
too long, left in a transaction or still open at the end, with the stack that
acquired them. The program connsan runs others with it, and sums up what was
seen.")
set(CPACK_DEBIAN_CHECKER_PACKAGE_NAME connsan-checker)
set(CPACK_DEBIAN_CHECKER_PACKAGE_SUGGESTS "clang-tidy-${LLVM_VERSION_MAJOR}")
set(CPACK_COMPONENT_CHECKER_DESCRIPTION "This package has the checker of sources.
The commands check and index of connsan show the paths on which a connection is
not released or a transaction is left open. The same checks come as a module
that clang-tidy loads.")

# What is known only when the packages are made.
configure_file(${CMAKE_CURRENT_LIST_DIR}/Depends.cmake.in ${CMAKE_BINARY_DIR}/Depends.cmake @ONLY)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_BINARY_DIR}/Depends.cmake)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/Finish.cmake)
include(CPack)
