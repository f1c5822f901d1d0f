// Entities, and what a command changes of them.
#include "todo/json_reader.h"
#include "todo/json_writer.h"

namespace todo {

template void JsonWriter::write(const Task&);
template bool JsonReader::read(const JsonNode&, Task&);
template std::string to_json(const Task&);
template std::string to_json(const Project&);
template std::string to_json(const Filter&);
template std::string to_json(const Settings&);
template std::string to_json(const Patch<Task>&);
template std::string to_json(const Patch<Project>&);
template std::string to_json(const Patch<Filter>&);
template std::string to_json(const Patch<Settings>&);
template std::string to_json(const Error&);
template std::string to_json(const std::vector<Task>&);
template std::string to_json(const std::vector<Project>&);
template std::string to_json(const std::vector<Filter>&);

template Result<Task> from_json(std::string_view);
template Result<Project> from_json(std::string_view);
template Result<Filter> from_json(std::string_view);
template Result<Settings> from_json(std::string_view);
template Result<Patch<Task>> from_json(std::string_view);
template Result<Patch<Project>> from_json(std::string_view);
template Result<Patch<Filter>> from_json(std::string_view);
template Result<Patch<Settings>> from_json(std::string_view);
template Result<std::vector<Task>> from_json(std::string_view);
template Result<std::vector<Project>> from_json(std::string_view);
template Result<std::vector<Filter>> from_json(std::string_view);

}  // namespace todo
