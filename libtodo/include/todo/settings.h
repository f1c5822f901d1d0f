// What a workspace holds beside its tasks: projects, saved filters and its owner's settings.
#pragma once

#include "todo/id.h"
#include "todo/patch.h"
#include "todo/zone.h"

namespace todo {

struct Project {
  ProjectId id{};
  std::string name{};
  std::string order{};
  friend bool operator==(const Project&, const Project&) = default;
};

struct Filter {
  FilterId id{};
  std::string name{};
  std::string query{};
  std::string sort{};
  std::string order{};
  friend bool operator==(const Filter&, const Filter&) = default;
};

struct Settings {
  std::string zone = "UTC";
  std::string locale = "en";
  Weekday week_start = Weekday::monday;
  TimeOfDay morning{std::chrono::hours{9}};
  std::optional<TimeOfDay> quiet_from{};
  std::optional<TimeOfDay> quiet_until{};
  friend bool operator==(const Settings&, const Settings&) = default;
};

namespace limits {
inline constexpr std::size_t name = 100;  // characters, of a project or filter
inline constexpr std::size_t query_bytes = 4096;
inline constexpr std::size_t projects = 1000;
inline constexpr std::size_t filters = 1000;
}  // namespace limits

void normalize(Project& project);
void normalize(Filter& filter);
void normalize(Settings& settings);
std::optional<Error> flaw_of(const Project& project, const Zones& zones);
std::optional<Error> flaw_of(const Filter& filter, const Zones& zones);
std::optional<Error> flaw_of(const Settings& settings, const Zones& zones);

template <>
inline constexpr std::string_view type_name<Project> = "Project";
template <>
inline constexpr std::tuple fields<Project> = {
    Field{"id", &Project::id, "UUIDv7, chosen by whoever creates the project."},
    Field{"name", &Project::name,
          "1 to 100 characters, unique when folded; \"Home.Garden\" lies within \"Home\"."},
    Field{"order", &Project::order, "Fractional index: its place in the side bar."}};
template <>
inline constexpr std::string_view type_name<Filter> = "Filter";
template <>
inline constexpr std::tuple fields<Filter> = {
    Field{"id", &Filter::id, "UUIDv7, chosen by whoever creates the filter."},
    Field{"name", &Filter::name, "1 to 100 characters."},
    Field{"query", &Filter::query, "What it shows, in the query language."},
    Field{"sort", &Filter::sort, "Sort keys, separated by commas: \"due,-priority\"."},
    Field{"order", &Filter::order, "Fractional index: its place in the side bar."}};
template <>
inline constexpr std::string_view type_name<Settings> = "Settings";
template <>
inline constexpr std::tuple fields<Settings> = {
    Field{"zone", &Settings::zone, "IANA name of the zone that dates and floating times are in."},
    Field{"locale", &Settings::locale, "BCP 47 tag of the language to speak."},
    Field{"week_start", &Settings::week_start, "The first day of the week."},
    Field{"morning", &Settings::morning, "When the reminders of all-day tasks are due."},
    Field{"quiet_from", &Settings::quiet_from, "From when on reminders stay silent."},
    Field{"quiet_until", &Settings::quiet_until, "Until when reminders stay silent."}};

}  // namespace todo
