#include "ConnsanTidyModule.h"

#include "ConnectionLeakCheck.h"
#include "MismatchedReleaseCheck.h"
#include "OwnerClassCheck.h"
#include "ResultLeakCheck.h"
#include "UnfinishedTransactionCheck.h"
#include "UseAfterReleaseCheck.h"

#include "clang-tidy/ClangTidyModule.h"
#include "llvm/Support/Registry.h"

namespace connsan {

void addCheckFactories(clang::tidy::ClangTidyCheckFactories &Factories) {
  Factories.registerCheck<ConnectionLeakCheck>("connsan-connection-leak");
  Factories.registerCheck<MismatchedReleaseCheck>("connsan-mismatched-release");
  Factories.registerCheck<OwnerClassCheck>("connsan-owner-class");
  Factories.registerCheck<ResultLeakCheck>("connsan-result-leak");
  Factories.registerCheck<UnfinishedTransactionCheck>("connsan-unfinished-transaction");
  Factories.registerCheck<UseAfterReleaseCheck>("connsan-use-after-release");
}

namespace {

class ConnsanTidyModule : public clang::tidy::ClangTidyModule {
public:
  void addCheckFactories(clang::tidy::ClangTidyCheckFactories &Factories) override {
    connsan::addCheckFactories(Factories);
  }
};

llvm::Registry<clang::tidy::ClangTidyModule>::Add<ConnsanTidyModule>
    Registered("connsan-module", "Finds database-connection leaks.");

} // namespace

} // namespace connsan
