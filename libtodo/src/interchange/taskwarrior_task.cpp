// One task of an export, attribute by attribute.
#include <algorithm>

#include "taskwarrior.h"

namespace todo::taskwarrior {
namespace {

struct Reading {
  Item& item;
  const Source& source;
  const ImportContext& context;
};

std::vector<std::string> texts_in(const JsonNode& node) {
  std::vector<std::string> texts;
  if (node.kind == JsonKind::list) {
    for (const JsonNode* item = node.first(); item != node.end(); item = item->end())
      texts.push_back(text_of(*item));
    return texts;
  }
  std::string_view rest = node.text;  // before version 2.6: with commas
  for (std::size_t end = 0; end != rest.npos;) {
    end = rest.find(',');
    texts.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end == rest.npos ? rest.size() : end + 1);
  }
  return texts;
}

void keep_as_it_is(Reading& reading, std::string_view name, const JsonNode& node,
                   std::string message) {
  std::string text = text_of(node);
  bool is_empty = text.empty() && node.kind != JsonKind::text;
  if (!is_empty) return keep(reading.item, name, std::move(text), std::move(message));
  reading.item.report(name, Fate::dropped, "it is neither text nor number: " + message);
}

void read_description(Reading& reading, std::string_view name, const JsonNode& node) {
  put_title(reading.item, name, text_of(node));
}

void read_status(Reading& reading, std::string_view name, const JsonNode& node) {
  Status& status = reading.item.task.status;
  std::string text = text_of(node);
  if (text == "completed") {
    status = Status::done;
  } else if (text == "deleted") {
    status = Status::cancelled;
    reading.item.report(name, Fate::changed, "deleted in Taskwarrior is cancelled here");
  } else if (text == "waiting") {
    reading.item.report(name, Fate::derived, "it is open, and wait says until when it waits");
  } else if (text != "pending" && text != "recurring") {
    keep_as_it_is(reading, name, node, "it counts as open");
  }
}

void read_priority(Reading& reading, std::string_view name, const JsonNode& node) {
  Priority& priority = reading.item.task.priority;
  std::string text = text_of(node);
  if (text == "H") priority = Priority::high;
  else if (text == "M") priority = Priority::medium;
  else if (text == "L") priority = Priority::low;
  else keep_as_it_is(reading, name, node, "priorities are H, M and L");
}

void read_project(Reading& reading, std::string_view name, const JsonNode& node) {
  if (std::string text = text_of(node); !text.empty())
    reading.item.project = Link{std::string(name), std::move(text)};
}

void read_tags(Reading& reading, std::string_view name, const JsonNode& node) {
  put_tags(reading.item, name, texts_in(node));
}

void read_depends(Reading& reading, std::string_view name, const JsonNode& node) {
  for (std::string& uuid : texts_in(node)) {
    if (!uuid.empty()) reading.item.blockers.push_back({std::string(name), std::move(uuid)});
  }
}

// A wall clock cannot say which of two equal times it means.
void report_second_of_two(Reading& reading, std::string_view name, const When& when, Instant at) {
  const auto* zoned = std::get_if<Zoned>(&when);
  if (zoned && owner_zone(reading.context).to_instant(zoned->time) != at)
    reading.item.report(name, Fate::changed, "of a time that comes twice that day it is the first");
}

std::optional<When> read_when(Reading& reading, std::string_view name, const JsonNode& node) {
  std::optional<Instant> instant = read_instant(text_of(node));
  if (!instant) {
    keep_as_it_is(reading, name, node, "it is no time");
    return {};
  }
  When when = when_of(*instant, reading.context);
  if (date_of(when) < first_date || date_of(when) > last_date) {
    keep_as_it_is(reading, name, node, "years go from 0001 to 9999");
    return {};
  }
  report_second_of_two(reading, name, when, *instant);
  return when;
}

void read_due(Reading& reading, std::string_view name, const JsonNode& node) {
  reading.item.task.due = read_when(reading, name, node);
}
void read_scheduled(Reading& reading, std::string_view name, const JsonNode& node) {
  reading.item.task.start = read_when(reading, name, node);
}

template <std::optional<Instant> Task::*member>
void read_stamp(Reading& reading, std::string_view name, const JsonNode& node) {
  std::optional<Instant> instant = read_instant(text_of(node));
  if (!instant) keep_as_it_is(reading, name, node, "it is no time");
  reading.item.task.*member = instant;
}

void read_end(Reading& reading, std::string_view name, const JsonNode& node) {
  read_stamp<&Task::completed_at>(reading, name, node);
  std::string status = reading.source.text("status");
  bool is_closed = status == "completed" || status == "deleted";
  if (!is_closed && reading.item.task.completed_at)
    keep_as_it_is(reading, name, node, "the task is open");
}

void read_annotations(Reading& reading, std::string_view name, const JsonNode& node) {
  if (node.kind != JsonKind::list) keep_as_it_is(reading, name, node, "it is no list");
  else add_annotations(reading.item, reading.source, reading.context);
}

void keep_time(Reading& reading, std::string_view name, const JsonNode& node) {
  keep_as_it_is(reading, name, node,
                name == "start" ? "a task does not say since when somebody works on it"
                                : "a task has no such date");
}

void report_derived(Reading& reading, std::string_view name, const JsonNode&) {
  reading.item.report(name, Fate::derived, "it follows from the rest of the task");
}

void read_elsewhere(Reading&, std::string_view, const JsonNode&) {}

struct Reader {
  std::string_view name;
  void (*read)(Reading&, std::string_view, const JsonNode&);
};
constexpr std::array readers = {
    Reader{"uuid", read_elsewhere},
    Reader{"description", read_description},
    Reader{"status", read_status},
    Reader{"priority", read_priority},
    Reader{"project", read_project},
    Reader{"tags", read_tags},
    Reader{"depends", read_depends},
    Reader{"due", read_due},
    Reader{"scheduled", read_scheduled},
    Reader{"entry", read_stamp<&Task::created_at>},
    Reader{"modified", read_stamp<&Task::updated_at>},
    Reader{"end", read_end},
    Reader{"annotations", read_annotations},
    Reader{"wait", keep_time},
    Reader{"until", keep_time},
    Reader{"start", keep_time},
    Reader{"id", report_derived},
    Reader{"urgency", report_derived},
};

}  // namespace

