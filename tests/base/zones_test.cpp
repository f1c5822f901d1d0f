#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

#include "todo/zone.h"

namespace todo {
namespace {

using Bytes = std::vector<unsigned char>;
using std::chrono::hours;

Bytes embedded_bytes() {
  std::ifstream file(std::string(TODO_TESTS_DIR) + "/../libtodo/data/zones.bin", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void append_number(Bytes& bytes, std::uint64_t number, int width) {
  for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
    bytes.push_back(static_cast<unsigned char>(number >> shift));
  }
}

void append_text(Bytes& bytes, std::string_view text) {
  bytes.insert(bytes.end(), text.begin(), text.end());
}

// A body with hourly types and transitions between them.
struct Body {
  std::vector<std::pair<std::int64_t, int>> transitions{};
  std::vector<std::int32_t> offsets{0};
  std::string footer = "";

  Bytes bytes() const {
    Bytes made;
    append_text(made, "TZif2");
    made.resize(20);
    for (std::size_t count : {std::size_t{0}, std::size_t{0}, std::size_t{0}, transitions.size(),
                              offsets.size(), std::size_t{4}}) {
      append_number(made, count, 4);
    }
    for (auto [at, type] : transitions) append_number(made, static_cast<std::uint64_t>(at), 8);
    for (auto [at, type] : transitions) made.push_back(static_cast<unsigned char>(type));
    for (std::int32_t offset : offsets) {
      append_number(made, static_cast<std::uint32_t>(offset), 4);
      append_number(made, 0, 2);
    }
    made.insert(made.end(), {'A', 'B', 'C', 0});
    append_text(made, "\n" + footer + "\n");
    return made;
  }
};

// A pack with one zone, "Test/Zone", and a link to it, "Test/Link".
Bytes pack(const Body& body) {
  Bytes tzif = body.bytes();
  Bytes made;
  append_text(made, "todozone");
  append_text(made, std::string_view("test\0\0\0\0", 8));
  append_number(made, 2, 4);
  std::size_t names_at = 20 + 2 * 16;
  for (std::uint64_t i : {0, 1}) {
    append_number(made, names_at + 9 * i, 4);
    append_number(made, 9, 2);
    append_number(made, 1, 2);
    append_number(made, i == 0 ? 0 : names_at + 18, 4);
    append_number(made, i == 0 ? 0 : tzif.size(), 4);
  }
  append_text(made, "Test/LinkTest/Zone");
  made.insert(made.end(), tzif.begin(), tzif.end());
  return made;
}

bool is_refused(const Body& body) { return Zones::load(pack(body)).has_error(); }

// Asks all that can be asked, for a sanitizer to watch.
void use(const Zones& zones) {
  for (std::string_view name : zones.names()) {
    ASSERT_FALSE(zones.canonical(name).empty());
    std::optional<Zone> zone = zones.find(name);
    ASSERT_TRUE(zone.has_value());
    for (std::string_view time : {"0001-01-01T00:00:00", "1969-12-31T23:00:00",
                                  "2026-03-29T02:30:00", "9999-12-31T23:59:59"}) {
      LocalTime local = *parse<LocalTime>(time);
      zone->offset_at(zone->resolve(local).instant);
    }
  }
}

TEST(Zones, AreEmbeddedWithTheirVersion) {
  const Zones& zones = Zones::embedded();
  EXPECT_EQ(zones.version().size(), 5u);
  EXPECT_GE(zones.version(), "2026a");
  std::vector<std::string_view> names = zones.names();
  EXPECT_GT(names.size(), 590u);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  use(zones);
}

TEST(Zones, AreTheCommittedPack) {
  Bytes bytes = embedded_bytes();
  ASSERT_FALSE(bytes.empty());
  Result<Zones> loaded = Zones::load(bytes);
  ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
  EXPECT_EQ(loaded->version(), Zones::embedded().version());
  EXPECT_EQ(loaded->names(), Zones::embedded().names());
}

TEST(Zones, AreFoundByTheirExactName) {
  const Zones& zones = Zones::embedded();
  for (std::string_view name : {"UTC", "Etc/UTC", "Europe/Paris", "US/Pacific", "Asia/Calcutta",
                                "America/Argentina/ComodRivadavia", "EST5EDT", "GMT+0"}) {
    EXPECT_TRUE(zones.find(name).has_value()) << name;
  }
  for (std::string_view name : {"", "europe/paris", "Europe/Paris ", "Europe", "Europe/Atlantis",
                                "posix/UTC", "right/UTC", "zzz"}) {
    EXPECT_FALSE(zones.find(name).has_value()) << name;
    EXPECT_EQ(zones.canonical(name), "") << name;
  }
}

TEST(Zones, NameWhatALinkStandsFor) {
  const Zones& zones = Zones::embedded();
  EXPECT_EQ(zones.canonical("Europe/Belfast"), "Europe/London");
  EXPECT_EQ(zones.canonical("US/Pacific"), "America/Los_Angeles");
  EXPECT_EQ(zones.canonical("Asia/Calcutta"), "Asia/Kolkata");
  EXPECT_EQ(zones.canonical("Europe/London"), "Europe/London");
  Instant at = *parse<Instant>("2026-07-01T00:00:00Z");
  EXPECT_EQ(zones.find("Europe/Belfast")->offset_at(at), hours{1});
}

TEST(Zones, CanBeReplacedAndCopied) {
  Body body{.offsets = {3600}, .footer = "<+01>-1"};
  Zones copy = Zones::embedded();
  {
    Result<Zones> loaded = Zones::load(pack(body));
    ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
    copy = *loaded;
  }
  EXPECT_EQ(copy.version(), "test");
  EXPECT_EQ(copy.canonical("Test/Link"), "Test/Zone");
  EXPECT_EQ(copy.find("Test/Link")->offset_at(Instant{}), hours{1});
}

TEST(Zones, RefuseUnsoundTables) {
  EXPECT_FALSE(is_refused({.transitions = {{0, 0}, {1, 1}}, .offsets = {0, 3600}}));
  EXPECT_TRUE(is_refused({.transitions = {{1, 0}, {1, 1}}, .offsets = {0, 3600}}));
  EXPECT_TRUE(is_refused({.transitions = {{2, 0}, {1, 1}}, .offsets = {0, 3600}}));
  EXPECT_TRUE(is_refused({.transitions = {{0, 2}}, .offsets = {0, 3600}}));
  EXPECT_TRUE(is_refused({.transitions = {{INT64_MAX, 0}}}));
  EXPECT_TRUE(is_refused({.offsets = {}}));
  EXPECT_TRUE(is_refused({.offsets = {26 * 3600}}));
  EXPECT_TRUE(is_refused({.offsets = {-25 * 3600}}));
}

TEST(Zones, ReadTheFootersOfTheStandard) {
  for (auto footer : {"UTC0", "EST5EDT,M3.2.0,M11.1.0", "<-03>3<-02>,M3.5.0/-2,M10.5.0/-1",
                      "IST-1GMT0,M10.5.0,M3.5.0/1", "XXX3EDT4,0/0,J365/23", "AAA-24:59:59",
                      "EET-2EEST,M3.4.4/50,M10.4.4/167"}) {
    EXPECT_FALSE(is_refused({.footer = footer})) << footer;
  }
  for (auto footer : {"U0", "UTC", "UTC25", "UTC0 ", "EST5EDT", "EST5EDT,M3.2.0", "<+01-1",
                      "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0",
                      "EST5EDT,J0,J9", "EST5EDT,366,9", "EST5EDT,M3.2.0/168,M11.1.0",
                      "EST5EDT,M3.2.0,M11.1.0,", "EST5:60", "UTC0\n"}) {
    EXPECT_TRUE(is_refused({.footer = footer})) << footer;
  }
}

// RFC 9636, 3.3.1: summer time that ends when it begins again is for all the year.
TEST(Zones, KnowSummerTimeForAllTheYear) {
  Zones zones = *Zones::load(pack({.footer = "EST5EDT,0/0,J365/25"}));
  Zone zone = *zones.find("Test/Zone");
  for (auto at : {"2027-01-01T04:59:59Z", "2027-01-01T05:00:00Z", "2027-01-01T05:30:00Z",
                  "2027-07-01T00:00:00Z", "2028-12-31T23:59:59Z"}) {
    EXPECT_EQ(zone.offset_at(*parse<Instant>(at)), hours{-4}) << at;
  }
  EXPECT_EQ(zone.resolve(*parse<LocalTime>("2027-01-01T00:30:00")).kind, LocalKind::unique);
}

// A week before and after the turn of the year, by hours that count across it.
TEST(Zones, KnowChangesThatLeaveTheirYear) {
  Zones zones = *Zones::load(pack({.footer = "AAA0BBB,J1/-24,J365/48"}));
  Zone zone = *zones.find("Test/Zone");
  EXPECT_EQ(zone.offset_at(*parse<Instant>("2026-12-30T23:59:59Z")), hours{1});
  EXPECT_EQ(zone.offset_at(*parse<Instant>("2027-01-01T00:59:59Z")), hours{1});
  zones = *Zones::load(pack({.footer = "AAA0BBB,J1/48,J360/-24"}));
  zone = *zones.find("Test/Zone");
  EXPECT_EQ(zone.offset_at(*parse<Instant>("2026-12-24T22:59:59Z")), hours{1});
  EXPECT_EQ(zone.offset_at(*parse<Instant>("2026-12-24T23:00:00Z")), hours{0});
  EXPECT_EQ(zone.offset_at(*parse<Instant>("2027-01-02T23:59:59Z")), hours{0});
  EXPECT_EQ(zone.offset_at(*parse<Instant>("2027-01-03T00:00:00Z")), hours{1});
  EXPECT_EQ(zone.resolve(*parse<LocalTime>("2027-01-03T00:30:00")).kind, LocalKind::gap);
}

TEST(Zones, RefuseEveryTruncatedPack) {
  Bytes bytes = pack({.transitions = {{0, 0}, {9, 1}}, .offsets = {0, 3600}, .footer = "UTC0"});
  ASSERT_TRUE(Zones::load(bytes).has_value());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Bytes part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    ASSERT_TRUE(Zones::load(part).has_error()) << size;
  }
}

TEST(Zones, SurviveAnyByteOfASmallPack) {
  const Bytes bytes = pack({.transitions = {{-9'000, 0}, {0, 1}, {9'000, 0}},
                            .offsets = {0, 3600},
                            .footer = "CET-1CEST,M3.5.0,M10.5.0/3"});
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    for (int value : {0, 1, 2, 0x2d, 0x39, 0x7f, 0x80, 0xff}) {
      Bytes other = bytes;
      other[at] = static_cast<unsigned char>(value);
      Result<Zones> zones = Zones::load(other);
      if (zones.has_value()) use(*zones);
    }
  }
}

TEST(Zones, SurviveDamageToTheCommittedPack) {
  const Bytes bytes = embedded_bytes();
  std::mt19937 random(1);
  for (int round = 0; round < 60; ++round) {
    Bytes other = bytes;
    for (int i = 0; i < 1 + round % 4; ++i) {
      other[random() % other.size()] ^= static_cast<unsigned char>(1 + random() % 255);
    }
    if (round % 3 == 0) other.resize(random() % other.size());
    Result<Zones> zones = Zones::load(other);
    if (zones.has_value()) use(*zones);
  }
}

}  // namespace
}  // namespace todo
