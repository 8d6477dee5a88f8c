#include "ConnsanTidyModule.h"

#include "ConnectionLeakCheck.h"
#include "MismatchedReleaseCheck.h"
#include "ResultLeakCheck.h"
#include "UseAfterReleaseCheck.h"

#include "clang-tidy/ClangTidyModule.h"

namespace connsan {
namespace {

class ConnsanTidyModule : public clang::tidy::ClangTidyModule {
public:
  void addCheckFactories(clang::tidy::ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<ConnectionLeakCheck>("connsan-connection-leak");
    Factories.registerCheck<MismatchedReleaseCheck>("connsan-mismatched-release");
    Factories.registerCheck<ResultLeakCheck>("connsan-result-leak");
    Factories.registerCheck<UseAfterReleaseCheck>("connsan-use-after-release");
  }
};

clang::tidy::ClangTidyModuleRegistry::Add<ConnsanTidyModule> Registered("connsan-module",
                                                                        "Finds database-connection leaks.");

} // namespace

void linkTidyModule() {}

} // namespace connsan
