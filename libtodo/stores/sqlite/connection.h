// An open journal file.
#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstring>

#include "todo/sqlite_store.h"

namespace todo::sqlite {

// Opens the file, checks that it is one of ours, and brings it up to date.
Result<std::unique_ptr<SQLite::Database>> connect(const std::filesystem::path& path,
                                                  const SqliteOptions& options);

// One use of a prepared statement. A statement that is not reset would hold its snapshot of the
// file, and the write-ahead log could not be emptied.
class Query {
 public:
  explicit Query(SQLite::Statement& statement) : statement_(statement) {}
  ~Query() { statement_.tryReset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // The next parameter. Text is bound as a blob, without a copy: it has to outlive this use.
  Query& bind(std::int64_t value) {
    statement_.bind(++bound_, value);
    return *this;
  }
  Query& bind(std::string_view bytes) {
    const void* data = bytes.empty() ? "" : bytes.data();  // a null pointer would be NULL
    statement_.bindNoCopy(++bound_, data, static_cast<int>(bytes.size()));
    return *this;
  }
  template <std::size_t size>
  Query& bind(const std::array<std::uint8_t, size>& bytes) {
    statement_.bindNoCopy(++bound_, bytes.data(), static_cast<int>(size));
    return *this;
  }
  Query& bind_text(const std::string& text) {
    statement_.bindNoCopy(++bound_, text);
    return *this;
  }

  bool next() { return statement_.executeStep(); }
  void run() { statement_.exec(); }

  bool is_null(int column) const { return statement_.isColumnNull(column); }
  std::int64_t integer(int column) const { return statement_.getColumn(column).getInt64(); }
  std::string bytes(int column) const {
    SQLite::Column value = statement_.getColumn(column);
    const void* data = value.getBlob();
    return data ? std::string(static_cast<const char*>(data), value.size()) : std::string();
  }
  // Zeros unless the column holds as many bytes.
  template <std::size_t size>
  std::array<std::uint8_t, size> array(int column) const {
    std::array<std::uint8_t, size> bytes{};
    SQLite::Column value = statement_.getColumn(column);
    const void* data = value.getBlob();
    if (data && value.size() == size) std::memcpy(bytes.data(), data, size);
    return bytes;
  }

 private:
  SQLite::Statement& statement_;
  int bound_ = 0;
};

}  // namespace todo::sqlite
