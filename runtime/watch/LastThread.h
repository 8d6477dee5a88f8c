#pragma once

namespace connsan::runtime {

/// A program whose main thread has called pthread_exit ends with its last thread, and ours would keep it
/// alive: when the watcher is the only thread left, ends the process as the C library would have.
void exitIfLastThread();

} // namespace connsan::runtime
