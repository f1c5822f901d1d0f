// Four clients, often offline, and one server. Messages are lost, doubled and late; clients and
// the server crash and lose what they did not save. What travels is JSON.
#include <gtest/gtest.h>

#include "world.h"

namespace todo::sim {
namespace {

constexpr std::size_t client_count = 4;
constexpr std::size_t request_count = 10;
constexpr std::size_t calm_ms = 3000;  // from here on no fault; what is open settles

template <class T>
T read(World& world, const std::string& text) {
  Result<T> value = from_json<T>(text);
  world.check(value.has_value() && to_json(*value) == text, "JSON comes back as it went");
  return *std::move(value);
}

class Server {
 public:
  Server(World& world, Journal& journal) : world_(world), journal_(journal) {}

  // Gives what is durable after `cursor`: perhaps not yet what was asked now.
  std::string sync(Seq cursor, const std::string& requests) {
    for (Request& request : read<std::vector<Request>>(world_, requests)) {
      (void)session_.ask(std::move(request));  // refused: the journal has its answer
    }
    append();
    auto news = journal_.after(std::min<Seq>(cursor, session_.durable()));
    news = news.first(std::min<std::size_t>(news.size(), 1 + world_.below(8)));
    return to_json(std::vector<Entry>(news.begin(), news.end()));
  }

  void crash() {
    ++life_;
    session_ = Session();
    session_.commit(journal_.entries());
  }

 private:
  void append() {
    std::vector<Entry> entries = session_.append();
    if (entries.empty()) return;
    world_.after(world_.below(30), [this, life = life_, entries] {
      if (life != life_) return;
      for (const Entry& entry : entries) journal_.add(entry);
      session_.commit_own(entries.back().seq);
      append();
    });
  }

  World& world_;
  Journal& journal_;
  Session session_;
  std::size_t life_ = 0;
};

class Client {
 public:
  Client(World& world, Journal& journal, DeviceId device)
      : world_(world), journal_(journal), device_(device) {}

  void ask() {
    std::uint64_t number = session_.last_number(device_) + 1;
    if (number > request_count) return;
    Command command = any_command(world_.random(), session_.workspace(), world_.now(), heard_);
    Context context{.now = world_.now(), .actor = "client", .mutation = {device_, number}};
    (void)session_.ask({std::move(context), std::move(command)});
  }

  // Starts to write down all that is known, in one piece; a crash before the end loses the piece.
  void save() {
    if (std::exchange(saving_, true)) return;
    Disk written{heard_.size(), session_.requests(), session_.last_number(device_)};
    world_.after(world_.below(40), [this, life = life_, written] {
      if (life != life_) return;
      saving_ = false;
      disk_ = written;
      for (const Request& request : session_.requests()) {
        if (request.context.mutation.number <= disk_.last_number) journal_.asked(request);
      }
    });
  }

  void crash() {
    ++life_;
    saving_ = false;
    session_ = Session();
    heard_.resize(disk_.heard);
    session_.commit(heard_);
    for (const Request& request : disk_.requests) (void)session_.ask(request);
  }

  void hear(const std::string& text) {
    Seq known = session_.durable();
    std::vector<Entry> entries = read<std::vector<Entry>>(world_, text);
    session_.commit(entries);
    for (Entry& entry : entries) {
      if (entry.seq > known && entry.seq <= session_.durable()) heard_.push_back(std::move(entry));
    }
    for (const Answer& answer : session_.take_answers()) journal_.check_answer(answer);
  }

  // What may be sent: a request that could be forgotten must not be known elsewhere, since its
  // number would be used again.
  std::string saved_requests() const {
    std::vector<Request> requests = session_.requests();
    std::erase_if(requests, [&](const Request& request) {
      return request.context.mutation.number > disk_.last_number;
    });
    return to_json(requests);
  }

  Seq cursor() const { return session_.durable(); }

  void check_settled() const {
    world_.check(session_.requests().empty(), "nothing is pending in the end");
    world_.check(cursor() == journal_.entries().size(), "a client knows the whole journal");
    world_.check(text_of(session_.workspace()) == journal_.text_at(cursor()), "all see the same");
    world_.check(journal_.last_number(device_) == disk_.last_number, "what was saved is settled");
  }

 private:
  struct Disk {
    std::size_t heard = 0;  // how many of `heard_`: they only grow
    std::vector<Request> requests{};
    std::uint64_t last_number = 0;
  };

  World& world_;
  Journal& journal_;
  DeviceId device_;
  Session session_;
  std::vector<Entry> heard_;
  Disk disk_;
  std::size_t life_ = 0;
  bool saving_ = false;
};

class Scene {
 public:
  explicit Scene(std::uint64_t seed) : world_(seed), start_(world_.ms()) {
    for (std::size_t i = 0; i < client_count; ++i) {
      clients_.emplace_back(world_, journal_, device(i));
      tick(i);
      for (std::size_t n = 0; n < request_count; ++n) plan([this, i] { clients_[i].ask(); });
      for (std::size_t n = world_.below(3); n > 0; --n) plan([this, i] { clients_[i].crash(); });
      for (std::size_t n = world_.below(4); n > 0; --n)
        plan([this, i] { online_[i] = !online_[i]; });
    }
    for (std::size_t n = world_.below(4); n > 0; --n) plan([this] { server_.crash(); });
  }

  void run() {
    world_.run();
    for (const Client& client : clients_) client.check_settled();
    journal_.check_series();
  }

 private:
  bool calm() const { return world_.ms() >= start_ + calm_ms; }

  void plan(std::function<void()> act) { world_.after(world_.below(calm_ms), std::move(act)); }

  void tick(std::size_t i) {
    if (world_.chance(70) || calm()) clients_[i].save();
    exchange(i);
    if (world_.ms() < start_ + calm_ms + 1000)
      world_.after(20 + world_.below(60), [this, i] { tick(i); });
  }

  // Carries `deliver` to or from client `i`: late, twice or never, while there are faults.
  void carry(std::size_t i, const std::function<void()>& deliver) {
    bool lost = !online_[i] || world_.chance(15);
    std::size_t copies = calm() ? 1 : lost ? 0 : world_.chance(10) ? 2 : 1;
    for (; copies > 0; --copies) world_.after(world_.below(calm() ? 10 : 150), deliver);
  }

  void exchange(std::size_t i) {
    carry(i, [this, i, cursor = clients_[i].cursor(), requests = clients_[i].saved_requests()] {
      carry(i, [this, i, news = server_.sync(cursor, requests)] { clients_[i].hear(news); });
    });
  }

  World world_;
  std::size_t start_;
  Journal journal_{world_};
  Server server_{world_, journal_};
  std::deque<Client> clients_;
  std::array<bool, client_count> online_{true, true, true, true};
};

TEST(Sync, BringsAllClientsToTheSameBytes) {
  run_seeds(500, [](std::uint64_t seed) { Scene(seed).run(); });
}

}  // namespace
}  // namespace todo::sim
