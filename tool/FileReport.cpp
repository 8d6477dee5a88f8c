#include "FileReport.h"

#include "clang/Tooling/DiagnosticsYaml.h"
#include "llvm/Support/YAMLTraits.h"

LLVM_YAML_IS_SEQUENCE_VECTOR(connsan::tool::CheckedFinding)
LLVM_YAML_IS_SEQUENCE_VECTOR(connsan::tool::CheckStats::GivenUp)

template<> struct llvm::yaml::MappingTraits<connsan::tool::CheckStats::GivenUp> {
  static void mapping(IO &Io, connsan::tool::CheckStats::GivenUp &One) {
    Io.mapRequired("File", One.File);
    Io.mapRequired("Line", One.Line);
    Io.mapRequired("Function", One.Function);
    Io.mapRequired("Limit", One.Limit);
    Io.mapRequired("After", One.After);
  }
};

template<> struct llvm::yaml::MappingTraits<connsan::tool::CheckStats> {
  static void mapping(IO &Io, connsan::tool::CheckStats &Stats) {
    Io.mapRequired("Files", Stats.Files);
    Io.mapRequired("FilesWithResources", Stats.FilesWithResources);
    Io.mapRequired("Functions", Stats.Functions);
    Io.mapRequired("FunctionsWithResources", Stats.FunctionsWithResources);
    Io.mapRequired("FunctionsSilenced", Stats.FunctionsSilenced);
    Io.mapRequired("FunctionsGivenUp", Stats.FunctionsGivenUp);
    Io.mapRequired("Named", Stats.Named);
    Io.mapRequired("ParseSeconds", Stats.ParseSeconds);
    Io.mapRequired("FactsSeconds", Stats.FactsSeconds);
    Io.mapRequired("PathsSeconds", Stats.PathsSeconds);
    Io.mapRequired("LinkSeconds", Stats.LinkSeconds);
    Io.mapRequired("ReportSeconds", Stats.ReportSeconds);
    Io.mapRequired("Indexed", Stats.Indexed);
    Io.mapRequired("Ambiguous", Stats.Ambiguous);
    Io.mapRequired("Followed", Stats.Followed);
  }
};

template<> struct llvm::yaml::MappingTraits<connsan::tool::CheckedFinding> {
  static void mapping(IO &Io, connsan::tool::CheckedFinding &Finding) {
    Io.mapRequired("Said", Finding.Said);
    Io.mapRequired("Function", Finding.Function);
    Io.mapRequired("Fingerprint", Finding.Fingerprint);
    Io.mapRequired("Confidence", Finding.Confidence);
    Io.mapRequired("Resource", Finding.Resource);
    Io.mapRequired("Acquirer", Finding.Acquirer);
    Io.mapRequired("Likeness", Finding.Likeness);
    Io.mapRequired("LocalTo", Finding.LocalTo);
    Io.mapRequired("Paths", Finding.Paths);
    Io.mapRequired("BeginsPaths", Finding.BeginsPaths);
  }
};

template<> struct llvm::yaml::MappingTraits<connsan::tool::FileReport> {
  static void mapping(IO &Io, connsan::tool::FileReport &Report) {
    Io.mapRequired("Findings", Report.Findings);
    Io.mapRequired("Problems", Report.Problems);
    Io.mapRequired("Stats", Report.Stats);
    Io.mapOptional("Dump", Report.Dump);
  }
};

namespace connsan::tool {

std::string serialize(FileReport Report) {
  std::string Text;
  llvm::raw_string_ostream Stream(Text);
  llvm::yaml::Output Out(Stream);
  Out << Report;
  return Text;
}

std::optional<FileReport> parseFileReport(const std::string &Text) {
  FileReport Report;
  llvm::yaml::Input In(Text, nullptr, [](const llvm::SMDiagnostic &, void *) {});
  In >> Report;
  if (In.error())
    return std::nullopt;
  return Report;
}

} // namespace connsan::tool
