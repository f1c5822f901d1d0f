#include "check.h"

#include <SQLiteCpp/Transaction.h>

#include "connection.h"
#include "hash.h"
#include "schema.h"

namespace todo::sqlite {
namespace {

// A workspace, as its row says.
struct Journal {
  std::int64_t number = 0;
  WorkspaceId id{};
  Seq base = 0;
  Seq newest = 0;
  Digest base_chain{};
  Digest newest_chain{};
};

class Check {
 public:
  explicit Check(SQLite::Database& file) : file_(file) {}

  CheckReport run() {
    check_pages();
    for (const Journal& journal : journals()) {
      ++report_.workspaces;
      check_entries(journal);
      check_checkpoint(journal);
    }
    check_strays();
    return std::move(report_);
  }

 private:
  void flaw(const Journal& journal, const std::string& what) {
    report_.flaws.push_back("workspace " + to_text(journal.id) + ": " + what);
  }

  void check_pages() {
    SQLite::Statement statement(file_, "PRAGMA integrity_check(20)");
    Query rows(statement);
    while (rows.next()) {
      std::string line = rows.bytes(0);
      if (line != "ok") report_.flaws.push_back("SQLite: " + line);
    }
  }

  std::vector<Journal> journals() {
    SQLite::Statement statement(
        file_, "SELECT number, id, base, newest, base_chain, newest_chain FROM workspace");
    Query rows(statement);
    std::vector<Journal> journals;
    while (rows.next()) {
      journals.push_back({rows.integer(0), WorkspaceId{rows.array<16>(1)},
                          static_cast<Seq>(rows.integer(2)), static_cast<Seq>(rows.integer(3)),
                          rows.array<32>(4), rows.array<32>(5)});
    }
    return journals;
  }

  // From the base to the newest entry: no gaps, digests of payloads, the chain.
  void check_entries(const Journal& journal) {
    SQLite::Statement statement(file_,
                                "SELECT place, digest, chain, payload FROM entry "
                                "WHERE place BETWEEN ? AND ? ORDER BY place");
    Query rows(statement);
    rows.bind(place_of(journal.number, 0)).bind(place_of(journal.number, max_seq));
    Seq seq = journal.base;
    Digest chain = journal.base_chain;
    if (seq == 0 && chain != hasher_.beginning_of(journal.id))
      flaw(journal, "the chain begins with another workspace");
    while (rows.next()) {
      ++report_.entries;
      ++seq;
      Digest digest = rows.array<32>(1);
      if (seq_at(rows.integer(0)) != seq) {
        return flaw(journal, "entry " + std::to_string(seq) + " is missing");
      }
      bool erased = rows.is_null(3);
      if (!erased && hasher_.digest(rows.bytes(3)) != digest) {
        flaw(journal, "the payload of entry " + std::to_string(seq) + " was changed");
      }
      chain = hasher_.chain(chain, digest);
      if (chain != rows.array<32>(2)) {
        return flaw(journal, "the chain is broken at entry " + std::to_string(seq));
      }
    }
    if (seq != journal.newest || chain != journal.newest_chain) {
      flaw(journal, "the journal does not end at entry " + std::to_string(journal.newest));
    }
  }

  void check_checkpoint(const Journal& journal) {
    SQLite::Statement statement(file_,
                                "SELECT seq, digest, payload FROM checkpoint WHERE workspace = ?");
    Query rows(statement);
    Seq seq = 0;
    if (rows.bind(journal.number).next()) {
      seq = static_cast<Seq>(rows.integer(0));
      if (hasher_.digest(rows.bytes(2)) != rows.array<32>(1)) {
        flaw(journal, "the checkpoint was changed");
      }
    }
    if (seq < journal.base || seq > journal.newest) {
      flaw(journal, "the checkpoint and the entries leave a gap");
    }
  }

  void check_strays() {
    SQLite::Statement statement(file_,
                                "SELECT count(*) FROM entry WHERE place >> 40 NOT IN "
                                "(SELECT number FROM workspace)");
    Query rows(statement);
    rows.next();
    if (rows.integer(0) > 0) report_.flaws.push_back("there are entries of no workspace");
  }

  SQLite::Database& file_;
  Hasher hasher_{};
  CheckReport report_{};
};

}  // namespace

CheckReport check(SQLite::Database& file) {
  SQLite::Transaction snapshot(file);
  return Check(file).run();
}

}  // namespace todo::sqlite
