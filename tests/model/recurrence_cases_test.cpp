// Runs recurrence_cases.jsonl: rules out of the test suites of eight other libraries and random
// ones, where independent implementations agree. `source` names the suite of each.
//
// A case has start, zone, rules, rdate, exdate; its answer is the first `limit` occurrences
// strictly after `after`, or the code with which the rule is `refused`.
#include <gtest/gtest.h>

#include <boost/json/src.hpp>
#include <fstream>

#include "todo/recurrence.h"

namespace todo {
namespace {

namespace json = boost::json;

std::string_view text_of(const json::value& value) {
  const json::string& text = value.as_string();
  return {text.data(), text.size()};
}

std::vector<std::string> texts_in(const json::object& object, std::string_view name) {
  std::vector<std::string> texts;
  if (const json::value* list = object.if_contains({name.data(), name.size()})) {
    for (const json::value& item : list->as_array()) texts.emplace_back(text_of(item));
  }
  return texts;
}

std::optional<std::string> text_in(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains({name.data(), name.size()});
  if (!value) return {};
  return std::string(text_of(*value));
}

struct Case {
  std::string id;
  Recurrence recurrence;
  std::optional<Zone> zone;
  std::optional<LocalTime> after;
  std::size_t limit = 0;
  std::vector<std::string> expected;
  std::optional<std::string> refused;
};

// In the zone of the case, if it has one.
When when_of(const std::string& text, const std::optional<std::string>& zone) {
  When when = *parse<When>(text);
  if (zone && std::holds_alternative<Floating>(when)) return Zoned{local_time_of(when), *zone};
  return when;
}

Case read_case(const json::object& object) {
  Case one;
  one.id = *text_in(object, "id");
  std::optional<std::string> zone = text_in(object, "zone");
  if (zone) one.zone = Zones::embedded().find(*zone);
  EXPECT_EQ(one.zone.has_value(), zone.has_value()) << one.id;
  one.recurrence.anchor = when_of(*text_in(object, "start"), zone);
  for (const std::string& date : texts_in(object, "rdate"))
    one.recurrence.rdates.push_back(when_of(date, zone));
  for (const std::string& date : texts_in(object, "exdate"))
    one.recurrence.exdates.push_back(when_of(date, zone));
  if (auto after = text_in(object, "after")) one.after = local_time_of(*parse<When>(*after));
  one.refused = text_in(object, "refused");
  if (one.refused) return one;
  one.limit = object.at("limit").to_number<std::size_t>();
  one.expected = texts_in(object, "expect");
  return one;
}

std::vector<std::string> answer(const Case& one) {
  std::vector<std::string> texts;
  for (LocalTime time : occurrences(one.recurrence, one.after, one.limit, one.zone)) {
    When date = with_local_time(*one.recurrence.anchor, time);
    bool is_all_day = std::holds_alternative<AllDay>(date);
    texts.push_back(is_all_day ? to_text(date) : to_text(time));
  }
  return texts;
}

void run(const json::object& object) {
  Case one = read_case(object);
  for (const std::string& text : texts_in(object, "rules")) {
    Result<Rule> rule = parse<Rule>(text);
    if (one.refused) {
      ASSERT_TRUE(rule.has_error()) << one.id << ' ' << text;
      EXPECT_EQ(name_of(rule.error().code), *one.refused) << one.id << ' ' << text;
      return;
    }
    ASSERT_TRUE(rule.has_value()) << one.id << ' ' << text << ": " << rule.error().message;
    EXPECT_TRUE(*parse<Rule>(to_text(*rule)) == *rule) << one.id << ' ' << text;
    one.recurrence.rules.push_back(*rule);
  }
  EXPECT_EQ(answer(one), one.expected) << one.id << ' ' << object;
}

TEST(Recurrence, AnswersAsIndependentImplementationsAgree) {
  std::ifstream file(TODO_TESTS_DIR "/model/recurrence_cases.jsonl");
  int cases = 0;
  for (std::string line; std::getline(file, line); ++cases) run(json::parse(line).as_object());
  EXPECT_GE(cases, 660);
}

}  // namespace
}  // namespace todo
