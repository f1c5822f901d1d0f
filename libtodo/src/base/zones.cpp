// The pack of zones: data/make_zones.py says how its bytes lie.
#include "base/bytes.h"
#include "base/packed_zones.h"
#include "todo/zone.h"

namespace todo {
namespace {

constexpr std::string_view magic = "todozone";
constexpr std::size_t version_at = 8;
constexpr std::size_t version_size = 8;
constexpr std::size_t count_at = 16;
constexpr std::size_t entries_at = 20;
constexpr std::size_t entry_size = 16;

bool is_inside(Bytes bytes, std::uint64_t at, std::uint64_t size) {
  return at <= bytes.size() && size <= bytes.size() - at;
}

}  // namespace

// One name of the index.
struct Zones::Entry {
  std::uint32_t name_at;
  std::uint16_t name_size;
  std::uint16_t target;  // the number of the entry that has the body
  std::uint32_t body_at;
  std::uint32_t body_size;
};

const Zones& Zones::embedded() {
  static const Zones zones;
  return zones;
}

Result<Zones> Zones::load(std::vector<unsigned char> packed) {
  Zones zones;
  zones.loaded_ = std::move(packed);
  if (!zones.loaded_.empty() && zones.is_sound()) return zones;
  return Error{Errc::corrupt, "these are no zone rules, or they are damaged"};
}

std::optional<Zone> Zones::find(std::string_view name) const {
  std::optional<std::size_t> at = position(name);
  if (!at) return std::nullopt;
  return Zone::read(body(entry(entry(*at).target)));
}

std::string_view Zones::canonical(std::string_view name) const {
  std::optional<std::size_t> at = position(name);
  if (!at) return {};
  return this->name(entry(entry(*at).target));
}

std::vector<std::string_view> Zones::names() const {
  std::vector<std::string_view> all;
  all.reserve(count());
  for (std::size_t i = 0; i < count(); ++i) all.push_back(name(entry(i)));
  return all;
}

std::string_view Zones::version() const {
  std::string_view padded = as_text(packed().subspan(version_at, version_size));
  return padded.substr(0, padded.find('\0'));
}

std::span<const unsigned char> Zones::packed() const {
  if (loaded_.empty()) return {packed_zones, packed_zones_size};
  return loaded_;
}

std::size_t Zones::count() const { return read_u32(packed(), count_at); }

Zones::Entry Zones::entry(std::size_t index) const {
  Bytes bytes = packed();
  std::size_t at = entries_at + index * entry_size;
  return {read_u32(bytes, at), read_u16(bytes, at + 4), read_u16(bytes, at + 6),
          read_u32(bytes, at + 8), read_u32(bytes, at + 12)};
}

std::string_view Zones::name(const Entry& entry) const {
  return as_text(packed().subspan(entry.name_at, entry.name_size));
}

std::span<const unsigned char> Zones::body(const Entry& entry) const {
  return packed().subspan(entry.body_at, entry.body_size);
}

std::optional<std::size_t> Zones::position(std::string_view name) const {
  std::size_t low = 0;
  for (std::size_t high = count(); low < high;) {
    std::size_t middle = low + (high - low) / 2;
    if (this->name(entry(middle)) < name) low = middle + 1;
    else high = middle;
  }
  if (low == count() || this->name(entry(low)) != name) return std::nullopt;
  return low;
}

// In time proportional to the bytes: no two bodies may share any.
bool Zones::is_sound() const {
  Bytes bytes = packed();
  if (bytes.size() < entries_at || as_text(bytes.first(magic.size())) != magic) return false;
  constexpr std::size_t most_zones = 0xffff;
  if (count() > most_zones || !is_inside(bytes, entries_at, count() * entry_size)) return false;

  std::uint64_t end_of_body = 0;
  for (std::size_t i = 0; i < count(); ++i) {
    if (!is_sound(i)) return false;
    Entry here = entry(i);
    if (here.target != i) continue;
    if (here.body_at < end_of_body) return false;
    end_of_body = std::uint64_t{here.body_at} + here.body_size;
  }
  return true;
}

// Entry `index`, given those before it.
bool Zones::is_sound(std::size_t index) const {
  Entry here = entry(index);
  if (here.target >= count() || !is_inside(packed(), here.name_at, here.name_size)) return false;
  if (index > 0 && !(name(entry(index - 1)) < name(here))) return false;
  if (here.target != index) return entry(here.target).target == here.target;

  if (!is_inside(packed(), here.body_at, here.body_size)) return false;
  std::optional<Zone> zone = Zone::read(body(here));
  return zone && zone->has_sound_tables();
}

}  // namespace todo
