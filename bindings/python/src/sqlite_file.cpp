#include "todo/sqlite_store.h"
#include "workspace.h"

namespace todo::python {

bool has_sqlite() { return true; }

std::unique_ptr<Store> open_file(const OpenOptions& options) {
  SqliteOptions how{.durability = options.durable ? Durability::full : Durability::normal};
  Unlocked others;
  return value_or_refuse(SqliteStore::open(options.path, how));
}

}  // namespace todo::python
