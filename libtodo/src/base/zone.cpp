#include "todo/zone.h"

#include <algorithm>

#include "base/bytes.h"

namespace todo {
namespace {

using std::chrono::seconds;

constexpr std::int64_t hour = 3600;

// RFC 9636, 3.2: offsets are more than -25 h and less than 26 h.
constexpr std::int64_t lowest_offset = -25 * hour;
constexpr std::int64_t highest_offset = 26 * hour;

// Beyond any transition, and far enough from the ends of the type to add an offset.
constexpr std::int64_t for_ever = std::int64_t{1} << 61;
constexpr std::int64_t last_transition = std::int64_t{1} << 59;  // RFC 9636, 3.2

// The header of a data block (RFC 9636, 3.1).
struct Header {
  static constexpr std::size_t size = 44;
  std::uint64_t utc_flags, standard_flags, leap_seconds, transitions, types, characters;

  static std::optional<Header> read(std::span<const unsigned char> tzif) {
    constexpr std::string_view magic = "TZif";
    if (tzif.size() < size) return std::nullopt;
    if (!std::equal(magic.begin(), magic.end(), tzif.begin()) || tzif[4] < '2') return std::nullopt;
    Header header{read_u32(tzif, 20), read_u32(tzif, 24), read_u32(tzif, 28),
                  read_u32(tzif, 32), read_u32(tzif, 36), read_u32(tzif, 40)};
    if (header.leap_seconds != 0 || header.types == 0 || header.types > 256) return std::nullopt;
    return header;
  }

  // All but the footer.
  std::uint64_t block_size() const {
    return size + transitions * 9 + types * 6 + characters + utc_flags + standard_flags;
  }
};

Instant instant(std::int64_t second) { return Instant{seconds{second}}; }

}  // namespace

std::optional<Zone> Zone::read(std::span<const unsigned char> tzif) {
  std::optional<Header> header = Header::read(tzif);
  if (!header || tzif.size() < header->block_size() + 2) return std::nullopt;

  Zone zone;
  std::size_t count = static_cast<std::size_t>(header->transitions);
  zone.transitions_ = tzif.subspan(Header::size, count * 8);
  zone.types_after_ = tzif.subspan(Header::size + count * 8, count);
  zone.types_ = tzif.subspan(Header::size + count * 9, static_cast<std::size_t>(header->types) * 6);

  auto footer = tzif.subspan(static_cast<std::size_t>(header->block_size()));
  if (footer.front() != '\n' || footer.back() != '\n') return std::nullopt;
  if (footer.size() == 2) return zone;
  zone.footer_ = read_footer(as_text(footer.subspan(1, footer.size() - 2)));
  if (!zone.footer_) return std::nullopt;
  return zone;
}

bool Zone::has_sound_tables() const {
  for (std::size_t i = 0; i < types_after_.size(); ++i) {
    if (types_after_[i] >= types_.size() / 6) return false;
    if (transition(i) < -last_transition || transition(i) > last_transition) return false;
    if (i > 0 && transition(i) <= transition(i - 1)) return false;
  }
  for (std::size_t type = 0; type < types_.size() / 6; ++type) {
    std::int32_t offset = offset_of_type(type);
    if (offset <= lowest_offset || offset >= highest_offset) return false;
  }
  return true;
}

std::int64_t Zone::transition(std::size_t index) const { return read_i64(transitions_, index * 8); }

std::int32_t Zone::offset_of_type(std::size_t type) const {
  return static_cast<std::int32_t>(read_u32(types_, type * 6));
}

Zone::Stretch Zone::stretch_at(std::int64_t time) const {
  std::size_t count = types_after_.size();
  std::size_t low = 0;  // the number of transitions up to `time`
  for (std::size_t high = count; low < high;) {
    std::size_t middle = low + (high - low) / 2;
    if (transition(middle) <= time) low = middle + 1;
    else high = middle;
  }

  std::int64_t begin = low == 0 ? -for_ever : transition(low - 1);
  if (low == count && footer_) {
    Stretch stretch = footer_->stretch_at(time);
    stretch.begin = std::max(stretch.begin, begin);
    return stretch;
  }
  std::int64_t end = low == count ? for_ever : transition(low);
  return {begin, end, offset_of_type(low == 0 ? 0 : types_after_[low - 1])};
}

seconds Zone::offset_at(Instant at) const {
  return seconds{stretch_at(std::chrono::floor<seconds>(at).time_since_epoch().count()).offset};
}

LocalTime Zone::to_local(Instant at) const {
  return LocalTime{std::chrono::floor<seconds>(at).time_since_epoch() + offset_at(at)};
}

// Looks at one stretch after the other, from one that is surely before the time or holds it.
Resolved Zone::resolve(LocalTime time) const {
  const std::int64_t local = time.time_since_epoch().count();
  Stretch now = stretch_at(local - highest_offset);
  std::int32_t offset_before = now.offset;
  while (local - now.offset >= now.end) {
    offset_before = now.offset;
    now = stretch_at(now.end);
  }
  if (local - now.offset < now.begin) return {instant(local - offset_before), LocalKind::gap};

  Resolved first{instant(local - now.offset), LocalKind::unique};
  while (now.end <= local - lowest_offset) {
    now = stretch_at(now.end);
    std::int64_t again = local - now.offset;
    if (now.begin <= again && again < now.end) first.kind = LocalKind::overlap;
  }
  return first;
}

}  // namespace todo
