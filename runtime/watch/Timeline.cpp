#include "watch/Timeline.h"

#include <numeric>

namespace connsan::runtime {

namespace {

constexpr size_t Room = 512;

unsigned total(const StateSample &S) {
  return std::accumulate(S.Open.begin(), S.Open.end(), 0U);
}

} // namespace

void Timeline::add(StateFile &File, const StateSample &S) {
  if (!Kept.empty() && (S.At < Kept.back().first.At + Period || S.Open == Kept.back().first.Open))
    return;
  if (Kept.size() == Room)
    thinOut(File);
  Kept.push_back({S, {}});
  File.put(Kept.back().second, sampleLine(S));
}

void Timeline::writeAll(StateFile &File) {
  for (auto &[S, At] : Kept)
    File.put(At = {}, sampleLine(S));
}

// Of two neighbours the fuller one stays, from the time of the first.
void Timeline::thinOut(StateFile &File) {
  for (size_t I = 0; I < Room / 2; ++I) {
    StateSample First = Kept[2 * I].first, Second = Kept[2 * I + 1].first;
    StateSample Fuller = total(First) < total(Second) ? Second : First;
    Fuller.At = First.At;
    Kept[I].first = Fuller;
    File.put(Kept[I].second, sampleLine(Fuller));
  }
  for (size_t I = Room / 2; I < Room; ++I)
    File.blank(Kept[I].second);
  Kept.resize(Room / 2);
  Period *= 2;
}

} // namespace connsan::runtime
