// Time zones: IANA rules, read from TZif (RFC 9636) with the POSIX footer that governs the future.
//
// The rules come with the library and are the same in every face; a host may load newer ones and
// pass them wherever zones are asked for.
#pragma once

#include <span>
#include <vector>

#include "todo/time.h"

namespace todo {

enum class LocalKind : std::uint8_t { unique, gap, overlap };

// What a wall-clock time means in a zone.
struct Resolved {
  Instant instant{};
  LocalKind kind = LocalKind::unique;
};

// The rules of one zone: a view that is valid as long as its Zones. Cheap to copy; whoever asks
// much of one zone keeps it.
class Zone {
 public:
  // Time with one offset, from `begin` until before `end`: seconds since 1970.
  struct Stretch {
    std::int64_t begin;
    std::int64_t end;
    std::int32_t offset;
  };

  // The one around `time`, for those who ask about many times near each other.
  Stretch stretch_at(std::int64_t time) const;

  // East of UTC. O(log transitions).
  std::chrono::seconds offset_at(Instant at) const;
  LocalTime to_local(Instant at) const;

  // A time in a gap is read with the offset in force before it (02:30 becomes 03:30), one that
  // comes twice is the first: RFC 5545, 3.3.5.
  Resolved resolve(LocalTime time) const;
  Instant to_instant(LocalTime time) const { return resolve(time).instant; }

 private:
  friend class Zones;
  friend class FooterReader;

  // A day of each year, and seconds from its midnight.
  struct YearDay {
    enum class Kind : std::uint8_t { of_month, from_one_without_leap_day, from_zero };
    Kind kind{};
    std::uint8_t month{}, week{}, weekday{};  // of_month; the fifth week is the last
    std::uint16_t day{};                      // the other kinds
    std::int32_t time{};

    std::int64_t in_year(std::chrono::year year) const;
  };

  // What governs the time after the last transition: a POSIX TZ string.
  struct Footer {
    std::int32_t standard_offset{};
    std::int32_t summer_offset{};
    YearDay summer_begin{};
    YearDay summer_end{};
    bool has_summer = false;

    Stretch stretch_at(std::int64_t time) const;
    bool may_stray() const;
    std::array<std::pair<std::int64_t, std::int32_t>, 2> changes_of(std::chrono::year year) const;
  };

  // Checks all but the contents of the tables, which `has_sound_tables` does in O(transitions).
  static std::optional<Zone> read(std::span<const unsigned char> tzif);
  static std::optional<Footer> read_footer(std::string_view text);
  bool has_sound_tables() const;

  std::int64_t transition(std::size_t index) const;
  std::int32_t offset_of_type(std::size_t type) const;
  std::span<const unsigned char> transitions_;  // eight bytes each
  std::span<const unsigned char> types_after_;  // the number of the type that begins at each
  std::span<const unsigned char> types_;        // six bytes each
  std::optional<Footer> footer_;
};

// Values: a copy has rules of its own.
class Zones {
 public:
  // The rules that this library was built with. Reads nothing and allocates nothing.
  static const Zones& embedded();

  // Rules in the format of libtodo/data/zones.bin (its script says what that is). Checks every
  // byte that will ever be used: `corrupt` if one is wrong.
  static Result<Zones> load(std::vector<unsigned char> packed);

  // By IANA name, exactly as it is written; links ("Europe/Belfast") are found too. O(log zones).
  std::optional<Zone> find(std::string_view name) const;

  // The name of the zone that `name` is a link to, itself if it is none; empty if unknown.
  std::string_view canonical(std::string_view name) const;

  std::vector<std::string_view> names() const;  // sorted
  std::string_view version() const;             // "2026b"

 private:
  struct Entry;

  Zones() = default;
  std::span<const unsigned char> packed() const;
  std::size_t count() const;
  Entry entry(std::size_t index) const;
  std::string_view name(const Entry& entry) const;
  std::span<const unsigned char> body(const Entry& entry) const;
  std::optional<std::size_t> position(std::string_view name) const;
  bool is_sound() const;
  bool is_sound(std::size_t index) const;

  std::vector<unsigned char> loaded_;  // empty: the embedded ones
};

}  // namespace todo
