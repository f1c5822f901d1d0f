// Templates and their instances as series. Taskwarrior makes instances of a template ahead of time;
// here the latest task of a series carries the recurrence and makes the next one when it is closed.
#include <algorithm>

#include "taskwarrior.h"

namespace todo::taskwarrior {
namespace {

constexpr std::size_t most_instances = 10'000;

struct Group {
  std::optional<std::size_t> origin{};   // the template
  std::vector<std::size_t> instances{};  // in the order of their dates
};

// How many instances came before; what is no number counts as beyond all.
std::size_t number_of(const Source& source) {
  std::string text = source.text("imask");
  text.erase(std::min(text.find('.'), text.size()));
  if (text.empty() || text.size() > 5) return most_instances;
  std::size_t number = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return most_instances;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  return std::min(number, most_instances);
}

class Series {
 public:
  Series(const std::vector<Source>& sources, Gathered& gathered, const ImportContext& context)
      : sources_(sources), gathered_(gathered), context_(context), gone_(sources.size(), false) {}

  void join_all() {
    std::map<std::string, Group> groups;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      if (std::string parent = sources_[i].text("parent"); !parent.empty())
        groups[parent].instances.push_back(i);
      else if (sources_[i].find("recur")) groups[sources_[i].text("uuid")].origin = i;
      else keep_series_attributes(i, "it is in no series");
    }
    for (auto& [uuid, group] : groups) {
      std::stable_sort(group.instances.begin(), group.instances.end(),
                       [&](std::size_t a, std::size_t b) { return number(a) < number(b); });
      join(uuid, group);
    }
    remove_gone();
  }

 private:
  Task& task(std::size_t i) { return gathered_.items[i].task; }
  Item& item(std::size_t i) { return gathered_.items[i]; }
  std::size_t number(std::size_t i) const { return number_of(sources_[i]); }

  void join(const std::string& uuid, const Group& group) {
    std::size_t first = group.origin ? *group.origin : group.instances.front();
    const std::optional<When> anchor = task(first).due;
    std::optional<Rule> rule;
    if (anchor) rule = read_recur(sources_[first].text("recur"), *anchor);
    if (!rule) return leave_alone(group);

    Recurrence recurrence;
    recurrence.rules = {*rule};
    recurrence.anchor = anchor;
    bool is_live = !group.origin || sources_[*group.origin].text("status") == "recurring";
    make_dates(recurrence, group);
    if (group.origin) end_by(sources_[*group.origin].text("until"), recurrence);
    for (std::size_t i : group.instances) join_instance(i, uuid, recurrence);
    if (group.instances.empty()) start_from_origin(*group.origin, recurrence, is_live);
    else if (group.origin && is_live) go_on(group, recurrence);
    else if (group.origin) end_with_origin(*group.origin, recurrence);
    else go_on_without_origin(group.instances.back(), recurrence);
    report_rule(group.instances);
  }

  // Only the latest one carries it.
  void report_rule(const std::vector<std::size_t>& instances) {
    for (std::size_t i : instances) {
      if (!task(i).recurrence && sources_[i].find("recur"))
        item(i).report("recur", Fate::derived, "the latest task of the series has it");
    }
  }

  // By the rule without its end, as Taskwarrior counts: the anchor is always the first one.
  void make_dates(const Recurrence& recurrence, const Group& group) {
    std::size_t count = 0;
    for (std::size_t i : group.instances) count = std::max(count, number(i) + 1);
    if (group.origin) count = std::max(count, sources_[*group.origin].text("mask").size() + 1);
    if (count > most_instances) count = 1;
    zone_ = owner_zone(context_);
    dates_ = occurrences(recurrence, {}, count, zone_);
    LocalTime anchor = local_time_of(*recurrence.anchor);
    if (dates_.empty() || dates_.front() != anchor) dates_.insert(dates_.begin(), anchor);
  }

  void end_by(const std::string& until, Recurrence& recurrence) const {
    std::optional<Instant> instant = read_instant(until);
    if (!instant) return;
    Rule& rule = recurrence.rules.front();
    if (std::holds_alternative<AllDay>(*recurrence.anchor))
      rule.until = Date{std::chrono::floor<std::chrono::days>(zone_->to_local(*instant))};
    else rule.until = *instant;
  }

  void join_instance(std::size_t i, const std::string& uuid, const Recurrence& recurrence) {
    Task& one = task(i);
    one.series = named_id<TaskId>(context_.name_space, uuid);
    one.occurrence = one.due ? one.due : recurrence.anchor;
    if (number(i) < dates_.size()) {
      one.occurrence = with_local_time(*recurrence.anchor, dates_[number(i)]);
      undo_clock_change(i);
    }
    settle(item(i), names_of_properties, context_);
    for (std::string_view name : {"imask", "mask", "rtype", "last", "template"}) {
      if (sources_[i].find(name)) item(i).report(name, Fate::derived, "its series says it");
    }
  }

  // Taskwarrior adds hours, so that its dates are off by one after a change of the clock.
  void undo_clock_change(std::size_t i) {
    Task& one = task(i);
    std::optional<Instant> due = read_instant(sources_[i].text("due"));
    if (!due || !one.due || *one.due == *one.occurrence) return;
    auto distance = *due - zone_->to_instant(local_time_of(*one.occurrence));
    constexpr std::chrono::hours hour{1};
    if (distance > hour || distance < -hour) return;
    item(i).report("due", Fate::changed,
                   "it was off by a change of the clock: " + to_text(*one.occurrence));
    one.due = one.occurrence;
  }

