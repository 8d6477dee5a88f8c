# connsan_target(TARGET): the warnings, sanitizers and include path that every target of ours is built with.
add_library(connsan_common INTERFACE)
target_compile_options(connsan_common INTERFACE -Wall -Wextra -Wpedantic -Wvla -Werror -Wno-missing-field-initializers)
target_compile_options(connsan_common INTERFACE $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Woverloaded-virtual>)
target_include_directories(connsan_common INTERFACE ${CMAKE_BINARY_DIR}/generated)
if(CONNSAN_SANITIZE)
  target_compile_options(connsan_common INTERFACE
    -fsanitize=${CONNSAN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    # gcc takes the sanitizers' own instructions in LLVM's headers for reads.
    -Wno-maybe-uninitialized)
  target_link_options(connsan_common INTERFACE -fsanitize=${CONNSAN_SANITIZE})
  # Invariants that take too long to check otherwise.
  target_compile_definitions(connsan_common INTERFACE CONNSAN_EXPENSIVE_CHECKS)
endif()

function(connsan_target target)
  target_link_libraries(${target} PRIVATE connsan_common)
endfunction()
