// All that a workspace holds as lines of JSON, and back again.
#pragma once

#include "todo/interchange.h"

namespace todo::server {

// Each line is a value: {"settings":{...}}, {"project":{...}}, {"filter":{...}} or {"task":{...}}.
std::string export_of(const Workspace& workspace);

// What makes the same of an empty workspace. What is in `existing` already stays as it is, and so
// do settings that are not those of a new workspace; a row says so. Refuses text that has not been
// exported like this; the field begins with the line, counted from 0.
Result<Import> read_export(std::string_view text, const Workspace& existing);

}  // namespace todo::server
