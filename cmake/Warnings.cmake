# connsan_target(TARGET): the warnings, sanitizers and include path that every target of ours is built with.
add_library(connsan_common INTERFACE)
target_compile_options(connsan_common INTERFACE -Wall -Wextra -Wpedantic -Wvla -Werror -Wno-missing-field-initializers)
target_compile_options(connsan_common INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Woverloaded-virtual>)
target_include_directories(connsan_common INTERFACE ${CMAKE_BINARY_DIR}/generated)
if(CONNSAN_SANITIZE)
  target_compile_options(connsan_common INTERFACE
    -fsanitize=${CONNSAN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(connsan_common INTERFACE -fsanitize=${CONNSAN_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    # LLVM has no type information at run time, and clang-tidy, which loads the plugin, no sanitizer of its own.
    execute_process(COMMAND ${CMAKE_CXX_COMPILER} -print-runtime-dir OUTPUT_VARIABLE runtime_dir
                    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
    # The warnings that count are gcc's.
    target_compile_options(connsan_common INTERFACE -fno-sanitize=vptr,function -w)
    target_link_options(connsan_common INTERFACE -shared-libsan -Wl,-rpath,${runtime_dir})
  else()
    # gcc takes the sanitizers' own instructions in LLVM's headers for reads.
    target_compile_options(connsan_common INTERFACE -Wno-maybe-uninitialized)
  endif()
  # Invariants that take too long to check otherwise.
  target_compile_definitions(connsan_common INTERFACE CONNSAN_EXPENSIVE_CHECKS)
endif()

function(connsan_target target)
  target_link_libraries(${target} PRIVATE connsan_common)
endfunction()
