#include "model/ModelWriter.h"
#include "model/ModelFile.h"

#include <gtest/gtest.h>

using namespace connsan;

namespace {

std::vector<Model> parse(const std::string &Text) {
  std::string Error;
  std::optional<ModelFile> File = parseModelFile({Text, "f.yaml"}, Error);
  EXPECT_TRUE(File) << Error << '\n' << Text;
  return File ? File->Models : std::vector<Model>();
}

TEST(ModelWriter, WhatIsWrittenReadsBack) {
  for (const char *Text : {"{function: f}",
                           "{function: f, returns: acquire}",
                           "{function: 'a::b', returns: acquire-or-null, resource: lease}",
                           "{function: f, returns: borrow}",
                           "{function: f, returns: {argument: 3}}",
                           "{function: f, arguments: [none, borrow, release, transfer, acquire-out]}",
                           "{function: f, arguments: [{release: {when: {returns: zero}}}, {transfer: {when: "
                           "{returns: nonzero}}},"
                           " {acquire-out: {when: {returns: negative}, resource: text}}, {release: {when: "
                           "{returns: positive}}}]}",
                           "{function: f, arguments: [{release: {when: {status: ok}, resource: a lease}}]}",
                           "{function: f, arguments: [{transfer: {when: {status: bad}}}]}",
                           "{function: f, noreturn: exits}",
                           "{function: f, noreturn: unwinds}",
                           "{function: f, noreturn: {unwinds: {when: {argument: 2}}}}",
                           "{function: f, transaction: begins}",
                           "{function: f, transaction: ends, sql: 2, throws: never}",
                           "{function: f, transaction: rolls-back, throws: may}",
                           "{function: f, transaction: {begins: {when: {returns: zero}}}}",
                           "{function: f, transaction: tells}",
                           "{function: f, sql: {runs: 2, when: {returns: nonzero}}}",
                           "{function: f, sql: {prepares: 3, name: 2}}",
                           "{function: f, sql: {sends-prepared: 1}}",
                           "{function: f, sql: receives}",
                           "{function: f, text: {of: 2, then: 3, into: 1, field: data}}",
                           "{function: f, text: {of: nothing, append-to: 1}}",
                           "{function: f, throws: ['a::B', c]}",
                           "{function: f, pure: true, status-ok: -1}",
                           "{function: 'operator \"\" _x\\y, {z} # : ['}",
                           "{function: '-f'}",
                           "{function: ':'}",
                           "{function: f, resource: ''''}"}) {
    std::vector<Model> Once = parse("models: [" + std::string(Text) + "]");
    ASSERT_EQ(Once.size(), 1U) << Text;
    for (bool ReturnsPointer : {false, true})
      EXPECT_EQ(parse("models:\n" + write(Once.front(), ReturnsPointer)), Once) << Text;
  }
}

TEST(ModelWriter, SpeaksOfNullWhereAPointerIsReturned) {
  Model M = parse("models: [{function: f, arguments: [{release: {when: {returns: zero}}},"
                  " {release: {when: {returns: nonzero}}}]}]")
                .front();
  EXPECT_EQ(write(M, true), "  - function: f\n"
                            "    arguments: [{release: {when: {returns: null}}}, {release: {when: {returns: "
                            "nonnull}}}]\n");
}

} // namespace
