#include "describe/catalog.h"

#include "describe/collect.h"

namespace todo::describe {
namespace {

template <class... T>
std::vector<Type> collect(Collector& collector) {
  return {collector.type_of<T>()...};
}

}  // namespace

Catalog::Catalog() {
  Collector collector(definitions_);
  std::vector<Type> written =
      collect<Task, Project, Filter, Settings, Event, Entry, Snapshot, Error>(collector);
  std::vector<Type> given =
      collect<Task, Project, Filter, Patch<Settings>, Command, Request>(collector);
  for (const Type& type : written) add_form(find(type.name), false);
  for (const Type& type : given) add_form(find(type.name), true);
  for (Form& form : forms_) {
    bool has_both = form.input && form_of(form.definition, false);
    form.name = form.definition.get().name + (has_both ? "Input" : "");
  }
}

const Definition& Catalog::find(const std::string& name) const {
  return *std::find_if(definitions_.begin(), definitions_.end(),
                       [&](const Definition& definition) { return definition.name == name; });
}

namespace {

template <class Visit>
void for_each_reference(const Type& type, Visit&& visit) {
  if (type.kind == Type::Kind::named) visit(type);
  for (const Type& part : type.of) for_each_reference(part, visit);
}

template <class Visit>
void for_each_reference(const Definition& definition, Visit&& visit) {
  for (const Type& alternative : definition.alternatives) for_each_reference(alternative, visit);
  for (const Member& member : definition.members) for_each_reference(member.type, visit);
}

}  // namespace

// An event is given only as it was written, and a patch leaves out whatever it likes.
bool Catalog::has_input_form(const Definition& definition) const {
  if (definition.kind == Definition::Kind::patch || definition.name == type_name<Event>)
    return false;
  if (definition.name == type_name<Command>) return true;  // it may hold itself
  auto may_leave_out = [](const Member& member) {
    return member.always_written && !member.required;
  };
  bool has = std::any_of(definition.members.begin(), definition.members.end(), may_leave_out);
  for_each_reference(definition,
                     [&](const Type& type) { has = has || has_input_form(find(type.name)); });
  return has;
}

const Form* Catalog::form_of(const Definition& definition, bool input) const {
  auto form = std::find_if(forms_.begin(), forms_.end(), [&](const Form& other) {
    return &other.definition.get() == &definition && other.input == input;
  });
  return form == forms_.end() ? nullptr : &*form;
}

// Which of its two forms a definition has where values are given or come back.
bool Catalog::is_given(const Definition& definition, bool input) const {
  return definition.kind == Definition::Kind::patch || (input && has_input_form(definition));
}

void Catalog::add_form(const Definition& definition, bool input) {
  input = is_given(definition, input);
  if (form_of(definition, input)) return;
  forms_.push_back({definition, input, ""});
  for_each_reference(definition, [&](const Type& type) { add_form(find(type.name), input); });
}

std::string Catalog::reference(const std::string& name, bool input) const {
  const Definition& definition = find(name);
  return form_of(definition, is_given(definition, input))->name;
}

}  // namespace todo::describe
