#pragma once

#include "Program.h"

#include <memory>

/// A translation unit without its syntax tree: everything that the analysis and its reports need of one.
namespace connsan {

/// A stretch of source that places lie in, as clang's SourceManager has them: a file, or what a macro was
/// expanded to.
struct SourceStretch {
  bool IsExpansion = false;

  std::string File;                ///< as the compiler was told
  std::optional<std::string> Text; ///< of what is not on disk
  bool IsSystem = false;
  std::uint64_t Hash = 0; ///< of the contents
  std::uint32_t Size = 0; ///< also of an expansion

  SourcePoint Spelling; ///< of an expansion; like the next ones in an earlier stretch
  SourcePoint Start;
  SourcePoint End; ///< nowhere for an argument of a macro
  bool IsTokenRange = false;
};

/// What a `SourcePoint` other than nowhere stands for.
struct SourcePlace {
  std::uint32_t Stretch = 0;
  std::uint32_t Offset = 0;
};

/// A function with attributes that say what it does with resources.
struct AnnotatedFunction {
  std::vector<std::string> Texts;
  std::optional<std::uint32_t> Arguments; ///< how many, where that is known
  std::vector<SourcePoint> At;            ///< of each text
};

struct FunctionBody {
  FunctionDefinition Definition;
  FunctionInterface Interface;
  std::vector<FunctionId> References;
  bool Throws = false;                  ///< has a throw-expression
  std::uint32_t Records = 0;            ///< of `UnitFacts::RecordSets`: those that the arguments reach
  std::shared_ptr<FunctionFacts> Facts; ///< null when it could not be lowered
};

struct KnownFunction {
  FunctionDeclaration Declaration;
  std::optional<FunctionBody> Body; ///< where there is one to look at
};

/// A file that was read.
struct InputFile {
  std::string Name; ///< as the compiler was told
  std::uint64_t Hash = 0;
};

/// What the facts were made from.
struct UnitInputs {
  std::string Directory;       ///< in which the compiler worked
  std::uint64_t Arguments = 0; ///< a hash of those that it was given
  std::vector<InputFile> Files;
  std::string ParseProblem; ///< one line; empty when all was parsed
};

struct UnitFacts {
  UnitInputs From;
  bool IsCxx = false;
  bool HasErrors = false; ///< that stand in the way of compiling
  std::vector<SourceStretch> Stretches;
  std::uint32_t MainFile = 0;      ///< of `Stretches`
  std::vector<SourcePlace> Places; ///< of the points from 1, in the same order
  std::vector<std::vector<std::string>> RecordSets;
  std::vector<KnownFunction> Functions; ///< by id
  std::vector<FunctionId> InScope;
  std::vector<ClassDescription> Classes;
  std::vector<AnnotatedFunction> Annotated;
};

} // namespace connsan
