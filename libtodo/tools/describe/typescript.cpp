#include "describe/generators.h"

namespace todo::describe {
namespace {

constexpr const char* preamble = R"(// Made by todo-describe from the field tables of libtodo.
//
// What is empty is left out: an absent list has no items, an absent text no characters. A name that
// ends in "Input" is the same value as it is given: what has a default may be left out as well.

/** How a keyed set changes: all of its items, or those that come and the keys of those that go. */
export type SetChange<Item, Key> = Item[] | { add?: Item[]; remove?: Key[] };
/** How a map changes: all of its pairs, or values by key, null for those that go. */
export type MapChange = [string, string][] | { [key: string]: string | null };
)";

class TypeScript {
 public:
  explicit TypeScript(const Catalog& catalog) : catalog_(catalog) {}

  std::string write() {
    out_ = preamble;
    for (const Form& form : catalog_.forms()) write_form(form);
    return std::move(out_);
  }

 private:
  void write_form(const Form& form) {
    const Definition& definition = form.definition;
    out_ += '\n';
    if (!definition.doc.empty()) write_doc("", definition.doc);
    switch (definition.kind) {
      case Definition::Kind::text:
        return write_alias(form, {"string"});
      case Definition::Kind::enumeration:
        return write_enumeration(form);
      case Definition::Kind::variant:
        return write_variant(form);
      case Definition::Kind::object:
      case Definition::Kind::patch:
        return write_interface(form);
    }
  }

  // On one line if it fits.
  void write_alias(const Form& form, const std::vector<std::string>& alternatives) {
    constexpr std::size_t columns = 100;
    auto joined = [&](const std::string& before_each) {
      std::string text;
      for (const std::string& alternative : alternatives) text += before_each + alternative;
      return text;
    };
    std::string head = "export type " + form.name + " =";
    std::string line = head + joined(" | ").erase(1, 2) + ";\n";
    out_ += line.size() <= columns ? line : head + joined("\n  | ") + ";\n";
  }

  void write_enumeration(const Form& form) {
    std::vector<std::string> literals;
    for (const std::string& name : form.definition.get().names) {
      literals.push_back('"' + name + '"');
    }
    write_alias(form, literals);
  }

  void write_variant(const Form& form) {
    std::vector<std::string> alternatives;
    for (const Type& type : form.definition.get().alternatives) {
      alternatives.push_back(text_of(type, form.input));
    }
    write_alias(form, alternatives);
  }

  void write_interface(const Form& form) {
    const Definition& definition = form.definition;
    out_ += "export interface " + form.name + " {\n";
    if (!definition.tag.empty()) out_ += "  type: \"" + definition.tag + "\";\n";
    for (const Member& member : definition.members) {
      write_doc("  ", member.doc);
      bool there = member.required || (member.always_written && !form.input);
      out_ += "  " + member.name + (there ? ": " : "?: ") + text_of(member.type, form.input) +
              (member.nullable ? " | null;\n" : ";\n");
    }
    out_ += "}\n";
  }

  void write_doc(const std::string& indent, const std::string& doc) {
    out_ += indent + "/** " + doc + " */\n";
  }

  std::string text_of(const Type& type, bool input) const {
    switch (type.kind) {
      case Type::Kind::text:
        return "string";
      case Type::Kind::integer:
        return "number";
      case Type::Kind::boolean:
        return "boolean";
      case Type::Kind::named:
        return catalog_.reference(type.name, input);
      case Type::Kind::list:
        return text_of(type.of.front(), input) + "[]";
      case Type::Kind::map:
        return "{ [key: string]: string }";
      case Type::Kind::set_change:
        return "SetChange<" + text_of(type.of[0], input) + ", " + text_of(type.of[1], input) + ">";
      case Type::Kind::map_change:
        return "MapChange";
    }
    return "";
  }

  const Catalog& catalog_;
  std::string out_;
};

}  // namespace

std::string typescript(const Catalog& catalog) { return TypeScript(catalog).write(); }

}  // namespace todo::describe
