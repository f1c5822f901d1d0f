#include "todo/time.h"

#include <gtest/gtest.h>

namespace todo {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr Date monday{std::chrono::local_days{std::chrono::year{2026} / 11 / 23}};

template <class T>
std::string refusal(std::string_view text) {
  Result<T> result = parse<T>(text);
  return result.has_error() ? result.error().message : "read as " + to_text(*result);
}

template <class T>
void expect_fixed_points(std::initializer_list<std::string_view> texts) {
  for (std::string_view text : texts) {
    Result<T> value = parse<T>(text);
    ASSERT_TRUE(value.has_value()) << text << ": " << value.error().message;
    EXPECT_EQ(to_text(*value), text);
  }
}

template <class T>
void expect_malformed(std::initializer_list<std::string_view> texts) {
  for (std::string_view text : texts) {
    Result<T> value = parse<T>(text);
    ASSERT_TRUE(value.has_error()) << text;
    EXPECT_EQ(value.error().code, Errc::malformed) << text;
    EXPECT_EQ(value.error().field, "");
  }
}

TEST(TimeText, WritesWhatTheHeaderPromises) {
  LocalTime nine = monday + hours{9};
  EXPECT_EQ(to_text(monday), "2026-11-23");
  EXPECT_EQ(to_text(nine), "2026-11-23T09:00:00");
  Instant instant{nine.time_since_epoch()};
  EXPECT_EQ(to_text(instant), "2026-11-23T09:00:00Z");
  EXPECT_EQ(to_text(instant + milliseconds{250}), "2026-11-23T09:00:00.250Z");
  EXPECT_EQ(to_text(When{AllDay{monday}}), "2026-11-23");
  EXPECT_EQ(to_text(When{Floating{nine}}), "2026-11-23T09:00:00");
  EXPECT_EQ(to_text(When{Zoned{nine, "Europe/Paris"}}), "2026-11-23T09:00:00[Europe/Paris]");
  EXPECT_EQ(to_text(TimeOfDay{minutes{540}}), "09:00");
}

TEST(TimeText, ReadsWhatItWrites) {
  expect_fixed_points<Date>({"0001-01-01", "1970-01-01", "2024-02-29", "9999-12-31"});
  expect_fixed_points<LocalTime>({"0001-01-01T00:00:00", "2026-11-23T23:59:59"});
  expect_fixed_points<Instant>(
      {"1969-12-31T23:59:59.999Z", "2026-11-23T09:00:00Z", "2026-11-23T09:00:00.007Z"});
  expect_fixed_points<When>({"2026-11-23", "2026-11-23T09:00:00", "2026-11-23T09:00:00[Etc/GMT+5]",
                             "2026-11-23T09:00:00[America/Port-au-Prince]"});
  expect_fixed_points<TimeOfDay>({"00:00", "09:05", "23:59"});
}

TEST(TimeText, KeepsTheThreeKindsOfWhenApart) {
  EXPECT_EQ(*parse<When>("2026-11-23"), When(AllDay{monday}));
  EXPECT_EQ(*parse<When>("2026-11-23T00:00:00"), When(Floating{monday}));
  EXPECT_EQ(*parse<When>("2026-11-23T00:00:00[UTC]"), When(Zoned{monday, "UTC"}));
}

TEST(TimeText, RefusesOtherShapes) {
  expect_malformed<Date>({"", "2026-11-2", "2026-11-233", "26-11-23", "2026/11/23", " 2026-11-23",
                          "2026-11-23 ", "+2026-11-23", "2026-1a-23", "2026-11-23T09:00:00"});
  expect_malformed<LocalTime>({"2026-11-23", "2026-11-23T09:00", "2026-11-23 09:00:00",
                               "2026-11-23t09:00:00", "2026-11-23T9:00:00"});
  expect_malformed<Instant>({"2026-11-23T09:00:00", "2026-11-23T09:00:00z", "2026-11-23",
                             "2026-11-23T09:00:00.Z", "2026-11-23T09:00:00.25Z",
                             "2026-11-23T09:00:00.2500Z", "2026-11-23T09:00:00ZZ"});
  expect_malformed<When>({"", "2026-11-23T", "2026-11-23T09:00:00[", "2026-11-23T09:00:00[]",
                          "2026-11-23T09:00:00[Europe/Paris", "2026-11-23T09:00:00[a]b]",
                          "2026-11-23T09:00:00[+02:00]", "2026-11-23[Europe/Paris]"});
  expect_malformed<TimeOfDay>({"", "9:00", "09:00:00", "09.00", "09:00 "});
}

TEST(TimeText, SaysWhatIsOutOfRange) {
  EXPECT_EQ(refusal<Date>("0000-01-01"), "years go from 0001 to 9999");
  EXPECT_EQ(refusal<Date>("2026-13-01"), "months go from 01 to 12");
  EXPECT_EQ(refusal<Date>("2026-00-01"), "months go from 01 to 12");
  EXPECT_EQ(refusal<Date>("2026-02-30"), "there is no day 30 in February 2026");
  EXPECT_EQ(refusal<Date>("2025-02-29"), "there is no day 29 in February 2025");
  EXPECT_EQ(refusal<Date>("2026-11-00"), "there is no day 0 in November 2026");
  EXPECT_EQ(refusal<LocalTime>("2026-11-23T24:00:00"), "hours go from 00 to 23");
  EXPECT_EQ(refusal<LocalTime>("2026-11-23T23:60:00"), "minutes go from 00 to 59");
  EXPECT_EQ(refusal<Instant>("2016-12-31T23:59:60Z"), "seconds go from 00 to 59");
  EXPECT_EQ(refusal<TimeOfDay>("24:00"), "hours go from 00 to 23");
  EXPECT_EQ(parse<Date>("2026-02-30").error().code, Errc::out_of_range);
}

TEST(TimeText, SaysWhatToWriteInstead) {
  EXPECT_EQ(refusal<Date>("23.11.2026"), "expected a date like 2026-11-23");
  EXPECT_EQ(refusal<LocalTime>("2026-11-23T09:00:00.5"), "local times are in whole seconds");
  EXPECT_EQ(refusal<LocalTime>("2026-11-23T09:00:00Z"), "a local time has no offset, not even Z");
  EXPECT_EQ(refusal<When>("2026-11-23T09:00:00.000"), "local times are in whole seconds");
  for (auto text : {"2026-11-23T09:00:00+02:00", "2026-11-23T09:00:00-05:00[America/New_York]",
                    "2026-11-23T09:00:00Z"}) {
    EXPECT_EQ(refusal<When>(text),
              "a time has no offset: say the zone in brackets, like "
              "2026-11-23T09:00:00[Europe/Paris]");
  }
  EXPECT_EQ(refusal<Instant>("2026-11-23T09:00:00+02:00"),
            "instants are in UTC: they end with Z, not with an offset");
  EXPECT_EQ(refusal<Instant>("2026-11-23T09:00:00.000Z"), "a fraction of .000 is left out");
  EXPECT_EQ(refusal<TimeOfDay>("09:00:30"), "a time of day is in whole minutes, like 09:00");
}

TEST(Duration, ReadsWhatItWrites) {
  expect_fixed_points<Duration>({"PT0S", "P1D", "-P1D", "PT1S", "PT30M", "-PT15M", "PT1H30M",
                                 "P1DT2H30M", "-P1DT23H59M59S", "P2147483647D", "-P2147483648D"});
  EXPECT_EQ(*parse<Duration>("-P1DT2H30M"), (Duration{-1, -9000}));
  EXPECT_EQ(*parse<Duration>("PT0S"), Duration{});
}

TEST(Duration, OffersTheCanonicalForm) {
  auto instead = [](std::string_view text) {
    return "expected the shortest form of this duration: write " + std::string(text);
  };
  EXPECT_EQ(refusal<Duration>("PT24H"), instead("P1D"));
  EXPECT_EQ(refusal<Duration>("PT90M"), instead("PT1H30M"));
  EXPECT_EQ(refusal<Duration>("P1W"), instead("P7D"));
  EXPECT_EQ(refusal<Duration>("P0D"), instead("PT0S"));
  EXPECT_EQ(refusal<Duration>("-PT0S"), instead("PT0S"));
  EXPECT_EQ(refusal<Duration>("PT030M"), instead("PT30M"));
  EXPECT_EQ(refusal<Duration>("PT1M1H"), instead("PT1H1M"));
}

TEST(Duration, RefusesWhatIsNone) {
  expect_malformed<Duration>({"", "P", "PT", "P1DT", "1D", "P1", "P1H", "PT1D", "+P1D", "P-1D",
                              "p1d", "P1D ", "PTT1S", "P1Y", "P1M", "PT1.5S"});
  EXPECT_EQ(refusal<Duration>("P1M"), "a duration has no years or months, which vary in length");
  EXPECT_EQ(refusal<Duration>("PT1.5S"), "durations are in whole seconds");
  for (auto text : {"P2147483648D", "-P2147483649D", "P99999999999999999999D", "PT999999999999H"}) {
    EXPECT_EQ(parse<Duration>(text).error().code, Errc::out_of_range) << text;
  }
}

// Sums must not overflow, however often a part is repeated.
TEST(Duration, RefusesManyLongParts) {
  std::string text = "PT";
  for (int i = 0; i < 5000; ++i) text += "999999999999H";
  EXPECT_EQ(parse<Duration>(text).error().code, Errc::out_of_range);
}

TEST(When, KeepsItsKindAtAnotherTime) {
  LocalTime later = monday + days{1} + hours{10};
  EXPECT_EQ(with_local_time(AllDay{monday}, later), When(AllDay{monday + days{1}}));
  EXPECT_EQ(with_local_time(Floating{monday}, later), When(Floating{later}));
  EXPECT_EQ(with_local_time(Zoned{monday, "UTC"}, later), When(Zoned{later, "UTC"}));
}

TEST(When, HasADayAndALocalTime) {
  LocalTime evening = monday + hours{20};
  EXPECT_EQ(date_of(AllDay{monday}), monday);
  EXPECT_EQ(local_time_of(AllDay{monday}), LocalTime{monday});
  EXPECT_EQ(date_of(Zoned{evening, "UTC"}), monday);
  EXPECT_EQ(local_time_of(Floating{evening}), evening);
  EXPECT_EQ(date_of(Floating{LocalTime{seconds{-1}}}), Date{days{-1}});
}

TEST(Weekday, CountsFromMonday) {
  EXPECT_EQ(weekday_of(monday), Weekday::monday);
  EXPECT_EQ(weekday_of(monday + days{6}), Weekday::sunday);
  EXPECT_EQ(name_of(weekday_of(Date{days{0}})), "thursday");
}

}  // namespace
}  // namespace todo
