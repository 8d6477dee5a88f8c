#include "Fingerprint.h"

#include <gtest/gtest.h>

#include <set>

using namespace connsan;

namespace {

Finding leak(unsigned AcquiredAt, unsigned At) {
  Finding F;
  F.Function = "pool::grow";
  F.Resource = "connection";
  F.Acquirer = "PQconnectdb";
  F.Holder = "conn";
  F.AcquiredAt = {AcquiredAt};
  F.At = {At};
  F.EverReleased = true;
  return F;
}

std::vector<std::string> fingerprints(std::vector<Finding> All, llvm::StringRef Check = "connsan-x") {
  assignFingerprints(Check, All);
  std::vector<std::string> Texts;
  for (const Finding &F : All)
    Texts.push_back(F.Fingerprint);
  return Texts;
}

std::size_t distinct(const std::vector<std::string> &Texts) {
  return std::set<std::string>(Texts.begin(), Texts.end()).size();
}

TEST(Fingerprint, IsTheSameInEveryVersion) {
  EXPECT_EQ(fingerprints({leak(10, 20)}), std::vector<std::string>{"e2c1273229f633f3"});
}

TEST(Fingerprint, HasNothingOfThePlace) {
  EXPECT_EQ(fingerprints({leak(10, 20), leak(10, 30), leak(40, 50)}),
            fingerprints({leak(110, 150), leak(110, 180), leak(190, 990)}));
}

TEST(Fingerprint, EveryPartTellsFindingsApart) {
  std::vector<std::string> All = fingerprints({leak(10, 20)});
  auto Add = [&](auto Change) {
    Finding F = leak(10, 20);
    Change(F);
    All.push_back(fingerprints({F}).front());
  };
  Add([](Finding &F) { F.Function = "pool::shrink"; });
  Add([](Finding &F) { F.File = "pool.cpp"; });
  Add([](Finding &F) { F.Resource = "result"; });
  Add([](Finding &F) { F.Acquirer = "PQconnectStart"; });
  Add([](Finding &F) { F.Holder = "other"; });
  Add([](Finding &F) { F.Exit = ExitKind::Break; });
  Add([](Finding &F) { F.Kind = FindingKind::Overwritten; });
  Add([](Finding &F) { F.By = "free"; });
  Add([](Finding &F) { F.EverReleased = false; });
  All.push_back(fingerprints({leak(10, 20)}, "connsan-y").front());
  EXPECT_EQ(distinct(All), All.size());
}

TEST(Fingerprint, WhatIsEqualIsNumberedInSourceOrder) {
  std::vector<std::string> Forward = fingerprints({leak(10, 20), leak(10, 30), leak(40, 50), leak(40, 60)});
  EXPECT_EQ(distinct(Forward), 4U);
  std::vector<std::string> Backward = fingerprints({leak(40, 60), leak(40, 50), leak(10, 30), leak(10, 20)});
  std::reverse(Backward.begin(), Backward.end());
  EXPECT_EQ(Forward, Backward);
}

TEST(Fingerprint, AnExitOfAnotherKindDoesNotCount) {
  Finding Break = leak(10, 15);
  Break.Exit = ExitKind::Break;
  EXPECT_EQ(fingerprints({Break, leak(10, 20)}).back(), fingerprints({leak(10, 20)}).back());
}

TEST(Fingerprint, NeverReleasedIsOneFinding) {
  std::vector<Finding> Exits = {leak(10, 20), leak(10, 30)};
  Exits.back().Exit = ExitKind::FunctionEnd;
  for (Finding &F : Exits)
    F.EverReleased = false;
  EXPECT_EQ(distinct(fingerprints(Exits)), 1U);
  EXPECT_EQ(fingerprints(Exits).front(), fingerprints({Exits.front()}).front());
}

TEST(Fingerprint, AnAcquireIsNamedByTheFirstThatHoldsIt) {
  std::vector<Finding> Exits = {leak(10, 20), leak(10, 30)};
  Exits.back().Holder = "alias";
  std::vector<Finding> Same = {leak(10, 20), leak(10, 30)};
  EXPECT_EQ(fingerprints(Exits), fingerprints(Same));
}

TEST(Fingerprint, WhatWasThereBeforeHasNoAcquirer) {
  Finding Used = leak(10, 20);
  Used.Acquired = false;
  Finding UsedOtherwise = Used;
  UsedOtherwise.Acquirer = "PQexec";
  EXPECT_EQ(fingerprints({Used}), fingerprints({UsedOtherwise}));
}

} // namespace