  // Without instances the template itself becomes the next task.
  void start_from_origin(std::size_t origin, const Recurrence& recurrence, bool is_live) {
    Task& one = task(origin);
    one.recurrence = recurrence;
    std::size_t passed = sources_[origin].text("mask").size();
    if (is_live && passed > 0 && passed < dates_.size()) {
      one.occurrence = with_local_time(*recurrence.anchor, dates_[passed]);
      auto distance = date_of(*one.occurrence) - date_of(*one.due);
      one.due = one.occurrence;
      if (one.start) one.start = with_local_time(*one.start, local_time_of(*one.start) + distance);
    }
    settle(item(origin), names_of_properties, context_);
    report_origin(origin);
  }

  // A template that was deleted or completed ends its series.
  void end_with_origin(std::size_t origin, const Recurrence& recurrence) {
    task(origin).recurrence = recurrence;
    report_origin(origin);
  }

  void report_origin(std::size_t origin) {
    for (std::string_view name : {"mask", "rtype", "last", "template"}) {
      if (sources_[origin].find(name))
        item(origin).report(name, Fate::derived, "its series says it");
    }
  }

  void go_on(const Group& group, const Recurrence& recurrence) {
    std::size_t origin = *group.origin;
    std::size_t latest = group.instances.back();
    task(latest).recurrence = recurrence;
    std::size_t live = latest;
    if (task(latest).status != Status::open) {
      std::optional<Task> next =
          successor_of(task(latest), *task(latest).completed_at, *zone_, context_.zones);
      if (next) {
        live = gathered_.items.size();
        Item item;
        item.source = sources_[origin].text("uuid");
        item.at = sources_[origin].at;
        item.prefix = gathered_.items[latest].prefix;
        item.project = gathered_.items[latest].project;
        item.task = *std::move(next);
        gathered_.items.push_back(std::move(item));
      }
    }
    gathered_.named[sources_[origin].text("uuid")] = task(live).id;
    account_for_origin(sources_[origin], sources_[latest], item(live));
    gone_[origin] = true;
  }

  // What the latest instance says as well is there; the rest is kept with the task that goes on.
  void account_for_origin(const Source& origin, const Source& latest, Item& live) {
    Item row;
    row.source = origin.text("uuid");
    row.at = origin.at;
    row.prefix = live.prefix + "template.";
    row.task.attributes = std::move(live.task.attributes);
    row.task.notes = std::move(live.task.notes);
    for (const auto& [name, node] : origin.attributes) {
      constexpr std::array<std::string_view, 5> taken = {"uuid", "due", "recur", "status", "until"};
      constexpr std::array<std::string_view, 4> derived = {"id", "urgency", "mask", "rtype"};
      if (std::find(taken.begin(), taken.end(), name) != taken.end()) continue;
      std::string text = text_of(*node);
      if (name == "annotations") add_annotations(row, origin, context_);
      else if (std::find(derived.begin(), derived.end(), name) != derived.end())
        row.report(name, Fate::derived, "the series says it");
      else if (text == latest.text(name))
        row.report(name, Fate::derived, "the tasks of the series have it");
      else keep(row, name, text, "the series goes on as its latest task is");
    }
    live.task.attributes = std::move(row.task.attributes);
    live.task.notes = std::move(row.task.notes);
    for (Loss& loss : row.losses) gathered_.losses.push_back(std::move(loss));
  }

  // An export of some tasks may have left out the template.
  void go_on_without_origin(std::size_t latest, const Recurrence& recurrence) {
    task(latest).recurrence = recurrence;
    if (task(latest).status != Status::open)
      item(latest).report("recur", Fate::changed, "the export has no task that it goes on with");
  }

  // A rule that is not understood: what there is stands for itself.
  void leave_alone(const Group& group) {
    for (std::size_t i : group.instances) keep_series_attributes(i, "its rule is not understood");
    if (!group.origin) return;
    std::size_t origin = *group.origin;
    keep_series_attributes(origin, "its rule is not understood");
    if (group.instances.empty()) return;
    gone_[origin] = true;
    gathered_.losses.push_back({item(origin).source, item(origin).at, "", Fate::dropped,
                                "its rule is not understood: only its instances are taken over"});
  }

  void keep_series_attributes(std::size_t i, const std::string& why) {
    for (const auto& [name, node] : sources_[i].attributes) {
      if (is_of_series(name)) keep(item(i), name, text_of(*node), why);
    }
  }

  void remove_gone() {
    std::vector<Item> items;
    for (std::size_t i = 0; i < gathered_.items.size(); ++i) {
      if (i >= gone_.size() || !gone_[i]) items.push_back(std::move(gathered_.items[i]));
    }
    gathered_.items = std::move(items);
  }

  const std::vector<Source>& sources_;
  Gathered& gathered_;
  const ImportContext& context_;
  std::vector<bool> gone_;        // became no task
  std::optional<Zone> zone_{};    // of the owner
  std::vector<LocalTime> dates_;  // of the series at hand, by number
};

}  // namespace

void join_series(const std::vector<Source>& sources, Gathered& gathered,
                 const ImportContext& context) {
  Series(sources, gathered, context).join_all();
}

}  // namespace todo::taskwarrior
