#include "stack/Symbolizer.h"

#include "stack/Libbacktrace.h"

#include <boost/stacktrace.hpp>

namespace connsan::runtime {

namespace {

std::string exportedName(const void *Address) {
  Dl_info Info;
  if (dladdr(Address, &Info) && Info.dli_sname)
    return boost::core::demangle(Info.dli_sname);
  return {};
}

} // namespace

std::vector<Frame> symbolize(const uintptr_t *Frames, unsigned Depth, SymbolizeMode Mode) {
  constexpr const char *StartMain = "__libc_start_main";
  std::vector<Frame> Result;
  bool Startup = false;
  for (unsigned I = 0; I < Depth; ++I) {
    Frame Outer;
    // A return address is the instruction after the call; the call is what has the line.
    uintptr_t Call = Frames[I] - 1;
    if (findModule(Call, Outer.In))
      Outer.Offset = Frames[I] - Outer.In.Base;
    const void *Address = reinterpret_cast<const void *>(Call);
    // What calls main is the same in every program, and naming it would read the C library's debug
    // information. A stripped program does not name main, but the C library exports what calls its caller.
    if (I + 1 < Depth && exportedName(reinterpret_cast<const void *>(Frames[I + 1] - 1)) == StartMain)
      Startup = true;
    Outer.Startup = Startup;
    if (Startup)
      Mode = SymbolizeMode::Off;
    if (Mode == SymbolizeMode::Names)
      Outer.Function = exportedName(Address);
    if (Mode == SymbolizeMode::Full) {
      boost::stacktrace::frame Named(Address);
      Outer.File = Named.source_file();
      std::vector<SourceLine> Lines = lastLines();
      Outer.Function = Named.name();
      for (size_t L = 0; L + 1 < Lines.size(); ++L) {
        Frame Inlined;
        Inlined.Function = boost::core::demangle(Lines[L].Function.c_str());
        Inlined.File = Lines[L].File;
        Inlined.Line = static_cast<size_t>(Lines[L].Line);
        Inlined.In = Outer.In;
        Inlined.Offset = Outer.Offset;
        Inlined.Inlined = true;
        Result.push_back(std::move(Inlined));
      }
      if (!Lines.empty())
        Outer.Line = static_cast<size_t>(Lines.back().Line);
    }
    Startup = Startup || Outer.Function == "main";
    Result.push_back(std::move(Outer));
  }
  return Result;
}

} // namespace connsan::runtime
