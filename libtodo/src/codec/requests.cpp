// What is asked.
#include "todo/json_reader.h"
#include "todo/json_writer.h"

namespace todo {

template void JsonWriter::write(const Command&);
template bool JsonReader::read(const JsonNode&, Command&);
template std::string to_json(const Command&);
template std::string to_json(const Context&);
template std::string to_json(const Request&);
template std::string to_json(const std::vector<Command>&);
template std::string to_json(const std::vector<Request>&);

template Result<Command> from_json(std::string_view);
template Result<Context> from_json(std::string_view);
template Result<Request> from_json(std::string_view);
template Result<std::vector<Command>> from_json(std::string_view);
template Result<std::vector<Request>> from_json(std::string_view);

}  // namespace todo
