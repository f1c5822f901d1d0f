// The text of iCalendar taken apart (RFC 5545, 3.1; parameters also RFC 6868), before any of it
// gets a meaning.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "todo/time.h"

namespace todo::ical {

struct Parameter {
  std::string name{};   // in capitals
  std::string value{};  // several are separated by commas
};

// One content line. A line that is none has no name, and is its value.
struct Property {
  std::uint32_t line = 0;  // of the text, from 1
  std::string name{};      // in capitals
  std::vector<Parameter> parameters{};
  std::string value{};  // as it stands there, unfolded
  std::string raw{};    // the same with the parameters before it

  // Empty if there is none.
  std::string_view parameter(std::string_view name) const;
};

struct Component {
  std::uint32_t line = 0;  // of its BEGIN
  std::string name{};      // in capitals; empty: all of the text
  bool is_whole = true;    // has an END
  std::vector<Property> properties{};
  std::vector<Component> components{};

  const Property* find(std::string_view name) const;
};

// All of the text as one component without a name. Lines may end by LF alone, and a fold may be in
// the middle of a character. What is nested deeper than 8 is a line like any other.
Component read_components(std::string_view text);

std::string unescape(std::string_view text);
std::vector<std::string> split_list(std::string_view text);  // at commas; still escaped

// RFC 5545, 3.3.6; nullopt if it is none, or longer than 10,000 years.
std::optional<Duration> read_duration(std::string_view text);

}  // namespace todo::ical
