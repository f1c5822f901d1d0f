// What a journal holds.
#include "todo/json_reader.h"
#include "todo/json_writer.h"

namespace todo {

template void JsonWriter::write(const Event&);
template void JsonWriter::write(const Entry&);
template bool JsonReader::read(const JsonNode&, Event&);
template std::string to_json(const Event&);
template std::string to_json(const Entry&);
template std::string to_json(const Snapshot&);
template std::string to_json(const std::vector<Event>&);
template std::string to_json(const std::vector<Entry>&);

template Result<Event> from_json(std::string_view);
template Result<Entry> from_json(std::string_view);
template Result<Snapshot> from_json(std::string_view);
template Result<std::vector<Event>> from_json(std::string_view);
template Result<std::vector<Entry>> from_json(std::string_view);

}  // namespace todo
