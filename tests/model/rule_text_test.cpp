#include <gtest/gtest.h>

#include "random_rules.h"
#include "todo/recurrence.h"

namespace todo {
namespace {

using std::chrono::hours;

Rule rule(std::string_view text) {
  Result<Rule> result = parse<Rule>(text);
  EXPECT_TRUE(result.has_value()) << text << ": " << result.error().message;
  return result.has_value() ? *result : Rule{};
}

Error refusal(std::string_view text) {
  Result<Rule> result = parse<Rule>(text);
  EXPECT_TRUE(result.has_error()) << text << " is read as " << to_text(*result);
  return result.has_error() ? result.error() : Error{};
}

TEST(RuleText, ReadsEachPart) {
  Rule expected{.frequency = Frequency::yearly,
                .interval = 3,
                .count = 7,
                .by_month = {1, 12},
                .by_month_day = {-31, 15},
                .by_day = {{Weekday::monday, 0}, {Weekday::friday, -1}},
                .week_start = Weekday::sunday};
  EXPECT_TRUE(rule("FREQ=YEARLY;INTERVAL=3;COUNT=7;BYMONTH=1,12;BYMONTHDAY=-31,15;BYDAY=MO,-1FR;"
                   "WKST=SU") == expected);
}

TEST(RuleText, ReadsEachFrequency) {
  EXPECT_EQ(rule("FREQ=SECONDLY").frequency, Frequency::secondly);
  EXPECT_EQ(rule("FREQ=MINUTELY").frequency, Frequency::minutely);
  EXPECT_EQ(rule("FREQ=HOURLY").frequency, Frequency::hourly);
  EXPECT_EQ(rule("FREQ=DAILY").frequency, Frequency::daily);
  EXPECT_EQ(rule("FREQ=WEEKLY").frequency, Frequency::weekly);
  EXPECT_EQ(rule("FREQ=MONTHLY").frequency, Frequency::monthly);
  EXPECT_EQ(rule("FREQ=YEARLY").frequency, Frequency::yearly);
}

TEST(RuleText, ReadsTheThreeKindsOfUntil) {
  Date date{std::chrono::local_days{std::chrono::year{2026} / 12 / 31}};
  EXPECT_TRUE(*rule("FREQ=DAILY;UNTIL=20261231").until == Until{date});
  EXPECT_TRUE(*rule("FREQ=DAILY;UNTIL=20261231T090000").until == Until{date + hours{9}});
  Instant instant{(date + hours{9}).time_since_epoch()};
  EXPECT_TRUE(*rule("FREQ=DAILY;UNTIL=20261231T090000Z").until == Until{instant});
}

TEST(RuleText, ReadsAnyOrderAndCaseAndWritesOne) {
  EXPECT_EQ(to_text(rule("wkst=mo;byday=+1fr,mo,MO;interval=01;freq=monthly")),
            "FREQ=MONTHLY;BYDAY=MO,1FR");
  EXPECT_EQ(to_text(rule("BYMONTH=12,1,12;BYMONTHDAY=15,-1;COUNT=3;FREQ=YEARLY")),
            "FREQ=YEARLY;COUNT=3;BYMONTHDAY=-1,15;BYMONTH=1,12");
}

TEST(RuleText, IsAFixedPoint) {
  for (std::string text :
       {"FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=SU",
        "FREQ=SECONDLY;COUNT=4294967295", "FREQ=MONTHLY;UNTIL=99991231T235959Z;BYDAY=-1FR,2FR",
        "FREQ=YEARLY;UNTIL=00010101", "FREQ=HOURLY;UNTIL=20261231T090000;INTERVAL=4294967295"}) {
    EXPECT_EQ(to_text(rule(text)), text);
  }
}

TEST(RuleText, SaysWhatThisVersionDoesNotDo) {
  for (std::string part : {"BYSECOND=0", "BYMINUTE=0", "BYHOUR=9", "BYYEARDAY=1", "BYWEEKNO=20",
                           "BYSETPOS=-1", "SKIP=FORWARD", "RSCALE=GREGORIAN"}) {
    Error error = refusal("FREQ=YEARLY;" + part);
    EXPECT_EQ(error.code, Errc::unsupported);
    EXPECT_EQ(error.message, part.substr(0, part.find('=')) + " is not supported by this version");
  }
  EXPECT_EQ(refusal("RSCALE=HEBREW;FREQ=YEARLY;BYMONTH=5L").code, Errc::unsupported);
  EXPECT_EQ(refusal("FREQ=YEARLY;BYMONTH=5L").message,
            "BYMONTH with leap months belongs to other calendars");
}

TEST(RuleText, RefusesBrokenSyntax) {
  for (std::string_view text : {"",
                                ";",
                                "FREQ",
                                "FREQ=",
                                "FREQ=DAILY;",
                                "FREQ=DAILY;;COUNT=2",
                                "FREQ=SMONTHLY",
                                "FREQ =DAILY",
                                "RRULE:FREQ=DAILY",
                                "FREQ=DAILY;COUNT=",
                                "FREQ=DAILY;COUNT=two",
                                "FREQ=DAILY;COUNT=1.5",
                                "FREQ=DAILY;BYMONTH=1,",
                                "FREQ=DAILY;BYMONTH=,1",
                                "FREQ=DAILY;BYMONTH=1,,2",
                                "FREQ=DAILY;BYMONTH=bla",
                                "FREQ=DAILY;BYDAY=XX",
                                "FREQ=MONTHLY;BYDAY=1",
                                "FREQ=MONTHLY;BYDAY=M",
                                "FREQ=MONTHLY;BYDAY=MO1",
                                "FREQ=DAILY;WKST=1MO",
                                "FREQ=DAILY;UNTIL=2026-12-31",
                                "FREQ=DAILY;UNTIL=20261231T0900",
                                "FREQ=DAILY;UNTIL=20261231T090000+",
                                "FREQ=DAILY;UNTIL=2026123a",
                                "FREQ=DAILY;X-A=1",
                                "FREQ=DAILY\n",
                                "FREQ=DAILY;INTERVAL=99999999999999999999"}) {
    EXPECT_EQ(refusal(text).code, Errc::malformed) << text;
  }
  EXPECT_EQ(refusal("INTERVAL=2").code, Errc::missing);
}

TEST(RuleText, RefusesAPartThatStandsThereTwice) {
  EXPECT_EQ(refusal("FREQ=DAILY;FREQ=DAILY").message, "FREQ stands there twice");
  EXPECT_EQ(refusal("FREQ=DAILY;BYDAY=MO;BYDAY=TU").message, "BYDAY stands there twice");
  EXPECT_EQ(refusal("FREQ=DAILY;COUNT=1;COUNT=1").code, Errc::malformed);
}

TEST(RuleText, TakesNumbersUpToTheirLimitsAndNoFurther) {
  auto expect_range = [](std::string_view part, std::initializer_list<std::string_view> good,
                         std::initializer_list<std::string_view> bad) {
    std::string begin = "FREQ=YEARLY;" + std::string(part) + "=";
    for (std::string_view value : good) rule(begin + std::string(value));
    for (std::string_view value : bad) {
      Error error = refusal(begin + std::string(value));
      EXPECT_EQ(error.code, Errc::out_of_range) << part << '=' << value;
      EXPECT_TRUE(error.message.starts_with(part)) << error.message;
    }
  };
  expect_range("INTERVAL", {"1", "4294967295"}, {"0", "-1", "4294967296"});
  expect_range("COUNT", {"1", "4294967295"}, {"0", "-1", "4294967296"});
  expect_range("BYMONTH", {"1", "12"}, {"0", "13", "-1"});
  expect_range("BYMONTHDAY", {"1", "31", "-1", "-31"}, {"0", "32", "-32"});
  expect_range("BYDAY", {"1MO", "53MO", "-53MO"}, {"0MO", "54MO", "-54MO"});
  expect_range("UNTIL", {"00010101", "99991231"},
               {"00000101", "20261301", "20260230", "20261231T240000", "20261231T096000Z"});
}

TEST(RuleText, SaysWhatWouldBeRight) {
  EXPECT_EQ(refusal("FREQ=DAILY;BYMONTH=13").message, "BYMONTH goes from 1 to 12, not 13");
  EXPECT_EQ(refusal("FREQ=DAILY;BYMONTHDAY=32").message,
            "BYMONTHDAY goes from 1 to 31 or from -1 to -31, not 32");
  EXPECT_EQ(refusal("FREQ=DAILY;UNTIL=20260230").message,
            "UNTIL is no date: there is no day 30 in February 2026");
  EXPECT_EQ(refusal("RRULE:FREQ=DAILY").message, "a rule begins with FREQ=, without RRULE:");
  EXPECT_EQ(refusal("FREQ=DAILY;BYEASTER=1").message,
            "BYEASTER is no part of a rule: those are FREQ, UNTIL, COUNT, INTERVAL, BYDAY, "
            "BYMONTHDAY, BYMONTH and WKST");
  EXPECT_EQ(refusal("INTERVAL=2").message, "a rule needs FREQ, like FREQ=WEEKLY");
}

// RFC 5545, 3.3.10: what must not stand together.
TEST(RuleText, RefusesPartsThatDoNotGoTogether) {
  Error both = refusal("FREQ=DAILY;COUNT=3;UNTIL=20261231");
  EXPECT_EQ(both.code, Errc::invalid);
  EXPECT_EQ(both.message, "a rule ends by COUNT or by UNTIL, not by both");
  for (std::string_view text : {"FREQ=WEEKLY;BYDAY=1MO", "FREQ=DAILY;BYDAY=-1FR"}) {
    EXPECT_EQ(refusal(text).code, Errc::invalid) << text;
  }
  rule("FREQ=MONTHLY;BYDAY=1MO");
  rule("FREQ=YEARLY;BYDAY=-1FR");
}

TEST(RuleText, ReadsWhatItWritesOfRandomRules) {
  RandomRules random;
  SCOPED_TRACE(random.seed_note());
  for (int i = 0; i < 20'000; ++i) {
    Rule made = random.rule();
    Result<Rule> read = parse<Rule>(to_text(made));
    ASSERT_TRUE(read.has_value()) << to_text(made) << ": " << read.error().message;
    ASSERT_TRUE(*read == made) << to_text(made) << " became " << to_text(*read);
  }
}

}  // namespace
}  // namespace todo
