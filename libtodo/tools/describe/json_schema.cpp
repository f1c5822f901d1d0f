#include <boost/json/src.hpp>

#include "describe/generators.h"
#include "todo/workspace.h"

namespace todo::describe {
namespace {

namespace json = boost::json;

// Of a value and its patch. A limit in bytes bounds the characters too.
struct Bound {
  std::string_view value;
  std::string_view member;
  std::size_t least;
  std::size_t most;
};
constexpr std::array bounds = {
    Bound{"Task", "title", 1, limits::title},
    Bound{"Task", "notes", 0, limits::notes_bytes},
    Bound{"Task", "tags", 0, limits::tags},
    Bound{"Task", "blocked_by", 0, limits::links},
    Bound{"Task", "reminders", 0, limits::reminders},
    Bound{"Task", "order", 0, limits::order_bytes},
    Bound{"Task", "attributes", 0, limits::attributes},
    Bound{"Recurrence", "rules", 0, limits::rules},
    Bound{"Recurrence", "rdates", 0, limits::dates},
    Bound{"Recurrence", "exdates", 0, limits::dates},
    Bound{"Project", "name", 1, limits::name},
    Bound{"Project", "order", 0, limits::order_bytes},
    Bound{"Filter", "name", 1, limits::name},
    Bound{"Filter", "query", 0, limits::query_bytes},
    Bound{"Filter", "order", 0, limits::order_bytes},
    Bound{"BatchCommand", "commands", 0, limits::batch},
    Bound{"Context", "actor", 0, limits::context_text_bytes},
    Bound{"Context", "origin", 0, limits::context_text_bytes},
    Bound{"Context", "digest", 0, limits::context_text_bytes},
};

class Schemas {
 public:
  Schemas(const Catalog& catalog, const std::string& path) : catalog_(catalog), path_(path) {}

  json::object write() const {
    json::object schemas;
    for (const Form& form : catalog_.forms()) schemas[form.name] = schema_of(form);
    return schemas;
  }

 private:
  json::object schema_of(const Form& form) const {
    const Definition& definition = form.definition;
    switch (definition.kind) {
      case Definition::Kind::text:
        return {{"type", "string"},
                {"pattern", "^(?:" + definition.pattern + ")$"},
                {"description", definition.doc}};
      case Definition::Kind::enumeration:
        return {{"type", "string"},
                {"enum", json::array(definition.names.begin(), definition.names.end())}};
      case Definition::Kind::variant:
        return schema_of_variant(form);
      case Definition::Kind::object:
      case Definition::Kind::patch:
        break;
    }
    return schema_of_object(form);
  }

  json::object schema_of_variant(const Form& form) const {
    json::array alternatives;
    for (const Type& type : form.definition.get().alternatives) {
      alternatives.push_back(schema_of(type, form.input));
    }
    return {{"oneOf", std::move(alternatives)}};
  }

  json::object schema_of_object(const Form& form) const {
    const Definition& definition = form.definition;
    json::object properties;
    json::array required;
    if (!definition.tag.empty()) {
      properties["type"] = {{"const", definition.tag}};
      required.push_back("type");
    }
    for (const Member& member : definition.members) {
      properties[member.name] = schema_of(definition, member, form.input);
      if (member.required || (member.always_written && !form.input)) {
        required.push_back(json::string(member.name));
      }
    }
    json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema["required"] = std::move(required);
    schema["additionalProperties"] = false;
    return schema;
  }

  json::object schema_of(const Definition& owner, const Member& member, bool input) const {
    json::object schema = schema_of(member.type, input);
    bool is_patch = owner.kind == Definition::Kind::patch;
    std::string_view value = owner.name;
    if (is_patch) value.remove_suffix(std::string_view("Patch").size());
    add_bounds(schema, value, member.name);
    if (member.nullable) schema = {{"anyOf", json::array{std::move(schema), {{"type", "null"}}}}};
    schema["description"] = member.doc;
    return schema;
  }

  static void add_bounds(json::object& schema, std::string_view value, std::string_view member) {
    auto bound = std::find_if(bounds.begin(), bounds.end(), [&](const Bound& other) {
      return other.value == value && other.member == member;
    });
    if (bound == bounds.end() || !schema.contains("type")) return;
    std::string_view type = schema["type"].as_string();
    std::string_view unit = type == "array" ? "Items" : type == "object" ? "Properties" : "Length";
    if (bound->least > 0) schema["min" + std::string(unit)] = bound->least;
    schema["max" + std::string(unit)] = bound->most;
  }

  json::object schema_of(const Type& type, bool input) const {
    switch (type.kind) {
      case Type::Kind::text:
        break;
      case Type::Kind::integer:
        return {{"type", "integer"}, {"minimum", type.least}, {"maximum", type.most}};
      case Type::Kind::boolean:
        return {{"type", "boolean"}};
      case Type::Kind::named:
        return {{"$ref", path_ + catalog_.reference(type.name, input)}};
      case Type::Kind::list:
        return list_of(schema_of(type.of.front(), input));
      case Type::Kind::map:
        return map_of({{"type", "string"}});
      case Type::Kind::set_change:
        return schema_of_set_change(type, input);
      case Type::Kind::map_change:
        return schema_of_map_change();
    }
    return {{"type", "string"}};
  }

  static json::object list_of(json::object item) {
    return {{"type", "array"}, {"items", std::move(item)}};
  }
  static json::object map_of(json::object value) {
    return {{"type", "object"}, {"additionalProperties", std::move(value)}};
  }

  json::object schema_of_set_change(const Type& type, bool input) const {
    json::object items = list_of(schema_of(type.of[0], input));
    json::object keys = list_of(schema_of(type.of[1], input));
    json::object change{{"type", "object"},
                        {"properties", {{"add", items}, {"remove", std::move(keys)}}},
                        {"additionalProperties", false}};
    return {{"anyOf", json::array{std::move(items), std::move(change)}}};
  }

  static json::object schema_of_map_change() {
    json::object pair = list_of({{"type", "string"}});
    pair["minItems"] = 2;
    pair["maxItems"] = 2;
    json::object changes = map_of({{"type", json::array{"string", "null"}}});
    return {{"anyOf", json::array{list_of(std::move(pair)), std::move(changes)}}};
  }

  const Catalog& catalog_;
  std::string path_;
};

}  // namespace

std::string json_schemas(const Catalog& catalog, const std::string& path) {
  return json::serialize(Schemas(catalog, path).write());
}

}  // namespace todo::describe
