#include "todo/zone.h"

#include <gtest/gtest.h>

namespace todo {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

Zone zone(std::string_view name) {
  std::optional<Zone> found = Zones::embedded().find(name);
  EXPECT_TRUE(found.has_value()) << name;
  return *found;
}

std::string utc(std::string_view name, std::string_view local) {
  return to_text(zone(name).to_instant(*parse<LocalTime>(local)));
}

std::string local(std::string_view name, std::string_view instant) {
  return to_text(zone(name).to_local(*parse<Instant>(instant)));
}

LocalKind kind(std::string_view name, std::string_view local) {
  return zone(name).resolve(*parse<LocalTime>(local)).kind;
}

std::chrono::seconds offset(std::string_view name, std::string_view instant) {
  return zone(name).offset_at(*parse<Instant>(instant));
}

TEST(Zone, ReadsATimeInAGapWithTheOffsetBeforeIt) {
  EXPECT_EQ(utc("Europe/Paris", "2026-03-29T01:59:59"), "2026-03-29T00:59:59Z");
  EXPECT_EQ(utc("Europe/Paris", "2026-03-29T02:00:00"), "2026-03-29T01:00:00Z");
  EXPECT_EQ(utc("Europe/Paris", "2026-03-29T02:30:00"), "2026-03-29T01:30:00Z");
  EXPECT_EQ(local("Europe/Paris", "2026-03-29T01:30:00Z"), "2026-03-29T03:30:00");
  EXPECT_EQ(utc("Europe/Paris", "2026-03-29T03:00:00"), "2026-03-29T01:00:00Z");
  EXPECT_EQ(utc("America/New_York", "2026-03-08T02:30:00"), "2026-03-08T07:30:00Z");
}

TEST(Zone, TakesTheFirstOfATimeThatComesTwice) {
  EXPECT_EQ(utc("Europe/Paris", "2026-10-25T01:59:59"), "2026-10-24T23:59:59Z");
  EXPECT_EQ(utc("Europe/Paris", "2026-10-25T02:30:00"), "2026-10-25T00:30:00Z");
  EXPECT_EQ(utc("Europe/Paris", "2026-10-25T03:00:00"), "2026-10-25T02:00:00Z");
  EXPECT_EQ(utc("America/New_York", "2026-11-01T01:30:00"), "2026-11-01T05:30:00Z");
}

TEST(Zone, SaysWhatKindATimeIs) {
  EXPECT_EQ(kind("Europe/Paris", "2026-03-29T01:59:59"), LocalKind::unique);
  EXPECT_EQ(kind("Europe/Paris", "2026-03-29T02:00:00"), LocalKind::gap);
  EXPECT_EQ(kind("Europe/Paris", "2026-03-29T02:59:59"), LocalKind::gap);
  EXPECT_EQ(kind("Europe/Paris", "2026-03-29T03:00:00"), LocalKind::unique);
  EXPECT_EQ(kind("Europe/Paris", "2026-10-25T01:59:59"), LocalKind::unique);
  EXPECT_EQ(kind("Europe/Paris", "2026-10-25T02:00:00"), LocalKind::overlap);
  EXPECT_EQ(kind("Europe/Paris", "2026-10-25T02:59:59"), LocalKind::overlap);
  EXPECT_EQ(kind("Europe/Paris", "2026-10-25T03:00:00"), LocalKind::unique);
}

// Half an hour of daylight saving, south of the equator.
TEST(Zone, KnowsLordHowe) {
  EXPECT_EQ(offset("Australia/Lord_Howe", "2026-07-01T00:00:00Z"), hours{10} + minutes{30});
  EXPECT_EQ(offset("Australia/Lord_Howe", "2026-01-01T00:00:00Z"), hours{11});
  EXPECT_EQ(kind("Australia/Lord_Howe", "2026-10-04T02:15:00"), LocalKind::gap);
  EXPECT_EQ(utc("Australia/Lord_Howe", "2026-10-04T02:15:00"), "2026-10-03T15:45:00Z");
  EXPECT_EQ(kind("Australia/Lord_Howe", "2026-10-04T02:30:00"), LocalKind::unique);
  EXPECT_EQ(kind("Australia/Lord_Howe", "2026-04-05T01:45:00"), LocalKind::overlap);
  EXPECT_EQ(utc("Australia/Lord_Howe", "2026-04-05T01:45:00"), "2026-04-04T14:45:00Z");
}

// Summer time is taken back for Ramadan: four changes in 2025.
TEST(Zone, KnowsCasablanca) {
  EXPECT_EQ(offset("Africa/Casablanca", "2025-02-01T00:00:00Z"), hours{1});
  EXPECT_EQ(offset("Africa/Casablanca", "2025-03-15T00:00:00Z"), hours{0});
  EXPECT_EQ(offset("Africa/Casablanca", "2025-05-01T00:00:00Z"), hours{1});
  EXPECT_EQ(kind("Africa/Casablanca", "2025-04-06T02:30:00"), LocalKind::gap);
}

TEST(Zone, KnowsOffsetsThatAreNoWholeHours) {
  EXPECT_EQ(local("Asia/Kathmandu", "2026-11-23T00:00:00Z"), "2026-11-23T05:45:00");
  EXPECT_EQ(local("Asia/Kolkata", "2026-11-23T00:00:00Z"), "2026-11-23T05:30:00");
  EXPECT_EQ(local("Pacific/Chatham", "2026-07-01T00:00:00Z"), "2026-07-01T12:45:00");
}

// A day may lack its midnight, and a zone may skip a whole day.
TEST(Zone, KnowsDaysWithoutMidnightAndADayThatNeverWas) {
  EXPECT_EQ(kind("America/Sao_Paulo", "2018-11-04T00:00:00"), LocalKind::gap);
  EXPECT_EQ(utc("America/Sao_Paulo", "2018-11-04T00:00:00"), "2018-11-04T03:00:00Z");
  EXPECT_EQ(local("America/Sao_Paulo", "2018-11-04T03:00:00Z"), "2018-11-04T01:00:00");
  EXPECT_EQ(kind("Pacific/Apia", "2011-12-30T12:00:00"), LocalKind::gap);
  EXPECT_EQ(utc("Pacific/Apia", "2011-12-30T12:00:00"), "2011-12-30T22:00:00Z");
  EXPECT_EQ(local("Pacific/Apia", "2011-12-30T22:00:00Z"), "2011-12-31T12:00:00");
}

// Ireland's "summer" is its standard time, and its winter the exception; Greenland's changes are
// before the day that their rule names.
TEST(Zone, KnowsUnusualFooters) {
  EXPECT_EQ(offset("Europe/Dublin", "2040-01-15T12:00:00Z"), hours{0});
  EXPECT_EQ(offset("Europe/Dublin", "2040-07-15T12:00:00Z"), hours{1});
  EXPECT_EQ(offset("America/Nuuk", "2040-03-25T00:59:59Z"), hours{-2});
  EXPECT_EQ(offset("America/Nuuk", "2040-03-25T01:00:00Z"), hours{-1});
}

TEST(Zone, FollowsItsFooterForEver) {
  EXPECT_EQ(kind("Europe/Paris", "2099-03-29T02:30:00"), LocalKind::gap);
  EXPECT_EQ(utc("Europe/Paris", "2099-07-01T12:00:00"), "2099-07-01T10:00:00Z");
  EXPECT_EQ(kind("America/New_York", "2400-11-05T01:30:00"), LocalKind::overlap);
  EXPECT_EQ(utc("Australia/Sydney", "9999-12-31T23:59:59"), "9999-12-31T12:59:59Z");
}

TEST(Zone, HasLocalMeanTimeBeforeItsFirstTransition) {
  EXPECT_EQ(local("Europe/Paris", "1800-01-01T00:00:00Z"), "1800-01-01T00:09:21");
  EXPECT_EQ(utc("America/New_York", "0001-01-01T00:00:00"), "0001-01-01T04:56:02Z");
  EXPECT_EQ(kind("Europe/Paris", "0001-01-01T00:00:00"), LocalKind::unique);
}

TEST(Zone, RoundsInstantsDownToSeconds) {
  EXPECT_EQ(local("UTC", "1969-12-31T23:59:59.999Z"), "1969-12-31T23:59:59");
  EXPECT_EQ(offset("Europe/Paris", "2026-03-29T00:59:59.999Z"), hours{1});
}

// Every quarter of an hour of some years must be found again, and be where `kind` says it is.
TEST(Zone, ResolvesWhatItShows) {
  for (std::string_view name : {"Europe/Paris", "America/New_York", "Australia/Lord_Howe",
                                "Africa/Casablanca", "Pacific/Apia", "America/Sao_Paulo"}) {
    Zone zone = todo::zone(name);
    Instant at = *parse<Instant>("2011-01-01T00:00:00Z");
    for (Instant end = at + hours{24 * 365 * 10}; at < end; at += minutes{15}) {
      LocalTime local = zone.to_local(at);
      Resolved resolved = zone.resolve(local);
      ASSERT_NE(resolved.kind, LocalKind::gap) << name << ' ' << to_text(at);
      ASSERT_EQ(zone.to_local(resolved.instant), local) << name << ' ' << to_text(at);
      if (resolved.instant == at) continue;
      ASSERT_EQ(resolved.kind, LocalKind::overlap) << name << ' ' << to_text(at);
      ASSERT_LT(resolved.instant, at);
    }
  }
}

}  // namespace
}  // namespace todo