Source::Source(std::uint32_t place, const JsonNode& object) : at(place) {
  if (object.kind != JsonKind::object) return;
  for (const JsonNode* name = object.first(); name != object.end(); name = name->first()->end()) {
    attributes.push_back({name->text, name->first()});
    by_name.emplace(name->text, name->first());
  }
}

const JsonNode* Source::find(std::string_view name) const {
  auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

std::string Source::text(std::string_view name) const {
  const JsonNode* node = find(name);
  return node ? text_of(*node) : std::string{};
}

std::string text_of(const JsonNode& node) {
  if (node.kind == JsonKind::object || node.kind == JsonKind::null) return {};
  if (node.kind != JsonKind::list) return std::string(node.text);
  std::string text;
  for (const JsonNode* item = node.first(); item != node.end(); item = item->end()) {
    if (item->kind == JsonKind::list || item->kind == JsonKind::object) return {};
    if (item != node.first()) text += ',';
    text += item->text;
  }
  return text;
}

std::optional<Instant> read_instant(std::string_view text) {
  std::optional<BasicTime> time = read_basic_time(text);
  if (!time || !time->is_utc) return {};
  return instant_of(*time);
}

When when_of(Instant instant, const ImportContext& context) {
  LocalTime time = owner_zone(context).to_local(instant);
  auto day = std::chrono::floor<std::chrono::days>(time);
  if (time == day) return AllDay{day};
  return Zoned{time, owner_zone_name(context)};
}

void add_annotations(Item& item, const Source& source, const ImportContext& context) {
  const JsonNode* list = source.find("annotations");
  if (!list || list->kind != JsonKind::list) return;
  for (const JsonNode* one = list->first(); one != list->end(); one = one->end()) {
    Source annotation(item.at, *one);
    std::string entry = annotation.text("entry");
    if (std::optional<Instant> at = read_instant(entry)) {
      entry = to_text(owner_zone(context).to_local(*at));
      entry[entry.find('T')] = ' ';
    }
    put_notes(item, "annotations", entry + ' ' + annotation.text("description"));
    if (annotation.attributes.size() > 2 || one->kind != JsonKind::object)
      item.report("annotations", Fate::dropped, "an annotation is an entry and a description");
  }
}

bool is_of_series(std::string_view name) {
  constexpr std::array<std::string_view, 7> names = {"recur", "mask", "imask",   "parent",
                                                     "rtype", "last", "template"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

Item read_task(const Source& source, const ImportContext& context) {
  Item item;
  item.at = source.at;
  item.prefix = "taskwarrior.";
  item.source = source.text("uuid");
  item.task.id = named_id<TaskId>(context.name_space, item.source);
  Reading reading{item, source, context};
  for (const auto& [name, node] : source.attributes) {
    auto reader = std::find_if(readers.begin(), readers.end(),
                               [name = name](const Reader& known) { return known.name == name; });
    if (source.find(name) != node)
      item.report(name, Fate::dropped, "it is there twice: the first one counts");
    else if (reader != readers.end()) reader->read(reading, name, *node);
    else if (!is_of_series(name))
      keep_as_it_is(reading, name, *node, "a task has no such attribute");
  }
  settle(item, names_of_properties, context);
  return item;
}

}  // namespace todo::taskwarrior
