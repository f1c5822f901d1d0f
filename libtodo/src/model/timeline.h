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

  Point at(LocalTime time) const {
    if (!is_zoned_) return Point{time.time_since_epoch()};
    return std::chrono::floor<std::chrono::seconds>(zone_->to_instant(time));
  }
  LocalTime local(Point at) const {
    return is_zoned_ ? zone_->to_local(at) : LocalTime{at.time_since_epoch()};
  }

  // The last point that may be. A date stands for its midnight, also where times are repeated:
  // that is how other programs read it.
  Point at(const Until& until) const {
    if (const auto* date = std::get_if<Date>(&until)) return at(LocalTime{*date});
    if (const auto* time = std::get_if<LocalTime>(&until)) return at(*time);
    auto instant = std::chrono::floor<std::chrono::seconds>(*std::get_if<Instant>(&until));
    if (is_zoned_ || !zone_) return instant;
    return at(zone_->to_local(instant));
  }

 private:
  std::optional<Zone> zone_;
  bool is_zoned_;
};

}  // namespace todo
