#include "item.h"

#include <algorithm>

#include "model/checks.h"
#include "todo/text.h"

namespace todo {
namespace {

constexpr std::string_view no_title = "(no title)";

// One space for each run of control characters and spaces, none at the ends.
std::string on_one_line(std::string_view text) {
  std::string line;
  bool is_space_due = false;
  while (!text.empty()) {
    char32_t c = take_character(text);
    if (c == ' ' || is_control(c)) {
      is_space_due = !line.empty();
      continue;
    }
    if (is_space_due) line += ' ';
    is_space_due = false;
    append_character(line, c);
  }
  return line;
}

bool is_tag_character(char32_t c) {
  return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '/';
}

// With "-" for each run of what a tag cannot hold; empty if nothing is left.
std::string as_tag(std::string_view text) {
  std::string tag;
  bool is_gap = false;
  while (!text.empty()) {
    char32_t c = take_character(text);
    if (!is_tag_character(c)) {
      is_gap = !tag.empty();
      continue;
    }
    if (is_gap) tag += '-';
    is_gap = false;
    append_character(tag, c);
  }
  return std::string(first_characters(tag, limits::tag));
}

std::string free_name(const Attributes& attributes, const std::string& wanted) {
  std::string name = wanted;
  for (int number = 2; attributes.count(name) != 0; ++number)
    name = wanted + '.' + std::to_string(number);
  return name;
}

}  // namespace

void put_title(Item& item, std::string_view property, std::string text) {
  text = to_nfc(text);
  std::string line = on_one_line(text);
  if (is_blank(line)) {
    item.task.title = no_title;
    item.report(property, Fate::changed, "it has no title");
    return;
  }
  if (line != text)
    item.report(property, Fate::changed, "control characters and surplus spaces are gone");
  item.task.title = std::string(first_characters(line, limits::title));
  if (item.task.title.size() == line.size()) return;
  item.report(property, Fate::changed, "a title has at most 1000 characters: the rest is in notes");
  put_notes(item, property, line.substr(item.task.title.size()));
}

void put_notes(Item& item, std::string_view property, std::string text) {
  std::string& notes = item.task.notes;
  if (std::erase(text, '\0') > 0) item.report(property, Fate::changed, "NUL characters are gone");
  if (text.empty()) return;
  if (!notes.empty()) notes += '\n';
  notes += text;
  if (notes.size() <= limits::notes_bytes) return;
  std::size_t end = limits::notes_bytes;
  while ((static_cast<unsigned char>(notes[end]) & 0xc0) == 0x80) --end;
  notes.resize(end);
  item.report(property, Fate::dropped, "notes have at most 64 KiB: the rest is cut off");
}

void put_tags(Item& item, std::string_view property, const std::vector<std::string>& tags) {
  Tags& all = item.task.tags;
  for (const std::string& text : tags) {
    std::string nfc = to_nfc(text);
    std::string tag = as_tag(nfc);
    const std::string* there = all.find(tag);
    if (tag.empty()) keep(item, property, text, "it has no letters for a tag");
    else if (tag != nfc) keep(item, property, text, "it became the tag " + tag);
    else if (there) item.report(property, Fate::derived, "it is the tag " + *there);
    else if (all.size() >= limits::tags) keep(item, property, text, "a task has at most 100 tags");
    if (!tag.empty() && !there && all.size() < limits::tags) all.put(std::move(tag));
  }
}

void keep(Item& item, std::string_view property, std::string value, std::string message) {
  Attributes& attributes = item.task.attributes;
  std::string name = item.prefix + to_lower(property);
  bool fits = name.size() + 4 <= limits::attribute_name_bytes &&
              value.size() <= limits::attribute_bytes && attributes.size() < limits::attributes;
  if (!fits) {
    item.report(property, Fate::dropped, "there is no room to keep it: " + message);
    return;
  }
  attributes.emplace(free_name(attributes, name), std::move(value));
  item.report(property, Fate::kept, std::move(message));
}

void settle(Item& item, const PropertyNames& names, const ImportContext& context) {
  Task& task = item.task;
  if (task.title.empty()) put_title(item, names.title, "");
  if (task.status == Status::open) {
    task.completed_at.reset();
  } else if (!task.completed_at) {
    task.completed_at = task.updated_at ? task.updated_at : context.now;
    item.report(names.completed, Fate::changed,
                "it does not say when it was closed: its last change counts");
  }
  bool is_crossed = task.start && task.due && is_later(*task.start, *task.due, context.zones);
  bool recurs_by_start = task.recurrence && task.recurrence->anchored_to == Moment::start;
  if (!is_crossed) return;
  std::optional<When>& loser = recurs_by_start ? task.due : task.start;
  keep(item, recurs_by_start ? names.due : names.start, to_text(*loser),
       "a task cannot be due before its start");
  loser.reset();
}

std::string owner_zone_name(const ImportContext& context) {
  const std::string& name = context.existing.settings.zone;
  return context.zones.find(name) ? name : "UTC";
}

Zone owner_zone(const ImportContext& context) {
  return *context.zones.find(owner_zone_name(context));
}

std::string_view first_characters(std::string_view text, std::size_t most) {
  std::string_view rest = text;
  for (; most > 0 && !rest.empty(); --most) take_character(rest);
  return text.substr(0, text.size() - rest.size());
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string to_upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

std::optional<BasicTime> read_basic_time(std::string_view text) {
  BasicTime read;
  read.is_utc = text.size() == 16 && text.ends_with('Z');
  if (read.is_utc) text.remove_suffix(1);
  read.is_date = text.size() == 8;
  if (!read.is_date && text.size() != 15) return {};
  std::string extended;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (i == 4 || i == 6) extended += '-';
    if (i == 11 || i == 13) extended += ':';
    extended += text[i];
  }
  if (read.is_date) extended += "T00:00:00";
  if (extended.ends_with(":60")) extended.replace(extended.size() - 2, 2, "59");  // leap second
  Result<LocalTime> time = parse<LocalTime>(extended);
  if (time.has_error()) return {};
  read.time = *time;
  return read;
}

}  // namespace todo
