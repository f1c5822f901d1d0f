#include "todo/settings.h"

#include <algorithm>

#include "checks.h"

namespace todo {
namespace {

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

Flaw in(std::string_view member, Flaw flaw) {
  if (flaw) flaw = within(member, std::move(*flaw));
  return flaw;
}

// Calls `visit(part)` for each part of `text` between `mark`s; the last one has no mark behind it.
template <class Visit>
void for_each_part(std::string_view text, char mark, Visit&& visit) {
  for (std::size_t begin = 0; begin <= text.size();) {
    std::size_t end = std::min(text.find(mark, begin), text.size());
    visit(text.substr(begin, end - begin));
    begin = end + 1;
  }
}

}  // namespace

void normalize(Project& project) { to_stored_form(project.name); }

void normalize(Filter& filter) { to_stored_form(filter.name); }

// RFC 5646, 2.1.1: "de-Latn-DE"; after a single letter all is in lower case.
void normalize(Settings& settings) {
  std::string locale;
  bool is_first = true;
  bool is_extension = false;
  for_each_part(settings.locale, '-', [&](std::string_view part) {
    if (!is_first) locale += '-';
    bool is_region = !is_first && !is_extension && part.size() == 2;
    bool is_script = !is_first && !is_extension && part.size() == 4;
    std::size_t begin = locale.size();
    for (char c : part) locale += is_region ? to_upper(c) : to_lower(c);
    if (is_script) locale[begin] = to_upper(locale[begin]);
    is_extension = is_extension || part.size() == 1;
    is_first = false;
  });
  settings.locale = std::move(locale);
}

std::optional<Error> flaw_of(const Project& project, const Zones&) {
  if (project.id == ProjectId{}) return Error{Errc::missing, "a project needs an id", "/id"};
  if (auto flaw = in("name", flaw_of_line(project.name, limits::name, "a name"))) return flaw;
  bool has_blank_part = false;
  for_each_part(project.name, '.',
                [&](std::string_view part) { has_blank_part = has_blank_part || is_blank(part); });
  if (has_blank_part) {
    return Error{Errc::invalid, "a name has text on both sides of a dot, like Home.Garden",
                 "/name"};
  }
  return in("order", flaw_of_order(project.order));
}

std::optional<Error> flaw_of(const Filter& filter, const Zones&) {
  if (filter.id == FilterId{}) return Error{Errc::missing, "a filter needs an id", "/id"};
  if (auto flaw = in("name", flaw_of_line(filter.name, limits::name, "a name"))) return flaw;
  if (auto flaw = in("query", flaw_of_text(filter.query, limits::query_bytes))) return flaw;
  if (auto flaw = in("sort", flaw_of_text(filter.sort, limits::query_bytes))) return flaw;
  return in("order", flaw_of_order(filter.order));
}

namespace {

// A language of 2 to 8 letters, then parts of 1 to 8 letters or digits.
bool is_locale(std::string_view text) {
  bool is_right = true;
  bool is_first = true;
  for_each_part(text, '-', [&](std::string_view part) {
    std::size_t least = is_first ? 2 : 1;
    bool is_sized = part.size() >= least && part.size() <= 8;
    bool is_made_right = std::all_of(part.begin(), part.end(), [&](char c) {
      return is_ascii_letter(c) || (!is_first && is_ascii_digit(c));
    });
    is_right = is_right && is_sized && is_made_right;
    is_first = false;
  });
  return is_right;
}

Flaw flaw_of_time(const TimeOfDay& time) {
  constexpr std::chrono::minutes day = std::chrono::hours{24};
  if (time.since_midnight >= std::chrono::minutes{0} && time.since_midnight < day) return {};
  return Error{Errc::out_of_range, "times of day go from 00:00 to 23:59"};
}

Flaw flaw_of_quiet_hours(const Settings& settings) {
  const std::optional<TimeOfDay>& from = settings.quiet_from;
  const std::optional<TimeOfDay>& until = settings.quiet_until;
  if (from) {
    if (auto flaw = in("quiet_from", flaw_of_time(*from))) return flaw;
  }
  if (until && !from)
    return Error{Errc::missing, "quiet hours need a beginning too", "/quiet_from"};
  if (from && !until) return Error{Errc::missing, "quiet hours need an end too", "/quiet_until"};
  if (!until) return {};
  if (auto flaw = in("quiet_until", flaw_of_time(*until))) return flaw;
  if (from == until)
    return Error{Errc::invalid, "quiet hours end at another time than they begin", "/quiet_until"};
  return {};
}

}  // namespace

std::optional<Error> flaw_of(const Settings& settings, const Zones& zones) {
  if (auto flaw = in("zone", flaw_of_zone(settings.zone, zones))) return flaw;
  if (!is_locale(settings.locale) || settings.locale.size() > limits::name)
    return Error{Errc::invalid, "a locale is a language tag like en or de-AT", "/locale"};
  if (auto flaw = in("morning", flaw_of_time(settings.morning))) return flaw;
  return flaw_of_quiet_hours(settings);
}

}  // namespace todo
