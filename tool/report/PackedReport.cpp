#include "PackedReport.h"

namespace connsan::report {
namespace {

using Json = nlohmann::json;
using Row = std::vector<Json>;

int64_t numberOf(const Json &Value) {
  return Value.is_number() ? Value.get<int64_t>() : 0;
}

Row &columnOf(std::map<std::string, Row> &Columns, const std::string &Name, size_t Size) {
  Row &Column = Columns[Name];
  Column.resize(Size);
  return Column;
}

Json packConnections(Json Connections, int64_t Created) {
  std::map<std::string, Row> Columns;
  const size_t Size = Connections.size();
  auto Column = [&](const std::string &Name) -> Row & { return columnOf(Columns, Name, Size); };
  for (size_t I = 0; I < Size; ++I) {
    for (auto &[Name, Value] : Connections[I].items()) {
      if (!Value.is_object()) {
        Column(Name)[I] = std::move(Value);
        continue;
      }
      for (auto &[Part, PartValue] : Value.items())
        Column(Name + "." + Part)[I] = std::move(PartValue);
    }
  }
  Row &Acquired = Column("acquired.at"), &Since = Column("since"), &Used = Column("last_used.at"),
      &Held = Column("held_ms");
  for (size_t I = 0; I < Size; ++I) {
    if (Used[I].is_number())
      Used[I] = numberOf(Used[I]) - numberOf(Since[I]);
    if (Since[I].is_number())
      Since[I] = numberOf(Since[I]) - numberOf(Acquired[I]);
    if (Held[I].is_number())
      Held[I] = numberOf(Held[I]) - (Created - numberOf(Acquired[I]));
  }
  return {{"size", Size}, {"columns", std::move(Columns)}};
}

/// Each sample but the first becomes its difference to the one before.
void packTimeline(Json &Timeline) {
  for (size_t I = Timeline.size(); I-- > 1;) {
    for (size_t N = 0; N < Timeline[I].size(); ++N)
      Timeline[I][N] = numberOf(Timeline[I][N]) - numberOf(Timeline[I - 1][N]);
  }
}

} // namespace

void pack(Json &Report) {
  Report["connections"] = packConnections(std::move(Report["connections"]), numberOf(Report["created"]));
  for (Json &Process : Report["processes"]) {
    if (Process.contains("timeline"))
      packTimeline(Process["timeline"]);
  }
}

} // namespace connsan::report
