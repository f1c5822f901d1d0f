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

// The rules of one zone: a view that is valid as long as its Zones.
class Zone {
 public:
  explicit Zone(std::span<const unsigned char> tzif);  // checked by Zones

  // East of UTC. O(log transitions).
  std::chrono::seconds offset_at(Instant at) const;
  LocalTime to_local(Instant at) const;

  // A time in a gap is read with the offset in force before it (02:30 becomes 03:30), one that
  // comes twice is the first: RFC 5545, 3.3.5.
  Resolved resolve(LocalTime time) const;
  Instant to_instant(LocalTime time) const { return resolve(time).instant; }

 private:
  std::span<const unsigned char> tzif_;
};

class Zones {
 public:
  // The rules that this library was built with. Reads nothing and allocates nothing.
  static const Zones& embedded();

  // Rules in the format of libtodo/data/zones.bin (its script says what that is).
  static Result<Zones> load(std::vector<unsigned char> packed);

  // By IANA name, exactly as it is written; links ("Europe/Belfast") are found too. O(log zones).
  std::optional<Zone> find(std::string_view name) const;

  // The name of the zone that `name` is a link to, itself if it is none; empty if unknown.
  std::string_view canonical(std::string_view name) const;

  std::vector<std::string_view> names() const;  // sorted
  std::string_view version() const;             // "2026b"
};

}  // namespace todo
