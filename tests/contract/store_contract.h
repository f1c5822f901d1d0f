// What every Store does. An adapter joins with one line in a source of its own:
//
//   INSTANTIATE_TEST_SUITE_P(Memory, StoreContract, testing::Values(memory_stores), kind_name);
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <ostream>

#include "todo/journal.h"

namespace todo {

// Where the journals of one test are.
class StorePlace {
 public:
  virtual ~StorePlace() = default;
  virtual std::unique_ptr<Store> open() = 0;  // each time one more store on the same journals
};

struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<StorePlace>()> make_place;  // empty, and no other test's
};

inline std::string kind_name(const testing::TestParamInfo<StoreKind>& info) {
  return info.param.name;
}
inline std::ostream& operator<<(std::ostream& out, const StoreKind& kind) {
  return out << kind.name;
}
inline std::ostream& operator<<(std::ostream& out, const Record& record) {
  return out << record.seq << ":" << record.payload.substr(0, 40);
}

class StoreContract : public testing::TestWithParam<StoreKind> {
 protected:
  std::unique_ptr<StorePlace> place_ = GetParam().make_place();
  std::unique_ptr<Store> store_ = place_->open();
};

inline WorkspaceId test_workspace(std::uint8_t number) {
  WorkspaceId id;
  id.bytes[15] = number;
  return id;
}

}  // namespace todo
