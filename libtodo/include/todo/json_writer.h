// Canonical JSON of any type that `shape.h` tells apart: for hosts that describe values of their
// own. Whoever needs only those of codec.h does not include this.
#pragma once

#include <array>
#include <charconv>

#include "todo/codec.h"
#include "todo/shape.h"

namespace todo {

class JsonWriter {
 public:
  JsonWriter() { out_.reserve(512); }  // most values fit

  template <class T>
  void write(const T& value);

  std::string take() { return std::move(out_); }

 private:
  void write_text(std::string_view text);

  template <class T>
  void write_integer(T number) {
    std::array<char, 24> digits;
    out_.append(digits.data(),
                std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
  }

  template <class List>
  void write_list(const List& items) {
    out_ += '[';
    for (const auto& item : items) {
      write(item);
      out_ += ',';
    }
    close(']');
  }

  template <class T>
  void write_object(const T& value) {
    out_ += '{';
    write_members(value);
    close('}');
  }

  template <class V>
  void write_variant(const V& variant) {
    out_ += '{';
    write_member("type", names<V>[variant.index()]);
    std::visit([this](const auto& value) { write_members(value); }, variant);
    close('}');
  }

  template <class T>
  void write_members(const T& value) {
    for_each_field<T>([&](auto, const auto& field) {
      const auto& member = value.*field.member;
      if (!is_left_out(member, field)) write_member(field.name, member);
    });
  }

  // Names of members need no escapes.
  template <class T>
  void write_member(std::string_view name, const T& value) {
    ((out_ += '"') += name) += "\":";
    write(value);
    out_ += ',';
  }

  // Whether a member is empty, and reads as empty when it is absent.
  template <class T, class M>
  static bool is_left_out(const M& value, const Field<T, M>& field) {
    if constexpr (is_optional<M>) {
      return !value;
    } else if constexpr (requires { value.empty(); }) {
      if (!value.empty()) return false;
      static const T defaults{};
      return (defaults.*field.member).empty();
    } else {
      return false;
    }
  }

  template <class T>
  void write_patch(const Patch<T>& patch) {
    out_ += '{';
    patch.for_each(
        [this](auto, const auto& field, const auto& change) { write_member(field.name, change); });
    close('}');
  }

  template <class S>
  void write_change(const KeyedChange<S>& change) {
    if (change.all) {
      S whole = *change.all;
      change.apply_to(whole);
      write_whole(whole);
    } else if constexpr (is_text_map<S>) {
      write_map_change(change.put, change.erase);
    } else {
      out_ += '{';
      if (!change.put.empty()) write_member("add", change.put);
      if (!change.erase.empty()) write_member("remove", change.erase);
      close('}');
    }
  }

  template <class S>
  void write_whole(const S& set) {
    if constexpr (is_text_map<S>) write_pairs(set);
    else write_list(set);
  }

  using TextMap = std::map<std::string, std::string>;
  void write_entry(std::string_view key, const std::string* value);
  void write_map(const TextMap& map);
  void write_pairs(const TextMap& map);
  void write_map_change(const TextMap& put, const std::vector<std::string>& erase);

  void close(char bracket) {
    if (out_.back() == ',') out_.back() = bracket;
    else out_ += bracket;
  }

  std::string out_;
};

template <class T>
void JsonWriter::write(const T& value) {
  if constexpr (std::is_convertible_v<const T&, std::string_view>) write_text(value);
  else if constexpr (Textual<T>) write_text(to_text(value));
  else if constexpr (std::is_same_v<T, bool>) out_ += value ? "true" : "false";
  else if constexpr (std::is_integral_v<T>) write_integer(value);
  else if constexpr (NamedEnum<T>) write_text(name_of(value));
  else if constexpr (NamedVariant<T>) write_variant(value);
  else if constexpr (is_optional<T>) value ? write(*value) : void(out_ += "null");
  else if constexpr (is_vector<T> || is_keyed_set<T>) write_list(value);
  else if constexpr (is_text_map<T>) write_map(value);
  else if constexpr (is_keyed_change<T>) write_change(value);
  else if constexpr (is_patch<T>) write_patch(value);
  else write_object(value);
}

template <class T>
std::string to_json(const T& value) {
  JsonWriter writer;
  writer.write(value);
  return writer.take();
}

extern template void JsonWriter::write(const Task&);
extern template void JsonWriter::write(const Command&);
extern template void JsonWriter::write(const Event&);
extern template void JsonWriter::write(const Entry&);
extern template std::string to_json(const Task&);
extern template std::string to_json(const Project&);
extern template std::string to_json(const Filter&);
extern template std::string to_json(const Settings&);
extern template std::string to_json(const Patch<Task>&);
extern template std::string to_json(const Patch<Project>&);
extern template std::string to_json(const Patch<Filter>&);
extern template std::string to_json(const Patch<Settings>&);
extern template std::string to_json(const Command&);
extern template std::string to_json(const Context&);
extern template std::string to_json(const Request&);
extern template std::string to_json(const Event&);
extern template std::string to_json(const Entry&);
extern template std::string to_json(const Snapshot&);
extern template std::string to_json(const Error&);
extern template std::string to_json(const std::vector<Task>&);
extern template std::string to_json(const std::vector<Project>&);
extern template std::string to_json(const std::vector<Filter>&);
extern template std::string to_json(const std::vector<Command>&);
extern template std::string to_json(const std::vector<Request>&);
extern template std::string to_json(const std::vector<Event>&);
extern template std::string to_json(const std::vector<Entry>&);

}  // namespace todo
