#include "query/place.h"

#include "todo/text.h"

namespace todo::query {
namespace {

using std::chrono::days;
using std::chrono::floor;
using std::chrono::hours;
using std::chrono::milliseconds;

// A moment is the local day and then, in the low bits, 0 for a date or the instant counted from a
// day before that day began in UTC: no zone is further from it.
constexpr int instant_bits = 28;
constexpr std::uint64_t instant_mask = (std::uint64_t{1} << instant_bits) - 1;
constexpr milliseconds before_day = hours{24};
constexpr std::int64_t day_offset =
    -first_date.time_since_epoch().count() + 1;  // for positive days

// Keeps the order of signed numbers; none of those that occur comes near the ends.
constexpr std::int64_t sign_offset = std::int64_t{1} << 62;
std::uint64_t unsigned_of(std::int64_t number) {
  return static_cast<std::uint64_t>(number + sign_offset);
}

std::uint64_t number_of(const std::optional<Instant>& instant) {
  return instant ? unsigned_of(instant->time_since_epoch().count()) : missing;
}

std::uint64_t number_of(const std::optional<Duration>& duration) {
  return duration ? unsigned_of(std::int64_t{duration->days} * 86'400 + duration->seconds)
                  : missing;
}

// No text of UTF-8 begins with the bytes of `missing`.
std::uint64_t first_bytes(std::string_view text) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i)
    number = number << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0);
  return number;
}

SortText& text_at(Place& place, SortField field) {
  if (field == SortField::title) return place.title;
  return field == SortField::project ? place.project : place.order;
}

int compare(const SortText& a, const SortText& b) {
  int folded = a.folded.compare(b.folded);
  return folded != 0 ? folded : a.bytes.compare(b.bytes);
}

int compare(const Place& a, const Place& b, const SortKey& key) {
  std::uint64_t left = a.number(key.field);
  std::uint64_t right = b.number(key.field);
  if (left == missing || right == missing) return (left == missing) - (right == missing);
  int order = (left > right) - (left < right);
  if (order == 0 && a.text(key.field)) order = compare(*a.text(key.field), *b.text(key.field));
  return key.descending ? -order : order;
}

}  // namespace

const SortText* Place::text(SortField field) const {
  if (field == SortField::title) return &title;
  if (field == SortField::project) return &project;
  return field == SortField::order ? &order : nullptr;
}

void set_number(Place& place, SortField field, std::uint64_t number) {
  place.numbers[static_cast<std::size_t>(field)] = number;
}

void set_text(Place& place, SortField field, std::string_view text) {
  SortText& target = text_at(place, field);
  target.bytes = text;
  target.folded = field == SortField::order ? std::string{} : fold(text);
  std::string_view compared = field == SortField::order ? text : target.folded;
  set_number(place, field, text.empty() ? missing : first_bytes(compared));
}

Place place_of(const Task& task, std::string_view project_name, const Zone& zone,
               const Zones& zones) {
  auto moment = [&](const std::optional<When>& when) {
    return when ? moment_number(*when, zone, zones) : missing;
  };
  Place place;
  place.id = task.id;
  set_number(place, SortField::due, moment(task.due));
  set_number(place, SortField::start, moment(task.start));
  set_number(place, SortField::priority, static_cast<std::uint64_t>(task.priority));
  set_number(place, SortField::created, number_of(task.created_at));
  set_number(place, SortField::updated, number_of(task.updated_at));
  set_number(place, SortField::completed, number_of(task.completed_at));
  set_number(place, SortField::estimate, number_of(task.estimate));
  set_text(place, SortField::title, task.title);
  set_text(place, SortField::project, project_name);
  set_text(place, SortField::order, task.order);
  return place;
}

bool comes_before(const Place& a, const Place& b, const Sort& sort) {
  for (const SortKey& key : sort) {
    int order = compare(a, b, key);
    if (order != 0) return order < 0;
  }
  return a.id < b.id;
}

std::uint64_t head_of(const Place& place, const Sort& sort) {
  if (sort.empty()) {
    std::string_view bytes(reinterpret_cast<const char*>(place.id.bytes.data()), 8);
    return first_bytes(bytes);
  }
  std::uint64_t number = place.number(sort[0].field);
  return number == missing || !sort[0].descending ? number : missing - 1 - number;
}

std::uint64_t moment_number(const When& when, const Zone& zone, const Zones& zones) {
  auto number = [](Date day, std::uint64_t low_bits) {
    auto count = static_cast<std::uint64_t>(day.time_since_epoch().count() + day_offset);
    return count << instant_bits | low_bits;
  };
  if (const auto* all_day = std::get_if<AllDay>(&when)) return number(all_day->date, 0);
  const auto* zoned = std::get_if<Zoned>(&when);
  std::optional<Zone> own = zoned ? zones.find(zoned->zone) : std::nullopt;
  Instant instant = own.value_or(zone).to_instant(local_time_of(when));
  Date day = floor<days>(zone.to_local(instant));
  milliseconds since = instant.time_since_epoch() - day.time_since_epoch() + before_day;
  return number(day, static_cast<std::uint64_t>(since.count()));
}

Date day_of_moment(std::uint64_t number) {
  return Date{days{static_cast<std::int64_t>(number >> instant_bits) - day_offset}};
}

bool is_past(std::uint64_t moment, Instant now, Date today) {
  Date day = day_of_moment(moment);
  auto low_bits = static_cast<std::int64_t>(moment & instant_mask);
  if (low_bits == 0) return day < today;
  return Instant{day.time_since_epoch() + milliseconds{low_bits} - before_day} < now;
}

}  // namespace todo::query
