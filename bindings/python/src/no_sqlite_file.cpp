#include "workspace.h"

namespace todo::python {

bool has_sqlite() { return false; }

std::unique_ptr<Store> open_file(const OpenOptions&) {
  refuse(Errc::unsupported,
         "this build has no store on disk: SQLiteCpp and OpenSSL were not found when it was built");
}

}  // namespace todo::python
