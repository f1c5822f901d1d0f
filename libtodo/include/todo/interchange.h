// Tasks out of the files of other programs, and what became of everything that those said.
//
//   Result<Import> import = read_import(ImportFormat::ical, text, {now, source, workspace});
//   // show import->losses; then, if its user agrees:
//   engine.apply(Batch{import->commands}, context);
//
// Reading is the dry run: nothing happens until the commands are asked for, in one batch that holds
// whole or not at all. libtodo/src/interchange/README.md has the tables of what becomes what.
#pragma once

#include "todo/workspace.h"

namespace todo {

enum class ImportFormat : std::uint8_t {
  ical,         // iCalendar (RFC 5545): its VTODOs
  taskwarrior,  // what `task export` writes
};

// What became of something that the source says, where it did not simply become a member of a task.
enum class Fate : std::uint8_t {
  kept,     // as an attribute of the task, as it was written
  derived,  // follows from the rest: nothing is lost by leaving it out
  changed,  // it was taken over, but not as it was
  dropped,
};

// A property without a row was taken over as it was.
struct Loss {
  std::string item{};      // the UID or uuid of the task; empty: it has none, or all of the text
  std::uint32_t at = 0;    // the line of the text (of a JSON list: the item of it), from 1
  std::string property{};  // as the source calls it: "DUE", "DUE;TZID", "wait"; empty: all of it
  Fate fate = Fate::kept;
  std::string message{};  // one English sentence without a full stop
  friend bool operator==(const Loss&, const Loss&) = default;
};

struct Import {
  std::vector<Command> commands{};  // hold in this order for the workspace that was given
  std::vector<Loss> losses{};       // by their place in the text
  friend bool operator==(const Import&, const Import&) = default;
};

struct ImportContext {
  Instant now{};         // becomes the time of creation where the source says none
  IdBytes name_space{};  // of the source: the ids of what comes from it are UUIDv5 of this
  const Workspace& existing;
  const Zones& zones = Zones::embedded();
};

// What is in the workspace already stays as it is, so that importing twice changes nothing; if the
// source has changed it since, a row says so. Links may point forwards, and at what was imported
// earlier; one to nowhere is a row, and so is a part of the text that cannot be read.
//
// Refused are only a text that is not of this format at all (`malformed`), and more than a batch
// holds (`out_of_range`).
Result<Import> read_import(ImportFormat format, std::string_view text,
                           const ImportContext& context);

template <>
inline constexpr std::string_view type_name<ImportFormat> = "ImportFormat";
template <>
inline constexpr std::array<std::string_view, 2> names<ImportFormat> = {"ical", "taskwarrior"};
template <>
inline constexpr std::string_view type_name<Fate> = "Fate";
template <>
inline constexpr std::array<std::string_view, 4> names<Fate> = {"kept", "derived", "changed",
                                                                "dropped"};
template <>
inline constexpr std::string_view type_name<Loss> = "Loss";
template <>
inline constexpr std::tuple fields<Loss> = {
    Field{"item", &Loss::item, "The UID or uuid of the task in the source; empty: none has it."},
    Field{"at", &Loss::at, "The line of the text, or the item of a JSON list, from 1."},
    Field{"property", &Loss::property, "As the source calls it; empty: all of the item."},
    Field{"fate", &Loss::fate, "What became of it."},
    Field{"message", &Loss::message, "Why, for people."}};
template <>
inline constexpr std::string_view type_name<Import> = "Import";
template <>
inline constexpr std::tuple fields<Import> = {
    Field{"commands", &Import::commands, "To be asked in one batch."},
    Field{"losses", &Import::losses, "What did not come over as it was."}};

}  // namespace todo
