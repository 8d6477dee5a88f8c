#pragma once

namespace connsan::runtime {

/// For an exit that runs no handlers: the last report in bounded time. Returns the status to end with.
int finishQuickly(int Status);

} // namespace connsan::runtime
