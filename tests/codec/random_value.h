// Random values of every type that the codec knows, out of the field tables and a seed.
#pragma once

#include <random>

#include "todo/codec.h"
#include "todo/shape.h"

namespace todo {

// No generator leaves gaps: each member is sometimes empty, sometimes its default, sometimes not.
class RandomValue {
 public:
  explicit RandomValue(std::uint64_t seed) : random_(seed) {}

  template <class T>
  T of() {
    T value{};
    fill(value);
    return value;
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }
  bool one_in(std::size_t n) { return below(n) == 0; }

  template <class T>
  const T& one_of(const std::vector<T>& choices) {
    return choices[below(choices.size())];
  }

  template <class T>
  void fill(T& value) {
    if constexpr (std::is_same_v<T, std::string>) value = text();
    else if constexpr (is_id<T>) fill_id(value.bytes);
    else if constexpr (Textual<T>) fill_textual(value);
    else if constexpr (std::is_same_v<T, bool>) value = one_in(2);
    else if constexpr (std::is_integral_v<T>) value = static_cast<T>(one_in(2) ? below(10) : big());
    else if constexpr (NamedEnum<T>) value = static_cast<T>(below(names<T>.size()));
    else if constexpr (NamedVariant<T>) fill_variant(value);
    else if constexpr (is_optional<T>) one_in(2) ? void() : fill(value.emplace());
    else if constexpr (is_vector<T>) fill_vector(value);
    else if constexpr (is_keyed_set<T>) fill_set(value);
    else if constexpr (is_text_map<T>) fill_map(value);
    else if constexpr (is_patch<T>) fill_patch(value);
    else fill_described(value);
  }

  std::string text() {
    static const std::vector<std::string> choices = {"",
                                                     "milk",
                                                     "two words",
                                                     "a\n\"b\"\\/",
                                                     std::string("\0\x01\x1f\b\f\r\t", 7),
                                                     "Zoë",
                                                     "\x7f ",
                                                     "\u2028",
                                                     "\U0001F468\u200d\U0001F33E",
                                                     "tag.a-b_c/d"};
    return one_of(choices);
  }
  std::size_t big() { return (std::size_t{1} << 31) + below(std::size_t{1} << 20); }

  void fill_id(std::array<std::uint8_t, 16>& bytes) {
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(below(256));
    bytes[0] |= 1;  // never nil
  }

  LocalTime local_time() {
    return first_date + std::chrono::seconds{random_() % (std::uint64_t{9999} * 365 * 86'400)};
  }
  void fill_textual(Instant& at) {
    at =
        Instant{local_time().time_since_epoch()} + std::chrono::milliseconds{below(2) * below(999)};
  }
  void fill_textual(When& when) {
    LocalTime time = local_time();
    if (one_in(3)) when = AllDay{std::chrono::floor<std::chrono::days>(time)};
    else if (one_in(2)) when = Floating{time};
    else when = Zoned{time, "Europe/Paris"};
  }
  void fill_textual(Duration& duration) {
    int sign = one_in(2) ? 1 : -1;
    duration = {sign * static_cast<int>(below(400)), sign * static_cast<int>(below(86'400))};
  }
  void fill_textual(TimeOfDay& time) { time.since_midnight = std::chrono::minutes{below(1440)}; }
  void fill_textual(Rule& rule) {
    static const std::vector<std::string> choices = {
        "FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=-1",
        "FREQ=YEARLY;UNTIL=20301231;BYMONTH=2;BYDAY=-1FR"};
    rule = *parse<Rule>(one_of(choices));
  }

  template <class... A>
  void fill_variant(std::variant<A...>& variant) {
    ++depth_;
    std::size_t index = below(depth_ > 3 ? sizeof...(A) - 1 : sizeof...(A));  // the last is Batch
    std::size_t alternative = 0;
    (void(alternative++ == index ? fill(variant.template emplace<A>()) : void()), ...);
    --depth_;
  }

  template <class T>
  void fill_vector(std::vector<T>& items) {
    items.resize(below(4));
    for (T& item : items) fill(item);
  }
  template <class S>
  void fill_set(S& set) {
    for (std::size_t i = below(4); i-- > 0;) set.put(of<typename S::Item>());
  }
  void fill_map(Attributes& map) {
    for (std::size_t i = below(4); i-- > 0;) map[text()] = text();
  }

  template <class S>
  void fill_change(KeyedChange<S>& change) {
    if (one_in(3)) return fill(change.all.emplace());
    S erased;
    fill(change.put);
    fill(erased);
    for (const auto& item : erased) {
      auto key = detail::key_in<S>(item);
      if (!detail::item_in(change.put, key)) change.erase.push_back(key);
    }
  }

  template <class T>
  void fill_patch(Patch<T>& patch) {
    for_each_field<T>([&](auto index, const auto&) {
      if (!one_in(3)) return;
      ChangeOf<MemberType<T, index>> change{};
      if constexpr (is_keyed_change<decltype(change)>) fill_change(change);
      else fill(change);
      patch.template put<index>(std::move(change));
    });
  }

  template <class T>
  void fill_described(T& value) {
    for_each_field<T>([&](auto, const auto& field) { fill(value.*field.member); });
    if constexpr (requires { value.v; }) value.v = entry_version;
  }

  std::mt19937_64 random_;
  int depth_ = 0;
};

}  // namespace todo
