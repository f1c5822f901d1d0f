// The wall clock that a recurrence goes by, laid out on one line of seconds.
#pragma once

#include "todo/recurrence.h"

namespace todo {

// Of a zoned anchor the line is time itself, so that a gap moves what falls into it and an hour
// that comes twice is twice on it. Dates and floating times have no zone: their line is the clock
// alone.
class Timeline {
 public:
  using Point = std::chrono::sys_seconds;

  // `zone`: of a zoned anchor, else of whoever reads an UNTIL in UTC; UTC if there is none.
  Timeline(const When& anchor, const std::optional<Zone>& zone)
      : zone_(zone), is_zoned_(zone && std::holds_alternative<Zoned>(anchor)) {}

  Point at(LocalTime time) {
    if (!is_zoned_) return Point{time.time_since_epoch()};
    Point guess{time.time_since_epoch() - offset_};
    if (guess >= plain_from_ && guess < plain_until_) return guess;
    guess = std::chrono::floor<std::chrono::seconds>(zone_->to_instant(time));
    look_around(guess);
    return guess;
  }
  LocalTime local(Point at) {
    if (!is_zoned_) return LocalTime{at.time_since_epoch()};
    if (at < plain_from_ || at >= plain_until_) look_around(at);
    bool is_plain = at >= plain_from_ && at < plain_until_;
    return is_plain ? LocalTime{at.time_since_epoch() + offset_} : zone_->to_local(at);
  }

  // The last point that may be. A date stands for its midnight, also where times are repeated:
  // that is how other programs read it.
  Point at(const Until& until) {
    if (const auto* date = std::get_if<Date>(&until)) return at(LocalTime{*date});
    if (const auto* time = std::get_if<LocalTime>(&until)) return at(*time);
    auto instant = std::chrono::floor<std::chrono::seconds>(*std::get_if<Instant>(&until));
    if (is_zoned_ || !zone_) return instant;
    return at(zone_->to_local(instant));
  }

 private:
  // Remembers the offset at `at`, and between which points nothing but that offset matters: no
  // change of it is nearer than two days.
  void look_around(Point at) {
    constexpr std::chrono::days margin{2};
    Zone::Stretch stretch = zone_->stretch_at(at.time_since_epoch().count());
    offset_ = std::chrono::seconds{stretch.offset};
    plain_from_ = Point{std::chrono::seconds{stretch.begin}} + margin;
    plain_until_ = Point{std::chrono::seconds{stretch.end}} - margin;
  }

  std::optional<Zone> zone_;
  bool is_zoned_;
  std::chrono::seconds offset_{};
  Point plain_from_{};
  Point plain_until_{};
};

}  // namespace todo
