// All described values as data, so that a generator is a plain function over them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace todo::describe {

struct Type {
  enum class Kind : std::uint8_t {
    text,
    integer,
    boolean,
    named,       // a definition
    list,        // of the one in `of`
    map,         // of text to text
    set_change,  // a whole list, or items to add and keys to remove: the two in `of`
    map_change,  // a whole list of pairs, or values by key, null for those that go
  };
  Kind kind = Kind::text;
  std::string name{};
  std::vector<Type> of{};
  std::int64_t least = 0;
  std::int64_t most = 0;
};

struct Member {
  std::string name{};
  std::string doc{};
  Type type{};
  bool required = false;        // when it is read
  bool always_written = false;  // else it is left out when it is empty
  bool nullable = false;        // in a patch: null sets it to its default
};

struct Definition {
  enum class Kind : std::uint8_t { text, enumeration, variant, object, patch };
  Kind kind = Kind::object;
  std::string name{};
  std::string doc{};                 // of text
  std::string pattern{};             // of text: a regular expression for the whole of it
  std::vector<std::string> names{};  // of an enumeration
  std::vector<Type> alternatives{};  // of a variant: named objects
  std::string tag{};                 // of an alternative: its "type"
  std::vector<Member> members{};     // of an object or patch
};

// A definition as a face sees it. What is given may leave out members that are always written, so
// some have two forms: "Task" is what comes back, "TaskInput" what is given.
struct Form {
  std::reference_wrapper<const Definition> definition;
  bool input = false;
  std::string name{};
};

class Catalog {
 public:
  Catalog();

  const std::vector<Form>& forms() const { return forms_; }

  // The name of the form that a member of a form refers to.
  std::string reference(const std::string& name, bool input) const;

 private:
  const Definition& find(const std::string& name) const;
  bool has_input_form(const Definition& definition) const;
  bool is_given(const Definition& definition, bool input) const;
  void add_form(const Definition& definition, bool input);
  const Form* form_of(const Definition& definition, bool input) const;

  std::vector<Definition> definitions_;
  std::vector<Form> forms_;
};

}  // namespace todo::describe
