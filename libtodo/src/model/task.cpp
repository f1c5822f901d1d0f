#include "todo/task.h"

#include "checks.h"
#include "rule.h"
#include "todo/text.h"

namespace todo {

std::string TagKey::of(const std::string& tag) { return is_utf8(tag) ? fold(tag) : tag; }

namespace {

// LF ends a line, however it was ended.
void to_unix_lines(std::string& text) {
  std::size_t to = 0;
  for (std::size_t from = 0; from < text.size(); ++from) {
    bool is_cr = text[from] == '\r';
    if (is_cr && from + 1 < text.size() && text[from + 1] == '\n') continue;
    text[to++] = is_cr ? '\n' : text[from];
  }
  text.resize(to);
}

}  // namespace

void normalize(Task& task) {
  to_stored_form(task.title);
  to_unix_lines(task.notes);
  Tags tags;
  for (std::string tag : task.tags) {
    to_stored_form(tag);
    tags.put(std::move(tag));
  }
  task.tags = std::move(tags);
  if (!task.recurrence) return;
  for (Rule& rule : task.recurrence->rules) normalize(rule);
}

const std::optional<When>& recurring_date(const Task& task) {
  static const std::optional<When> none;
  if (!task.recurrence) return none;
  return task.recurrence->anchored_to == Moment::start ? task.start : task.due;
}

}  // namespace todo
