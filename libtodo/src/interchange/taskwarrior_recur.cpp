// Taskwarrior's durations as rules. A month is one of the calendar, whatever `task` counts.
#include <algorithm>

#include "taskwarrior.h"

namespace todo::taskwarrior {
namespace {

struct Period {
  std::string_view name;
  Frequency frequency;
  std::uint32_t interval;
};

// Words that take no number before them.
constexpr std::array periods = {
    Period{"annual", Frequency::yearly, 1},      Period{"biannual", Frequency::yearly, 2},
    Period{"bimonthly", Frequency::monthly, 2},  Period{"biweekly", Frequency::weekly, 2},
    Period{"biyearly", Frequency::yearly, 2},    Period{"daily", Frequency::daily, 1},
    Period{"fortnight", Frequency::weekly, 2},   Period{"hourly", Frequency::hourly, 1},
    Period{"monthly", Frequency::monthly, 1},    Period{"quarterly", Frequency::monthly, 3},
    Period{"semiannual", Frequency::monthly, 6}, Period{"sennight", Frequency::weekly, 2},
    Period{"weekly", Frequency::weekly, 1},      Period{"yearly", Frequency::yearly, 1},
};

constexpr std::array units = {
    Period{"days", Frequency::daily, 1},       Period{"day", Frequency::daily, 1},
    Period{"d", Frequency::daily, 1},          Period{"hours", Frequency::hourly, 1},
    Period{"hour", Frequency::hourly, 1},      Period{"hrs", Frequency::hourly, 1},
    Period{"hr", Frequency::hourly, 1},        Period{"h", Frequency::hourly, 1},
    Period{"minutes", Frequency::minutely, 1}, Period{"minute", Frequency::minutely, 1},
    Period{"mins", Frequency::minutely, 1},    Period{"min", Frequency::minutely, 1},
    Period{"months", Frequency::monthly, 1},   Period{"month", Frequency::monthly, 1},
    Period{"mnths", Frequency::monthly, 1},    Period{"mths", Frequency::monthly, 1},
    Period{"mth", Frequency::monthly, 1},      Period{"mos", Frequency::monthly, 1},
    Period{"mo", Frequency::monthly, 1},       Period{"m", Frequency::monthly, 1},
    Period{"quarters", Frequency::monthly, 3}, Period{"quarter", Frequency::monthly, 3},
    Period{"qrtrs", Frequency::monthly, 3},    Period{"qrtr", Frequency::monthly, 3},
    Period{"qtrs", Frequency::monthly, 3},     Period{"qtr", Frequency::monthly, 3},
    Period{"q", Frequency::monthly, 3},        Period{"seconds", Frequency::secondly, 1},
    Period{"second", Frequency::secondly, 1},  Period{"secs", Frequency::secondly, 1},
    Period{"sec", Frequency::secondly, 1},     Period{"s", Frequency::secondly, 1},
    Period{"weeks", Frequency::weekly, 1},     Period{"week", Frequency::weekly, 1},
    Period{"wks", Frequency::weekly, 1},       Period{"wk", Frequency::weekly, 1},
    Period{"w", Frequency::weekly, 1},         Period{"years", Frequency::yearly, 1},
    Period{"year", Frequency::yearly, 1},      Period{"yrs", Frequency::yearly, 1},
    Period{"yr", Frequency::yearly, 1},        Period{"y", Frequency::yearly, 1},
};

// Takes digits off `text`; nullopt if there are none, or more than anyone means.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  std::uint32_t number = 0;
  std::size_t width = 0;
  for (; width < text.size() && text[width] >= '0' && text[width] <= '9'; ++width) {
    if (width == 5) return {};
    number = number * 10 + static_cast<std::uint32_t>(text[width] - '0');
  }
  text.remove_prefix(width);
  if (width == 0) return {};
  return number;
}

template <std::size_t size>
const Period* find(const std::array<Period, size>& table, std::string_view name) {
  auto at = std::find_if(table.begin(), table.end(),
                         [&](const Period& period) { return period.name == name; });
  return at == table.end() ? nullptr : &*at;
}

// "P1M", "PT2H"; of several units there is no rule.
std::optional<Period> read_iso(std::string_view text) {
  text.remove_prefix(1);
  bool in_time = text.starts_with('t');
  if (in_time) text.remove_prefix(1);
  std::optional<std::uint32_t> number = take_number(text);
  if (!number || text.size() != 1) return {};
  if (in_time && text == "m") text = "min";
  constexpr std::string_view of_date = "ymwd";
  bool is_of_date = text.size() == 1 && of_date.find(text[0]) != of_date.npos;
  const Period* unit = is_of_date == in_time ? nullptr : find(units, text);
  if (!unit) return {};
  return Period{"", unit->frequency, unit->interval * *number};
}

std::optional<Period> read_period(std::string_view text) {
  if (const Period* period = find(periods, text)) return *period;
  if (text.starts_with('p')) return read_iso(text);
  std::optional<std::uint32_t> number = take_number(text);
  while (text.starts_with(' ')) text.remove_prefix(1);
  const Period* unit = find(units, text);
  if (!unit) return {};
  return Period{"", unit->frequency, unit->interval * number.value_or(1)};
}

}  // namespace

// A monthly series that is due on a 31st means the last day of each month.
std::optional<Rule> read_recur(std::string_view text, const When& due) {
  std::string name = to_lower(text);
  Rule rule;
  if (name == "weekdays") {
    rule.frequency = Frequency::weekly;
    for (int day = 0; day < 5; ++day) rule.by_day.push_back({static_cast<Weekday>(day), 0});
    return rule;
  }
  std::optional<Period> period = read_period(name);
  bool is_sub_daily = period && period->frequency < Frequency::daily;
  if (!period || (is_sub_daily && std::holds_alternative<AllDay>(due))) return {};
  rule.frequency = period->frequency;
  rule.interval = period->interval;
  std::chrono::year_month_day date{date_of(due)};
  if (rule.frequency == Frequency::monthly && date.day() == std::chrono::day{31})
    rule.by_month_day = {-1};
  // Reading it again applies the limits of rules.
  Result<Rule> checked = parse<Rule>(to_text(rule));
  if (checked.has_error()) return {};
  return *checked;
}

}  // namespace todo::taskwarrior
