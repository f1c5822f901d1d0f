#include "ical_text.h"

#include <algorithm>

#include "item.h"
#include "todo/text.h"

namespace todo::ical {
namespace {

constexpr std::size_t deepest = 8;

struct Line {
  std::uint32_t number = 0;
  std::string text{};
};

// Takes a line off `text` without its end.
std::string_view take_line(std::string_view& text) {
  std::size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == text.npos ? text.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::vector<Line> unfold(std::string_view text) {
  std::vector<Line> lines;
  for (std::uint32_t number = 1; !text.empty(); ++number) {
    std::string_view line = take_line(text);
    bool is_fold = line.starts_with(' ') || line.starts_with('\t');
    if (is_fold && !lines.empty()) lines.back().text += line.substr(1);
    else if (!line.empty()) lines.push_back({number, std::string(line)});
  }
  return lines;
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

// Takes a name off `rest`; empty if it does not begin with one.
std::string take_name(std::string_view& rest) {
  auto end = std::find_if_not(rest.begin(), rest.end(), is_name_character);
  auto size = static_cast<std::size_t>(end - rest.begin());
  std::string name = to_upper(rest.substr(0, size));
  rest.remove_prefix(size);
  return name;
}

// RFC 6868: ^n, ^^ and ^'
std::string without_carets(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char next = text[i] == '^' && i + 1 < text.size() ? text[i + 1] : '\0';
    if (next == 'n') plain += '\n';
    else if (next == '^') plain += '^';
    else if (next == '\'') plain += '"';
    else next = '\0', plain += text[i];
    if (next != '\0') ++i;
  }
  return plain;
}

// Takes ";NAME=value" off `rest`, quotes removed; false if it is not that.
bool take_parameter(std::string_view& rest, Parameter& parameter) {
  rest.remove_prefix(1);
  parameter.name = take_name(rest);
  if (parameter.name.empty() || !rest.starts_with('=')) return false;
  rest.remove_prefix(1);
  bool is_quoted = false;
  std::string value;
  for (; !rest.empty() && (is_quoted || (rest[0] != ';' && rest[0] != ':'));
       rest.remove_prefix(1)) {
    if (rest[0] == '"') is_quoted = !is_quoted;
    else value += rest[0];
  }
  parameter.value = without_carets(value);
  return !rest.empty();
}

Property read_property(const Line& line) {
  Property property{line.number, {}, {}, line.text, line.text};
  if (!is_utf8(line.text)) {
    property.value = property.raw = "(not UTF-8)";
    return property;
  }
  std::string_view rest = line.text;
  std::string name = take_name(rest);
  if (name.empty()) return property;
  std::string_view raw = rest;
  std::vector<Parameter> parameters;
  while (rest.starts_with(';')) {
    if (!take_parameter(rest, parameters.emplace_back())) return property;
  }
  if (!rest.starts_with(':')) return property;
  property.raw = parameters.empty() ? raw.substr(1) : raw;
  property.name = std::move(name);
  property.parameters = std::move(parameters);
  property.value = rest.substr(1);
  return property;
}

class Reader {
 public:
  Component read(std::string_view text) {
    for (const Line& line : unfold(text)) {
      Property property = read_property(line);
      std::string value = to_upper(property.value);
      if (property.name == "BEGIN" && open_.size() <= deepest) begin(line.number, value);
      else if (property.name == "END" && is_open(value)) end(value);
      else open_.back().properties.push_back(std::move(property));
    }
    while (open_.size() > 1) close(false);
    return std::move(open_.front());
  }

 private:
  // A task does not lie within another one: the outer one has lost its end.
  void begin(std::uint32_t line, const std::string& name) {
    if (name == "VTODO" || name == "VCALENDAR") {
      while (is_open("VTODO")) close(false);
    }
    open_.push_back({line, name, true, {}, {}});
  }

  void end(const std::string& name) {
    while (open_.back().name != name) close(false);
    close(true);
  }

  bool is_open(const std::string& name) const {
    return std::any_of(open_.begin() + 1, open_.end(),
                       [&](const Component& component) { return component.name == name; });
  }

  void close(bool is_whole) {
    Component component = std::move(open_.back());
    component.is_whole = is_whole;
    open_.pop_back();
    open_.back().components.push_back(std::move(component));
  }

  std::vector<Component> open_{Component{}};  // each within the one before it
};

}  // namespace

std::string_view Property::parameter(std::string_view wanted) const {
  for (const Parameter& parameter : parameters) {
    if (parameter.name == wanted) return parameter.value;
  }
  return {};
}

const Property* Component::find(std::string_view wanted) const {
  auto at = std::find_if(properties.begin(), properties.end(),
                         [&](const Property& property) { return property.name == wanted; });
  return at == properties.end() ? nullptr : &*at;
}

Component read_components(std::string_view text) { return Reader().read(text); }

std::string unescape(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    char next = text[i] == '\\' && i + 1 < text.size() ? text[i + 1] : '\0';
    bool is_escape =
        next != '\0' && std::string_view("\\;,nN").find(next) != std::string_view::npos;
    if (is_escape) ++i;
    plain += next == 'n' || next == 'N' ? '\n' : text[i];
  }
  return plain;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items(1);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',') {
      items.emplace_back();
      continue;
    }
    items.back() += text[i];
    if (text[i] == '\\' && i + 1 < text.size()) items.back() += text[++i];
  }
  return items;
}

std::optional<Duration> read_duration(std::string_view text) {
  bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  if (!text.starts_with('P') || text.size() < 3) return {};
  text.remove_prefix(1);

  constexpr std::int64_t day = 86'400;
  std::int64_t seconds = 0;
  bool in_time = false;
  while (!text.empty()) {
    if (text[0] == 'T' && !in_time) {
      in_time = true;
      text.remove_prefix(1);
    }
    std::int64_t count = 0;
    std::size_t width = 0;
    for (; width < text.size() && text[width] >= '0' && text[width] <= '9'; ++width) {
      if (width == 9) return {};
      count = count * 10 + (text[width] - '0');
    }
    if (width == 0 || width == text.size()) return {};
    constexpr std::string_view units = "WDHMS";
    constexpr std::array<std::int64_t, 5> lengths = {7 * day, day, 3600, 60, 1};
    std::size_t unit = units.find(text[width]);
    if (unit == units.npos || in_time != (unit >= 2)) return {};
    seconds += count * lengths[unit];
    if (seconds / day > 3'650'000) return {};
    text.remove_prefix(width + 1);
  }
  std::int64_t sign = is_negative ? -1 : 1;
  return Duration{static_cast<std::int32_t>(sign * (seconds / day)),
                  static_cast<std::int32_t>(sign * (seconds % day))};
}

}  // namespace todo::ical
