#include <gtest/gtest.h>

#include "codec/random_value.h"

namespace todo {
namespace {

// Fewer under a sanitizer would still do: each seed fills every member of a value.
constexpr std::uint64_t seeds = 300;

template <class T>
class RoundTrip : public testing::Test {};

using Types =
    testing::Types<Task, Project, Filter, Settings, Patch<Task>, Patch<Project>, Patch<Filter>,
                   Patch<Settings>, Command, Context, Request, Event, Entry, Snapshot,
                   std::vector<Task>, std::vector<Request>, std::vector<Entry>>;
TYPED_TEST_SUITE(RoundTrip, Types);

// What one face writes another must read as the same value, and write again to the last byte.
TYPED_TEST(RoundTrip, GivesTheSameValueAndTheSameText) {
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    auto value = RandomValue(seed).of<TypeParam>();
    std::string text = to_json(value);
    Result<TypeParam> read = from_json<TypeParam>(text);
    ASSERT_TRUE(read.has_value()) << "seed " << seed << ": " << read.error().field << ": "
                                  << read.error().message << "\n"
                                  << text;
    ASSERT_TRUE(*read == value) << "seed " << seed << "\n" << text;
    ASSERT_EQ(to_json(*read), text) << "seed " << seed;
  }
}

// No cut of a text may be taken for the whole.
TYPED_TEST(RoundTrip, RefusesATextThatIsCutShort) {
  std::string text = to_json(RandomValue(7).of<TypeParam>());
  for (std::size_t size = 0; size < text.size(); ++size) {
    Result<TypeParam> read = from_json<TypeParam>(std::string_view(text).substr(0, size));
    ASSERT_TRUE(read.has_error()) << text.substr(0, size);
    ASSERT_EQ(read.error().code, Errc::malformed) << text.substr(0, size);
  }
}

}  // namespace
}  // namespace todo
