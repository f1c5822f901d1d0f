#include "todo/reminder_queue.h"

namespace todo {
namespace {

Instant instant_of(const When& when, const Settings& settings, const Zones& zones) {
  const auto* zoned = std::get_if<Zoned>(&when);
  std::optional<Zone> zone = zones.find(zoned ? zoned->zone : settings.zone);
  LocalTime time = local_time_of(when);
  if (std::holds_alternative<AllDay>(when)) time += settings.morning.since_midnight;
  return zone ? zone->to_instant(time) : Instant{time.time_since_epoch()};
}

std::optional<Instant> earliest(std::optional<Instant> a, std::optional<Instant> b) {
  return a && b ? std::min(*a, *b) : a ? a : b;
}

// When the clock next has something to do for `task`.
std::optional<Instant> wake_of(const Task& task, const Settings& settings, const Zones& zones) {
  if (task.deleted_at) return within_calendar(*task.deleted_at + limits::restorable);
  std::optional<Instant> wake;
  if (task.status != Status::open) return wake;
  for (const Reminder& reminder : task.reminders)
    wake = earliest(wake, due_at(reminder, task, settings, zones));
  return wake;
}

}  // namespace

std::optional<Instant> due_at(const Reminder& reminder, const Task& task, const Settings& settings,
                              const Zones& zones) {
  if (reminder.state != ReminderState::scheduled) return std::nullopt;
  if (reminder.snoozed_until) return reminder.snoozed_until;
  if (const auto* absolute = std::get_if<AbsoluteTrigger>(&reminder.trigger)) return absolute->at;

  const auto& relative = std::get<RelativeTrigger>(reminder.trigger);
  const std::optional<When>& when = relative.to == Moment::start ? task.start : task.due;
  if (!when) return std::nullopt;
  When day = with_local_time(*when, local_time_of(*when) + std::chrono::days{relative.offset.days});
  return within_calendar(instant_of(day, settings, zones) +
                         std::chrono::seconds{relative.offset.seconds});
}

void ReminderQueue::update(const Task& task, const Settings& settings, const Zones& zones) {
  erase(task.id);
  std::optional<Instant> wake = wake_of(task, settings, zones);
  if (!wake) return;
  queue_.insert({*wake, task.id});
  queued_at_.emplace(task.id, *wake);
}

void ReminderQueue::erase(const TaskId& task) {
  auto queued = queued_at_.find(task);
  if (queued == queued_at_.end()) return;
  queue_.erase({queued->second, task});
  queued_at_.erase(queued);
}

std::optional<Instant> ReminderQueue::next_due() const {
  return queue_.empty() ? std::nullopt : std::optional(queue_.begin()->first);
}

std::vector<TaskId> ReminderQueue::due(Instant now, std::size_t limit) const {
  std::vector<TaskId> tasks;
  for (const auto& [at, task] : queue_) {
    if (at > now || tasks.size() == limit) break;
    tasks.push_back(task);
  }
  return tasks;
}

}  // namespace todo
