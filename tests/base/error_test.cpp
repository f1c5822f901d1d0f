#include "todo/error.h"

#include <gtest/gtest.h>

namespace todo {
namespace {

TEST(Error, NamesTheFieldFromTheOutside) {
  Error error{Errc::missing, "a title is needed", ""};
  error = within("title", error);
  EXPECT_EQ(error.field, "/title");
  error = within("commands", within(std::size_t{2}, error));
  EXPECT_EQ(error, (Error{Errc::missing, "a title is needed", "/commands/2/title"}));
}

// RFC 6901, 4: "~" and "/" would otherwise be read as syntax.
TEST(Error, EscapesMembersInPointers) {
  EXPECT_EQ(within("a/b~c", {}).field, "/a~1b~0c");
  EXPECT_EQ(within("~1", {}).field, "/~01");
  EXPECT_EQ(within("", {}).field, "/");
}

TEST(Errc, HasANameForEachKind) {
  EXPECT_EQ(name_of(Errc::malformed), "malformed");
  EXPECT_EQ(name_of(Errc::corrupt), "corrupt");
}

}  // namespace
}  // namespace todo
