#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <ctime>

#include "random_rules.h"
#include "todo/task.h"

namespace todo {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

Recurrence recurrence(std::string_view anchor, std::initializer_list<std::string_view> rules) {
  Recurrence made;
  made.anchor = *parse<When>(anchor);
  for (std::string_view rule : rules) made.rules.push_back(*parse<Rule>(rule));
  return made;
}

std::optional<Zone> zone_of(const Recurrence& recurrence) {
  const auto* zoned = std::get_if<Zoned>(&*recurrence.anchor);
  if (!zoned) return {};
  return Zones::embedded().find(zoned->zone);
}

std::vector<std::string> first(std::size_t limit, const Recurrence& recurrence,
                               std::optional<LocalTime> after = {}) {
  std::vector<std::string> texts;
  for (LocalTime time : occurrences(recurrence, after, limit, zone_of(recurrence)))
    texts.push_back(to_text(time));
  return texts;
}

std::vector<std::string> first_dates(std::size_t limit, const Recurrence& recurrence) {
  std::vector<std::string> texts = first(limit, recurrence);
  for (std::string& text : texts) text.resize(10);
  return texts;
}

TEST(Recurrence, KeepsTheHourOfTheWallClock) {
  EXPECT_THAT(first(3, recurrence("2026-10-18T09:00:00[Europe/Paris]", {"FREQ=WEEKLY"})),
              ElementsAre("2026-10-18T09:00:00", "2026-10-25T09:00:00", "2026-11-01T09:00:00"));
}

// 02:30 does not exist on 29 March; what comes after it is as if nothing had been.
TEST(Recurrence, MovesWhatFallsIntoAGapAndNothingElse) {
  EXPECT_THAT(first(3, recurrence("2026-03-28T02:30:00[Europe/Paris]", {"FREQ=DAILY"})),
              ElementsAre("2026-03-28T02:30:00", "2026-03-29T03:30:00", "2026-03-30T02:30:00"));
}

TEST(Recurrence, CountsElapsedHoursBelowADay) {
  Recurrence gap = recurrence("2026-03-29T00:30:00[Europe/Paris]", {"FREQ=HOURLY"});
  EXPECT_THAT(first(4, gap), ElementsAre("2026-03-29T00:30:00", "2026-03-29T01:30:00",
                                         "2026-03-29T03:30:00", "2026-03-29T04:30:00"));
  Recurrence overlap = recurrence("2026-10-25T01:30:00[Europe/Paris]", {"FREQ=HOURLY"});
  EXPECT_THAT(first(4, overlap), ElementsAre("2026-10-25T01:30:00", "2026-10-25T02:30:00",
                                             "2026-10-25T02:30:00", "2026-10-25T03:30:00"));
}

// A task that recurs by the quarter would else do the hour that comes twice for ever.
TEST(Recurrence, GoesForwardOnTheClockFromOccurrenceToOccurrence) {
  Recurrence quarters =
      recurrence("2026-10-25T01:45:00[Europe/Paris]", {"FREQ=MINUTELY;INTERVAL=15"});
  LocalTime time = local_time_of(*quarters.anchor);
  for (int i = 0; i < 10; ++i) {
    std::optional<LocalTime> next = next_after(quarters, time, zone_of(quarters));
    ASSERT_TRUE(next);
    EXPECT_EQ(*next, time + minutes{15});
    time = *next;
  }
}

TEST(Recurrence, LeavesOutAnAnchorThatDoesNotMatchAndDoesNotCountIt) {
  EXPECT_THAT(first_dates(9, recurrence("2026-11-25", {"FREQ=WEEKLY;BYDAY=MO;COUNT=2"})),
              ElementsAre("2026-11-30", "2026-12-07"));
}

TEST(Recurrence, SkipsMonthsThatAreTooShort) {
  EXPECT_THAT(first_dates(4, recurrence("2026-01-31", {"FREQ=MONTHLY"})),
              ElementsAre("2026-01-31", "2026-03-31", "2026-05-31", "2026-07-31"));
  EXPECT_THAT(first_dates(3, recurrence("2024-02-29", {"FREQ=YEARLY"})),
              ElementsAre("2024-02-29", "2028-02-29", "2032-02-29"));
  EXPECT_THAT(first_dates(3, recurrence("2096-02-29", {"FREQ=YEARLY;INTERVAL=2"})),
              ElementsAre("2096-02-29", "2104-02-29", "2108-02-29"));
}

TEST(Recurrence, CountsWeeksFromTheWeekStart) {
  // RFC 5545, 3.8.5.3: the same rule with two starts of the week.
  EXPECT_THAT(first_dates(4, recurrence("1997-08-05", {"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU"})),
              ElementsAre("1997-08-05", "1997-08-10", "1997-08-19", "1997-08-24"));
  EXPECT_THAT(
      first_dates(4, recurrence("1997-08-05", {"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU"})),
      ElementsAre("1997-08-05", "1997-08-17", "1997-08-19", "1997-08-31"));
}

TEST(Recurrence, NumbersWeekdaysWithinTheMonthOrTheYear) {
  EXPECT_THAT(first_dates(2, recurrence("2026-01-01", {"FREQ=MONTHLY;BYDAY=-1FR"})),
              ElementsAre("2026-01-30", "2026-02-27"));
  EXPECT_THAT(first_dates(2, recurrence("2026-01-01", {"FREQ=YEARLY;BYDAY=-1FR"})),
              ElementsAre("2026-12-25", "2027-12-31"));
  EXPECT_THAT(first_dates(2, recurrence("2026-01-01", {"FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"})),
              ElementsAre("2026-03-08", "2027-03-14"));
  EXPECT_THAT(first_dates(2, recurrence("2026-01-01", {"FREQ=YEARLY;BYDAY=53TH"})),
              ElementsAre("2026-12-31", "2032-12-30"));
}

TEST(Recurrence, ExpandsMonthDaysOfAYearToEveryMonth) {
  EXPECT_THAT(first_dates(3, recurrence("2026-01-01", {"FREQ=YEARLY;BYMONTHDAY=-1,15"})),
              ElementsAre("2026-01-15", "2026-01-31", "2026-02-15"));
}

TEST(Recurrence, EndsAtItsUntil) {
  auto ends_after = [](std::string_view anchor, std::string_view rule) {
    return first(99, recurrence(anchor, {rule})).size();
  };
  EXPECT_EQ(ends_after("2026-11-23", "FREQ=DAILY;UNTIL=20261125"), 3U);
  EXPECT_EQ(ends_after("2026-11-23T09:00:00", "FREQ=DAILY;UNTIL=20261125T085959"), 2U);
  EXPECT_EQ(ends_after("2026-11-23T09:00:00", "FREQ=DAILY;UNTIL=20261125T090000"), 3U);
  EXPECT_EQ(ends_after("2026-11-23T09:00:00[Europe/Paris]", "FREQ=DAILY;UNTIL=20261125T080000Z"),
            3U);
  EXPECT_EQ(ends_after("2026-11-23T09:00:00[Europe/Paris]", "FREQ=DAILY;UNTIL=20261125T075959Z"),
            2U);
}

TEST(Recurrence, ReadsAnUntilInUtcByTheClockOfItsReader) {
  Recurrence floating = recurrence("2026-11-23T20:00:00", {"FREQ=DAILY;UNTIL=20261125T010000Z"});
  std::optional<Zone> new_york = Zones::embedded().find("America/New_York");
  EXPECT_EQ(occurrences(floating, {}, 99, new_york).size(), 2U);
  EXPECT_EQ(occurrences(floating, {}, 99, {}).size(), 2U);
  std::optional<Zone> tokyo = Zones::embedded().find("Asia/Tokyo");
  EXPECT_EQ(occurrences(floating, {}, 99, tokyo).size(), 2U);
  floating.rules = {*parse<Rule>("FREQ=DAILY;UNTIL=20261125T110000Z")};
  EXPECT_EQ(occurrences(floating, {}, 99, tokyo).size(), 3U);
}

TEST(Recurrence, UnitesRulesAndDatesWithoutExceptions) {
  Recurrence set =
      recurrence("2026-11-23", {"FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;INTERVAL=7;COUNT=2"});
  set.rdates = {*parse<When>("2026-11-26"), *parse<When>("2026-11-23"), *parse<When>("2026-11-01")};
  set.exdates = {*parse<When>("2026-11-30"), *parse<When>("2027-01-01")};
  EXPECT_THAT(first_dates(9, set),
              ElementsAre("2026-11-01", "2026-11-23", "2026-11-26", "2026-12-07"));
}

TEST(Recurrence, NeedsNoRuleIfItHasDates) {
  Recurrence set = recurrence("2026-11-23", {});
  set.rdates = {*parse<When>("2026-12-24")};
  EXPECT_THAT(first_dates(9, set), ElementsAre("2026-12-24"));
}

TEST(Recurrence, HasNoOccurrencesWithoutAnAnchor) {
  Recurrence set = recurrence("2026-11-23", {"FREQ=DAILY"});
  set.anchor.reset();
  EXPECT_THAT(occurrences(set, {}, 9, {}), IsEmpty());
}

TEST(Recurrence, EndsWithTheYear9999) {
  EXPECT_THAT(first_dates(9, recurrence("9998-06-01", {"FREQ=YEARLY"})),
              ElementsAre("9998-06-01", "9999-06-01"));
  EXPECT_THAT(first_dates(9, recurrence("9999-12-30", {"FREQ=DAILY"})),
              ElementsAre("9999-12-30", "9999-12-31"));
  EXPECT_EQ(first(9, recurrence("9999-12-31T23:59:58", {"FREQ=SECONDLY"})).size(), 2U);
  for (std::string_view frequency :
       {"SECONDLY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"}) {
    std::string rule = "FREQ=" + std::string(frequency) + ";INTERVAL=4294967295";
    EXPECT_LE(first(99, recurrence("0001-01-01T00:00:00", {rule})).size(), 74U) << rule;
  }
}

// Of this program alone, so that a busy machine makes no difference. A search that counts steps
// would take hours: there is no need to be exact.
std::chrono::seconds computing_time() {
  return std::chrono::seconds{std::clock() / CLOCKS_PER_SEC};
}

// Each would take other programs for ever, or a step for each second of the distance.
TEST(Recurrence, KnowsAtOnceThatThereIsNoMore) {
  std::chrono::seconds begin = computing_time();
  for (std::string_view rule :
       {"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;INTERVAL=12;BYMONTH=3",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=HOURLY;INTERVAL=168;BYDAY=MO", "FREQ=WEEKLY;INTERVAL=4294967295;BYDAY=WE",
        "FREQ=DAILY;COUNT=4294967295;BYMONTHDAY=31;BYMONTH=4"}) {
    EXPECT_THAT(first(1, recurrence("2026-01-15T09:00:00", {rule})), IsEmpty()) << rule;
  }
  EXPECT_LT(computing_time() - begin, std::chrono::seconds{30});
}

TEST(Recurrence, JumpsOverAnyDistance) {
  LocalTime far = local_time_of(*parse<When>("5000-05-05T05:05:05"));
  std::chrono::seconds begin = computing_time();
  for (std::string_view rule :
       {"FREQ=SECONDLY", "FREQ=SECONDLY;INTERVAL=7;BYMONTH=2", "FREQ=MINUTELY;BYDAY=MO",
        "FREQ=HOURLY;COUNT=4294967295", "FREQ=SECONDLY;COUNT=4294967295;BYMONTHDAY=13",
        "FREQ=MINUTELY;COUNT=4294967295;BYDAY=TU,TH,SA", "FREQ=DAILY;INTERVAL=2;COUNT=4294967295",
        "FREQ=DAILY;COUNT=4294967295", "FREQ=WEEKLY", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=YEARLY"}) {
    first(3, recurrence("1000-01-15T09:00:00", {rule}), far);
    first(3, recurrence("1000-01-15T09:00:00[Europe/Paris]", {rule}), far);
  }
  EXPECT_LT(computing_time() - begin, std::chrono::seconds{30});
}

// Whether the answer is reached by a jump or by going there must make no difference.
TEST(Recurrence, JumpsToWhatItWouldWalkTo) {
  RandomRules random;
  SCOPED_TRACE(random.seed_note());
  const std::vector<std::string> zones = {"", "Europe/Paris", "America/St_Johns", "Pacific/Apia"};
  for (int i = 0; i < 3000; ++i) {
    Recurrence set;
    set.rules = {random.rule()};
    if (random.chance(20)) set.rules.push_back(random.rule());
    LocalTime anchor = random.time(1995, 2030);
    const std::string& zone = random.one_of(zones);
    set.anchor = zone.empty() ? When{Floating{anchor}} : When{Zoned{anchor, zone}};

    std::vector<LocalTime> walked = occurrences(set, {}, 60, zone_of(set));
    if (walked.empty()) continue;
    LocalTime after =
        random.chance(70) ? random.one_of(walked) : anchor + hours{random.number(-100, 5000)};
    std::vector<LocalTime> jumped = occurrences(set, after, 5, zone_of(set));

    std::vector<LocalTime> expected;
    for (LocalTime time : walked) {
      if (expected.size() < 5 && (time > after || !expected.empty())) expected.push_back(time);
    }
    jumped.resize(std::min(jumped.size(), expected.size()));
    ASSERT_EQ(jumped, expected) << to_text(set.rules[0]) << " from " << to_text(*set.anchor)
                                << " after " << to_text(after);
  }
}

TEST(RecurrenceFlaw, IsNoneOfASoundOne) {
  EXPECT_EQ(flaw_of(recurrence("2026-11-23", {"FREQ=DAILY"})), std::nullopt);
  Recurrence without_anchor = recurrence("2026-11-23", {"FREQ=HOURLY"});
  without_anchor.anchor.reset();
  EXPECT_EQ(flaw_of(without_anchor), std::nullopt);
}

std::string flaw_field(const Recurrence& recurrence) {
  std::optional<Error> flaw = flaw_of(recurrence);
  return flaw ? std::string(name_of(flaw->code)) + ' ' + flaw->field : "none";
}

TEST(RecurrenceFlaw, NamesTheMember) {
  EXPECT_EQ(flaw_field(recurrence("2026-11-23", {})), "missing /rules");
  EXPECT_EQ(flaw_field(recurrence("2026-11-23", {"FREQ=DAILY", "FREQ=HOURLY"})),
            "invalid /rules/1");

  Recurrence set = recurrence("2026-11-23", {"FREQ=DAILY"});
  set.rdates = {AllDay{}, Floating{}};
  EXPECT_EQ(flaw_field(set), "invalid /rdates/1");
  set = recurrence("2026-11-23T09:00:00[Europe/Paris]", {"FREQ=DAILY"});
  set.exdates = {Zoned{LocalTime{}, "Europe/Paris"}, Zoned{LocalTime{}, "Europe/Berlin"}};
  EXPECT_EQ(flaw_field(set), "invalid /exdates/1");
  set.exdates = {Zoned{LocalTime{days{-800'000}}, "Europe/Paris"}};
  EXPECT_EQ(flaw_field(set), "out_of_range /exdates/0");
  set = recurrence("2026-11-23", {"FREQ=DAILY"});
  set.anchor = AllDay{last_date + days{1}};
  EXPECT_EQ(flaw_field(set), "out_of_range /anchor");
}

TEST(RecurrenceFlaw, HasLimitsAtTheirEdge) {
  Recurrence set = recurrence("2026-11-23", {});
  set.rules.assign(limits::rules, Rule{});
  set.rdates.assign(limits::dates, AllDay{});
  set.exdates.assign(limits::dates, AllDay{});
  EXPECT_EQ(flaw_field(set), "none");

  Recurrence rules = set;
  rules.rules.emplace_back();
  EXPECT_EQ(flaw_field(rules), "out_of_range /rules");
  Recurrence rdates = set;
  rdates.rdates.push_back(AllDay{});
  EXPECT_EQ(flaw_field(rdates), "out_of_range /rdates");
  Recurrence exdates = set;
  exdates.exdates.push_back(AllDay{});
  EXPECT_EQ(flaw_field(exdates), "out_of_range /exdates");
}

// What a program builds has to be what a text could say.
TEST(RecurrenceFlaw, ChecksRulesThatNoTextWasReadFor) {
  auto flawed = [](const Rule& rule) {
    Recurrence set;
    set.rules = {rule};
    return flaw_field(set);
  };
  EXPECT_EQ(flawed({.interval = 0}), "out_of_range /rules/0");
  EXPECT_EQ(flawed({.count = 0}), "out_of_range /rules/0");
  EXPECT_EQ(flawed({.count = 1, .until = Date{}}), "invalid /rules/0");
  EXPECT_EQ(flawed({.until = Instant{std::chrono::milliseconds{1}}}), "invalid /rules/0");
  EXPECT_EQ(flawed({.until = last_date + days{1}}), "out_of_range /rules/0");
  EXPECT_EQ(flawed({.by_month = {2, 1}}), "invalid /rules/0");
  EXPECT_EQ(flawed({.by_month = {1, 1}}), "invalid /rules/0");
  EXPECT_EQ(flawed({.by_month = {13}}), "out_of_range /rules/0");
  EXPECT_EQ(flawed({.by_month_day = {0}}), "out_of_range /rules/0");
  EXPECT_EQ(flawed({.by_day = {{Weekday::monday, 1}}}), "invalid /rules/0");
  EXPECT_EQ(flawed({.by_day = {{Weekday::tuesday, 0}, {Weekday::monday, 0}}}), "invalid /rules/0");
  EXPECT_EQ(flawed({.frequency = Frequency::yearly, .by_day = {{Weekday::monday, 54}}}),
            "out_of_range /rules/0");
}

}  // namespace
}  // namespace todo
