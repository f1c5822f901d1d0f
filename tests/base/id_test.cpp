#include "todo/id.h"

#include <gtest/gtest.h>

namespace todo {
namespace {

// The namespace for DNS names of RFC 9562, 6.6.
const IdBytes dns = *parse_uuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

Instant at(std::int64_t ms) { return Instant{std::chrono::milliseconds{ms}}; }

// The example of RFC 9562, A.6.
TEST(Id, MakesVersion7OfTimeAndRandomBits) {
  RandomBits random = {0xfc, 0xc3, 0x98, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f};
  auto id = new_id<TaskId>(at(0x017F22E279B0), random);
  EXPECT_EQ(to_text(id), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
  EXPECT_EQ(id.version(), 7);
}

TEST(Id, SetsVersionAndVariantWhateverTheRandomBits) {
  RandomBits ones;
  ones.fill(0xff);
  EXPECT_EQ(uuid_text(time_ordered_uuid(at(0), RandomBits{})),
            "00000000-0000-7000-8000-000000000000");
  EXPECT_EQ(uuid_text(time_ordered_uuid(at(0), ones)), "00000000-0000-7fff-bfff-ffffffffffff");
}

TEST(Id, SortsByTheTimeItWasMade) {
  RandomBits ones;
  ones.fill(0xff);
  EXPECT_LT(new_id<TaskId>(at(1'000), ones), new_id<TaskId>(at(1'001), RandomBits{}));
}

// The example of RFC 9562, A.4.
TEST(Id, MakesVersion5OfAName) {
  auto id = named_id<ProjectId>(dns, "www.example.com");
  EXPECT_EQ(to_text(id), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  EXPECT_EQ(id.version(), 5);
}

TEST(Id, MakesTheSameOfTheSameNameOnly) {
  EXPECT_EQ(named_uuid(dns, "a"), named_uuid(dns, "a"));
  EXPECT_NE(named_uuid(dns, "a"), named_uuid(dns, "b"));
  EXPECT_NE(named_uuid(dns, "a"), named_uuid(IdBytes{}, "a"));
}

TEST(Id, ReadsWhatItWrites) {
  for (std::string_view text :
       {"00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"}) {
    EXPECT_EQ(to_text(*parse<TaskId>(text)), text);
  }
}

TEST(Id, ReadsNothingElse) {
  std::string text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  for (std::string other : {std::string(), text.substr(1), text + "0", "{" + text + "}",
                            std::string("017F22E2-79B0-7CC3-98C4-DC0C0C07398F"),
                            std::string("017f22e279b07cc398c4dc0c0c07398f"), std::string(36, '-'),
                            std::string(36, '0')}) {
    Result<TaskId> id = parse<TaskId>(other);
    ASSERT_TRUE(id.has_error()) << other;
    EXPECT_EQ(id.error().code, Errc::malformed);
  }
}

// A letter or hyphen out of place anywhere is seen.
TEST(Id, ReadsEveryCharacter) {
  const std::string text = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (char c : {'g', '-', '0', ' ', '\x80', 'A'}) {
      std::string other = text;
      other[i] = c;
      Result<IdBytes> id = parse_uuid(other);
      if (id.has_value()) {
        EXPECT_EQ(uuid_text(*id), other);
      }
    }
  }
}

}  // namespace
}  // namespace todo
